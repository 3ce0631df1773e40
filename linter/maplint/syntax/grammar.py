"""The tree-sitter grammar of Go, and the ids by which lowering tells node kinds and fields apart."""

from __future__ import annotations

import tree_sitter_go
from tree_sitter import Language, Node, Parser, Tree

LANGUAGE = Language(tree_sitter_go.language())
ERROR = 0xFFFF
"""The kind of a node that holds what does not parse."""


def kinds(*names: str) -> tuple[int, ...]:
    """All ids of the named node kinds; the grammar gives some names several ids."""
    wanted = set(names)
    found = tuple(
        i for i in range(LANGUAGE.node_kind_count) if _named(i) and LANGUAGE.node_kind_for_id(i) in wanted
    )
    missing = wanted - {LANGUAGE.node_kind_for_id(i) for i in found}
    assert not missing, f"the grammar has no {sorted(missing)}"
    return found


def _named(kind: int) -> bool:
    return LANGUAGE.node_kind_is_named(kind) and LANGUAGE.node_kind_is_visible(kind)


def field(name: str) -> int:
    """The id of a field."""
    found = LANGUAGE.field_id_for_name(name)
    assert found is not None, f"the grammar has no field {name}"
    return found


def parse(data: bytes) -> Tree:
    """The syntax tree of any bytes at all; what is not Go stands in ERROR nodes."""
    return Parser(LANGUAGE).parse(data)


__all__ = ["ERROR", "LANGUAGE", "Node", "Tree", "field", "kinds", "parse"]
