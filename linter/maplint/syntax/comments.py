"""Comments that say something to maplint: suppressions and conventions about locks.

Found lexically and then checked against the tree, which costs nothing in the many files that have none.
"""

from __future__ import annotations

import re

from maplint.facts.nodes import Comment
from maplint.syntax.grammar import Node
from maplint.syntax.lowering import COMMENT

_WORDS = (
    b"nolint",
    b"maplint:",
    b"lint:ignore",
    b"lint:file-ignore",
    b"uarded by",
    b"uarded-by",
    b"checklocks",
)
_TELLING = re.compile(
    rb"//[^\n]*?(?:nolint|maplint:|lint:ignore|lint:file-ignore|[gG]uarded[ -]by|checklocks)[^\n]*"
    rb"|/\*(?:(?!\*/)[^\n])*?(?:[gG]uarded by|checklocks)(?:(?!\*/)[^\n])*\*/"
)


def telling_comments(data: bytes, root: Node) -> tuple[Comment, ...]:
    """The comments of a file that contain one of the known words, in order."""
    if not any(word in data for word in _WORDS):
        return ()
    found = []
    for match in _TELLING.finditer(data):
        node = root.descendant_for_byte_range(match.start(), match.start() + 1)
        if node is not None and node.kind_id == COMMENT:
            start, end = node.start_byte, node.end_byte
            line_start = data.rfind(b"\n", 0, start) + 1
            text = data[start:end].decode("utf-8", "replace").rstrip("\r")
            found.append(Comment(start, end, text, not data[line_start:start].strip()))
    return tuple(dict.fromkeys(found))
