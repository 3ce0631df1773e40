"""What all lowering functions share: the source, its texts, and one table from node kind to function.

Each `lower_*` module fills the tables at import for the kinds it knows; a kind that nobody knows lowers to None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from sys import intern

from maplint.facts import nodes
from maplint.syntax.grammar import Node, field, kinds

ExprLowering = Callable[["Source", Node], "nodes.Expr | None"]
StmtLowering = Callable[["Source", Node], "nodes.Stmt | None"]

_EXPRS: dict[int, ExprLowering] = {}
_STMTS: dict[int, StmtLowering] = {}

_DEEPEST = 500
"""How deep expressions and statements may nest; Go code that people write stays far below."""

COMMENT = kinds("comment")[0]
_LEFT_OUT = frozenset(kinds("comment", "empty_statement"))
_NAMES = frozenset(
    kinds(
        *("identifier", "blank_identifier", "type_identifier", "field_identifier", "package_identifier"),
        *("nil", "true", "false", "iota"),
    )
)
"""Half of all expressions."""

F_NAME = field("name")
F_TYPE = field("type")
F_BODY = field("body")
F_VALUE = field("value")
F_OPERAND = field("operand")
F_LEFT = field("left")
F_RIGHT = field("right")
F_OPERATOR = field("operator")
F_INITIALIZER = field("initializer")
F_CONDITION = field("condition")


def expr_lowering(*names: str) -> Callable[[ExprLowering], ExprLowering]:
    """Registers a function as the lowering of the named expression kinds."""

    def register(function: ExprLowering) -> ExprLowering:
        _EXPRS.update(dict.fromkeys(kinds(*names), function))
        return function

    return register


def stmt_lowering(*names: str) -> Callable[[StmtLowering], StmtLowering]:
    """Registers a function as the lowering of the named statement kinds."""

    def register(function: StmtLowering) -> StmtLowering:
        _STMTS.update(dict.fromkeys(kinds(*names), function))
        return function

    return register


_SHARED = 1 << 17
"""Up to which size files share their offsets; few are larger."""
_offsets: list[int] = []
"""One object for each offset: a model keeps millions of them, and they are an eighth of it if each is its own."""


def _offset_of(size: int) -> Callable[[int], int]:
    """Gives the object that stands for an offset of a file of that size."""
    if size >= _SHARED:
        return int
    _offsets.extend(range(len(_offsets), size + 1))
    return _offsets.__getitem__


class _Texts(dict[bytes, str]):
    """The texts of a file by their bytes, each decoded once."""

    def __missing__(self, written: bytes) -> str:
        text = self[written] = intern(written.decode("utf-8", "replace"))
        return text


class Source:
    """The bytes of one file, and the way down from its nodes to facts."""

    def __init__(self, data: bytes, bodies: bool = True) -> None:
        self.data = data
        self._texts = _Texts()
        self.at = _offset_of(len(data))
        """Takes an offset to the object that all files share for it."""
        self.bodies = bodies
        """Whether the bodies of functions and the elements of composite literals are lowered."""
        self._depth = 0
        self.too_deep: list[int] = []
        """Where something nested too deeply was left out."""

    def text(self, node: Node) -> str:
        """The node's text, interned; bytes that are not UTF-8 become U+FFFD."""
        return self.words(node.start_byte, node.end_byte)

    def words(self, start: int, end: int) -> str:
        """The text of a stretch of bytes, likewise."""
        return self._texts[self.data[start:end]]

    def expr(self, node: Node | None) -> nodes.Expr:
        """The expression or type; an empty name stands for what is missing or does not parse."""
        if node is None:
            return nodes.Name(-1, "")
        kind = node.kind_id
        start = node.start_byte
        if kind in _NAMES:
            return nodes.Name(self.at(start), self._texts[self.data[start : node.end_byte]])
        lowering = _EXPRS.get(kind)
        if lowering is not None and (self._depth < _DEEPEST or self._may_descend(node)):
            self._depth += 1
            found = lowering(self, node)
            self._depth -= 1
            if found is not None:
                return found
        return nodes.Name(start, "")

    def _may_descend(self, node: Node) -> bool:
        if self._depth < _DEEPEST:
            return True
        self.too_deep.append(node.start_byte)
        return False

    def optional(self, node: Node | None) -> nodes.Expr | None:
        return None if node is None else self.expr(node)

    def exprs(self, children: Iterable[Node]) -> tuple[nodes.Expr, ...]:
        return tuple([self.expr(child) for child in children if child.kind_id != COMMENT])

    def stmt(self, node: Node | None) -> nodes.Stmt | None:
        if node is None or not self._may_descend(node):
            return None
        kind = node.kind_id
        lowering = _STMTS.get(kind)
        self._depth += 1
        found: nodes.Stmt | None = None
        if lowering is not None:
            found = lowering(self, node)
        elif kind in _EXPRS or kind in _NAMES:
            found = nodes.ExprStmt(node.start_byte, self.expr(node))
        elif node.is_error:
            found = self.bad(node)
        self._depth -= 1
        return found

    def stmts(self, children: Iterable[Node]) -> tuple[nodes.Stmt, ...]:
        lowered = [self.stmt(child) for child in children if child.kind_id not in _LEFT_OUT]
        return tuple([statement for statement in lowered if statement is not None])

    def bad(self, node: Node) -> nodes.Bad:
        """What can still be read inside a region that does not parse."""
        return nodes.Bad(node.start_byte, self.stmts(node.named_children))
