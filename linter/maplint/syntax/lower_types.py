"""Lowering of types, parameters and fields."""

from __future__ import annotations

from maplint.facts import nodes
from maplint.syntax.grammar import Node, field, kinds
from maplint.syntax.lowering import F_NAME, F_TYPE, F_VALUE, Source, expr_lowering

_F_PACKAGE = field("package")
_F_TYPE_ARGUMENTS = field("type_arguments")
_F_ELEMENT = field("element")
_F_LENGTH = field("length")
_F_KEY = field("key")
_F_TAG = field("tag")
_F_PARAMETERS = field("parameters")
_F_RESULT = field("result")

_PARAMETER_LIST = kinds("parameter_list")
_VARIADIC = kinds("variadic_parameter_declaration")
_PARAMETERS = kinds("parameter_declaration", "variadic_parameter_declaration")
_FIELD_LIST = kinds("field_declaration_list")
_FIELD = kinds("field_declaration")
_METHOD_ELEM = kinds("method_elem")
_TYPE_ELEM = kinds("type_elem", "type_constraint")
_TYPE_PARAMETER = kinds("type_parameter_declaration")


@expr_lowering("qualified_type")
def _qualified(source: Source, node: Node) -> nodes.Expr | None:
    package, name = node.child_by_field_id(_F_PACKAGE), node.child_by_field_id(F_NAME)
    if package is None or name is None:
        return None
    base = nodes.Name(source.at(package.start_byte), source.text(package))
    return nodes.Selector(node.start_byte, node.end_byte, base, source.text(name), name.start_byte)


@expr_lowering("generic_type")
def _generic(source: Source, node: Node) -> nodes.Expr:
    arguments = node.child_by_field_id(_F_TYPE_ARGUMENTS)
    indexes = source.exprs(arguments.named_children) if arguments is not None else ()
    base = source.expr(node.child_by_field_id(F_TYPE))
    return nodes.Index(source.at(node.start_byte), source.at(node.end_byte), base, indexes)


@expr_lowering("type_instantiation_expression")
def _instantiation(source: Source, node: Node) -> nodes.Expr:
    base, *indexes = source.exprs(node.named_children)
    return nodes.Index(source.at(node.start_byte), source.at(node.end_byte), base, tuple(indexes))


@expr_lowering("type_elem", "type_constraint", "negated_type", "parenthesized_type")
def _wrapped(source: Source, node: Node) -> nodes.Expr | None:
    """One term reads as that term; several are a union, which is an interface that embeds them."""
    terms = source.exprs(node.named_children)
    if len(terms) > 1:
        return nodes.InterfaceType(node.start_byte, (), terms)
    return terms[0] if terms else None


@expr_lowering("pointer_type")
def _pointer(source: Source, node: Node) -> nodes.Expr:
    return nodes.Unary(node.start_byte, "*", source.expr(node.named_child(0)))


@expr_lowering("slice_type")
def _slice(source: Source, node: Node) -> nodes.Expr:
    return nodes.ArrayType(node.start_byte, None, source.expr(node.child_by_field_id(_F_ELEMENT)))


@expr_lowering("array_type", "implicit_length_array_type")
def _array(source: Source, node: Node) -> nodes.Expr:
    length = node.child_by_field_id(_F_LENGTH)
    text = "..." if length is None else source.text(length)
    return nodes.ArrayType(node.start_byte, text, source.expr(node.child_by_field_id(_F_ELEMENT)))


@expr_lowering("map_type")
def _map(source: Source, node: Node) -> nodes.Expr:
    key = source.expr(node.child_by_field_id(_F_KEY))
    return nodes.MapType(node.start_byte, node.end_byte, key, source.expr(node.child_by_field_id(F_VALUE)))


@expr_lowering("channel_type")
def _channel(source: Source, node: Node) -> nodes.Expr:
    text = source.data[node.start_byte : node.end_byte]
    direction = (
        "<-chan" if text.startswith(b"<-") else "chan<-" if text[4:].lstrip().startswith(b"<-") else "chan"
    )
    return nodes.ChanType(node.start_byte, direction, source.expr(node.child_by_field_id(F_VALUE)))


