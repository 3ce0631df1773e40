"""Lowering of declarations, at package level and inside functions."""

from __future__ import annotations

import re

from maplint.facts import nodes
from maplint.facts.file import Import
from maplint.syntax.grammar import Node, field, kinds
from maplint.syntax.lower_types import parameters, signature, type_parameters
from maplint.syntax.lowering import F_BODY, F_NAME, F_TYPE, F_VALUE, Source, stmt_lowering

_F_RECEIVER = field("receiver")
_F_TYPE_PARAMETERS = field("type_parameters")
_F_PATH = field("path")

_IMPORT_SPEC = kinds("import_spec")
_IMPORT_SPEC_LIST = kinds("import_spec_list")
_TYPE_SPEC = kinds("type_spec", "type_alias")
_TYPE_ALIAS = kinds("type_alias")
_VAR_SPEC = kinds("var_spec")
_VAR_SPEC_LIST = kinds("var_spec_list")
_CONST_SPEC = kinds("const_spec")

_TELLING_WORDS = re.compile(r"lock|mutex|held|guard|\bmu\b|concurren|goroutine|thread|\btest", re.I)
"""What comments of functions are read for: which locks their callers hold, and whether they are for tests."""
_HINTS = (b"lock", b"mu", b"held", b"guard", b"concurren", b"goroutine", b"thread", b"test")
"""One of these is in each telling word; looked for one by one, which is far faster."""


def imports(source: Source, node: Node) -> list[Import]:
    """The imports of one import declaration."""
    out = []
    for child in node.named_children:
        if child.kind_id in _IMPORT_SPEC_LIST:
            out.extend(imports(source, child))
        elif child.kind_id in _IMPORT_SPEC:
            name, path = child.child_by_field_id(F_NAME), child.child_by_field_id(_F_PATH)
            text = "" if path is None else source.text(path).strip('"`')
            out.append(Import(child.start_byte, "" if name is None else source.text(name), text))
    return out


def type_decls(source: Source, node: Node) -> list[nodes.TypeDecl]:
    """The types of one type declaration."""
    return [_type_decl(source, child) for child in node.named_children if child.kind_id in _TYPE_SPEC]


def _type_decl(source: Source, node: Node) -> nodes.TypeDecl:
    name = node.child_by_field_id(F_NAME)
    return nodes.TypeDecl(
        source.at(node.start_byte),
        "" if name is None else source.text(name),
        type_parameters(source, node.child_by_field_id(_F_TYPE_PARAMETERS)),
        source.expr(node.child_by_field_id(F_TYPE)),
        node.kind_id in _TYPE_ALIAS,
    )


def var_decls(source: Source, node: Node) -> list[nodes.VarDecl]:
    """The variable specifications of one variable declaration."""
    out = []
    for child in node.named_children:
        if child.kind_id in _VAR_SPEC_LIST:
            out.extend(var_decls(source, child))
        elif child.kind_id in _VAR_SPEC:
            out.append(nodes.VarDecl(*_spec(source, child)))
    return out


def const_decls(source: Source, node: Node) -> list[nodes.ConstDecl]:
    """The constant specifications of one constant declaration; an empty one repeats the one before."""
    out: list[nodes.ConstDecl] = []
    for child in node.named_children:
        if child.kind_id in _CONST_SPEC:
            names, type_expr, values = _spec(source, child)
            if not values and type_expr is None and out:
                type_expr, values = out[-1].type, out[-1].values
            out.append(nodes.ConstDecl(names, type_expr, values))
    return out


def _spec(
    source: Source, node: Node
) -> tuple[tuple[nodes.Name, ...], nodes.Expr | None, tuple[nodes.Expr, ...]]:
    named = [child for child in node.children_by_field_name("name") if child.is_named]
    names = tuple(nodes.Name(source.at(child.start_byte), source.text(child)) for child in named)
    values = node.child_by_field_id(F_VALUE)
    lowered = () if values is None else source.exprs(values.named_children)
    return names, source.optional(node.child_by_field_id(F_TYPE)), lowered


@stmt_lowering("type_declaration")
def _type_stmt(source: Source, node: Node) -> nodes.Stmt:
    return nodes.DeclStmt(node.start_byte, tuple(type_decls(source, node)))


@stmt_lowering("var_declaration")
def _var_stmt(source: Source, node: Node) -> nodes.Stmt:
    return nodes.DeclStmt(node.start_byte, tuple(var_decls(source, node)))


@stmt_lowering("const_declaration")
def _const_stmt(source: Source, node: Node) -> nodes.Stmt:
    return nodes.DeclStmt(node.start_byte, tuple(const_decls(source, node)))


def func_body(source: Source, node: Node) -> nodes.Block | None:
    """The body of a function or method declaration."""
    body = source.stmt(node.child_by_field_id(F_BODY)) if source.bodies else None
    return body if isinstance(body, nodes.Block) else None


def func_decl(source: Source, node: Node) -> nodes.FuncDecl:
    """One function or method declaration, its body left out."""
    name = node.child_by_field_id(F_NAME)
    receivers, _ = parameters(source, node.child_by_field_id(_F_RECEIVER))
    return nodes.FuncDecl(
        source.at(node.start_byte),
        source.at(node.end_byte),
        "" if name is None else source.text(name),
        source.at(node.start_byte) if name is None else source.at(name.start_byte),
        receivers[0] if receivers else None,
        type_parameters(source, node.child_by_field_id(_F_TYPE_PARAMETERS)),
        signature(source, node),
        _doc(source.data, node.start_byte) if source.bodies else "",
    )


def _doc(data: bytes, start: int) -> str:
    lines: list[bytes] = []
    end = start
    while end > 0:
        begin = data.rfind(b"\n", 0, end - 1) + 1
        line = data[begin:end].strip()
        if not line.startswith(b"//"):
            break
        lines.append(line.lstrip(b"/ "))
        end = begin
    written = b"\n".join(reversed(lines))
    lowered = written.lower()
    if not any(hint in lowered for hint in _HINTS):
        return ""
    text = written.decode("utf-8", "replace")
    return text if _TELLING_WORDS.search(text) else ""
