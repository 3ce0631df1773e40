"""Go text to facts: the only room that knows tree-sitter.

`facts_of` parses one file and lowers the tree into the records of `maplint.facts.nodes`; the tree is dropped
before it returns.
"""

from maplint.syntax.file import facts_of

__all__ = ["facts_of"]
