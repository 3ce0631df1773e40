"""One file from bytes to facts."""

from __future__ import annotations

from dataclasses import replace

from maplint.facts import nodes
from maplint.facts.file import FileFacts, Import, SyntaxFault
from maplint.syntax import lower_declarations as declarations
from maplint.syntax import lower_expressions, lower_statements, lower_types
from maplint.syntax.bodies import without_bodies
from maplint.syntax.comments import telling_comments
from maplint.syntax.dialect import bounded, method_type_parameters, rewrite
from maplint.syntax.grammar import Node, kinds, parse
from maplint.syntax.lowering import Source

__all__ = ["facts_of", "lower_expressions", "lower_statements"]

_IMPORT = kinds("import_declaration")
_TYPE = kinds("type_declaration")
_VAR = kinds("var_declaration")
_CONST = kinds("const_declaration")
_FUNC = kinds("function_declaration", "method_declaration")
_MAX_FAULTS = 20
_MAX_NODES = 2_000_000
"""How large a file is analysed whole: about 3 MB of dense code, twice the largest file of Go's own tree."""


def facts_of(data: bytes, bodies: bool = True) -> FileFacts:
    """What the bytes of one Go file say. Never raises for the sake of its input: what does not parse is a fault.

    Without `bodies` no function has one, and there are no comments: what an importing package can see.
    """
    text = bounded(data)
    tree = parse(text if bodies else without_bodies(text))
    if not bodies and tree.root_node.has_error:
        tree = parse(text)
    generic_methods: dict[int, tuple[int, int]] = {}
    if tree.root_node.has_error:
        readable = rewrite(text)
        if readable is not text:
            tree = parse(readable)
            generic_methods = {start: (start, end) for start, end in method_type_parameters(data)}
    size = tree.root_node.descendant_count
    source = Source(data, bodies and size <= _MAX_NODES)
    found = _Declarations()
    _declarations(source, tree.root_node, found)
    limits = [SyntaxFault(pos, "this is nested too deeply") for pos in source.too_deep[:1]]
    if size > _MAX_NODES:
        limits.append(SyntaxFault(0, f"it has more than {_MAX_NODES:,} syntax nodes, so bodies are left out"))
    return FileFacts(
        imports=tuple(found.imports),
        types=tuple(found.types),
        vars=tuple(found.vars),
        consts=tuple(found.consts),
        funcs=tuple(_with_type_parameters(data, func, generic_methods) for func in found.funcs),
        bodies=tuple(found.bodies),
        comments=telling_comments(data, tree.root_node) if bodies else (),
        faults=(*_faults(tree.root_node), *limits),
    )


class _Declarations:
    """The declarations of a file while they are collected."""

    def __init__(self) -> None:
        self.imports: list[Import] = []
        self.types: list[nodes.TypeDecl] = []
        self.vars: list[nodes.VarDecl] = []
        self.consts: list[nodes.ConstDecl] = []
        self.funcs: list[nodes.FuncDecl] = []
        self.bodies: list[nodes.Block | None] = []


def _declarations(source: Source, parent: Node, out: _Declarations) -> None:
    for node in parent.named_children:
        kind = node.kind_id
        if kind in _FUNC:
            out.funcs.append(declarations.func_decl(source, node))
            out.bodies.append(declarations.func_body(source, node))
        elif kind in _IMPORT:
            out.imports.extend(declarations.imports(source, node))
        elif kind in _TYPE:
            out.types.extend(declarations.type_decls(source, node))
        elif kind in _VAR:
            out.vars.extend(declarations.var_decls(source, node))
        elif kind in _CONST:
            out.consts.extend(declarations.const_decls(source, node))
        elif node.is_error:
            _declarations(source, node, out)


def _with_type_parameters(
    data: bytes, func: nodes.FuncDecl, lists: dict[int, tuple[int, int]]
) -> nodes.FuncDecl:
    """The declaration with the type parameters that the rewrite took away, read on their own."""
    if not lists or func.receiver is None:
        return func
    start = data.find(b"[", func.name_pos)
    if start not in lists:
        return func
    text = b"package p\nfunc _" + data[start : lists[start][1]] + b"(){}"
    root = parse(text).root_node
    node = next((child for child in root.named_children if child.kind_id in _FUNC), None)
    if node is None:
        return func
    params = lower_types.type_parameters(Source(text), node.child_by_field_name("type_parameters"))
    return replace(func, type_params=params)


def _faults(root: Node) -> list[SyntaxFault]:
    """The outermost places that do not parse, in order."""
    found: list[SyntaxFault] = []
    waiting = [root] if root.has_error else []
    while waiting and len(found) < _MAX_FAULTS:
        node = waiting.pop()
        if node.is_error:
            found.append(SyntaxFault(node.start_byte, "this region does not parse"))
        elif node.is_missing:
            found.append(SyntaxFault(node.start_byte, f"missing {node.type}"))
        elif node.has_error:
            waiting.extend(reversed(node.children))
    return found