@expr_lowering("function_type")
def _function(source: Source, node: Node) -> nodes.Expr:
    return signature(source, node)


@expr_lowering("struct_type")
def _struct(source: Source, node: Node) -> nodes.Expr:
    fields: list[nodes.FieldDecl] = []
    for child in node.named_children:
        if child.kind_id in _FIELD_LIST:
            for declaration in child.named_children:
                if declaration.kind_id in _FIELD:
                    fields.extend(_fields(source, declaration))
    return nodes.StructType(node.start_byte, tuple(fields))


def _fields(source: Source, node: Node) -> list[nodes.FieldDecl]:
    type_node = node.child_by_field_id(F_TYPE)
    type_expr = source.expr(type_node)
    tagged = node.child_by_field_id(_F_TAG) is not None
    names = node.children_by_field_name("name")
    if names:
        return [
            nodes.FieldDecl(source.at(name.start_byte), source.text(name), type_expr, False, tagged)
            for name in names
        ]
    if source.data[node.start_byte : node.start_byte + 1] == b"*":
        type_expr = nodes.Unary(node.start_byte, "*", type_expr)
    pos, name = _embedded_name(type_expr)
    return [nodes.FieldDecl(pos, name, type_expr, True, tagged)]


def _embedded_name(type_expr: nodes.Expr) -> tuple[int, str]:
    """Position and name of the field that an embedded type declares."""
    match type_expr:
        case nodes.Name(pos=pos, name=name) | nodes.Selector(name_pos=pos, name=name):
            return pos, name
        case nodes.Unary(operand=inner) | nodes.Index(base=inner):
            return _embedded_name(inner)
    return -1, ""


@expr_lowering("interface_type")
def _interface(source: Source, node: Node) -> nodes.Expr:
    methods: list[tuple[str, nodes.FuncType]] = []
    embeds: list[nodes.Expr] = []
    for child in node.named_children:
        if child.kind_id in _METHOD_ELEM:
            name = child.child_by_field_id(F_NAME)
            methods.append(("" if name is None else source.text(name), signature(source, child)))
        elif child.kind_id in _TYPE_ELEM:
            embeds.extend(source.exprs(child.named_children))
    return nodes.InterfaceType(node.start_byte, tuple(methods), tuple(embeds))


def signature(source: Source, node: Node) -> nodes.FuncType:
    """The parameters and results of a function type, declaration, literal or interface method."""
    params, variadic = parameters(source, node.child_by_field_id(_F_PARAMETERS))
    result = node.child_by_field_id(_F_RESULT)
    if result is None:
        results: tuple[nodes.Param, ...] = ()
    elif result.kind_id in _PARAMETER_LIST:
        results, _ = parameters(source, result)
    else:
        results = (nodes.Param(source.at(result.start_byte), "", source.expr(result)),)
    return nodes.FuncType(node.start_byte, params, results, variadic)


def parameters(source: Source, node: Node | None) -> tuple[tuple[nodes.Param, ...], bool]:
    """The parameters of a list, one for each name, and whether the last one is variadic."""
    out: list[nodes.Param] = []
    variadic = False
    for child in node.named_children if node is not None else ():
        if child.kind_id not in _PARAMETERS:
            continue
        type_expr = source.expr(child.child_by_field_id(F_TYPE))
        if child.kind_id in _VARIADIC:
            variadic = True
            type_expr = nodes.ArrayType(child.start_byte, None, type_expr)
        names = child.children_by_field_name("name")
        out.extend(nodes.Param(source.at(name.start_byte), source.text(name), type_expr) for name in names)
        if not names:
            out.append(nodes.Param(source.at(child.start_byte), "", type_expr))
    return tuple(out), variadic


def type_parameters(source: Source, node: Node | None) -> tuple[nodes.TypeParamDecl, ...]:
    """The type parameters of a list, one for each name."""
    out: list[nodes.TypeParamDecl] = []
    for child in node.named_children if node is not None else ():
        if child.kind_id in _TYPE_PARAMETER:
            constraint = source.expr(child.child_by_field_id(F_TYPE))
            names = child.children_by_field_name("name")
            out.extend(nodes.TypeParamDecl(source.text(name), constraint) for name in names)
    return tuple(out)
