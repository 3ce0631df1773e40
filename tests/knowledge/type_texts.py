"""Types as Go writes them, with import paths: the way back from what the parser reads."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts.types import (
    ANY,
    Array,
    Basic,
    Chan,
    Field,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeParam,
)
from maplint.knowledge.type_strings import Signature


def text_of(type: Type | Signature) -> str:
    match type:
        case Signature(func, params):
            return "func" + (f"[{_params(params)}]" if params else "") + text_of(func)[len("func") :]
        case Basic(name) | TypeParam(name):
            return name
        case Named():
            return type.symbol + (f"[{_list(type.args)}]" if type.args else "")
        case Pointer(elem):
            return f"*{text_of(elem)}"
        case Slice(elem):
            return f"[]{text_of(elem)}"
        case Array(elem, length):
            return f"[{length}]{text_of(elem)}"
        case Map(key, value):
            return f"map[{text_of(key)}]{text_of(value)}"
        case Chan(elem, direction):
            received = isinstance(elem, Chan) and elem.direction == "<-chan"
            return f"{direction} ({text_of(elem)})" if received else f"{direction} {text_of(elem)}"
        case Func(params, results, variadic):
            return f"func({_variadic(params) if variadic else _list(params)}){_results(results)}"
        case Struct(fields):
            return "struct{" + "; ".join(map(_field, fields)) + "}"
        case Interface(methods, embeds):
            elements = [name + text_of(func)[len("func") :] for name, func in methods]
            union = " | ".join(text_of(term) for term in embeds)
            return (
                "any"
                if type == ANY
                else "interface{" + "; ".join([*elements, *([union] if union else [])]) + "}"
            )
    raise AssertionError(type)


def _list(types: tuple[Type, ...]) -> str:
    return ", ".join(text_of(type) for type in types)


def _variadic(params: tuple[Type, ...]) -> str:
    *others, last = params
    assert isinstance(last, Slice)
    return ", ".join([*map(text_of, others), f"...{text_of(last.elem)}"])


def _results(results: tuple[Type, ...]) -> str:
    if len(results) > 1:
        return f" ({_list(results)})"
    return f" {text_of(results[0])}" if results else ""


def _field(field: Field) -> str:
    return text_of(field.type) if field.embedded else f"{field.name} {text_of(field.type)}"


def _params(params: tuple[TypeParam, ...]) -> str:
    return ", ".join(f"{param.name} {_constraint(param.constraint)}" for param in params)


def _constraint(constraint: Type) -> str:
    """A type set as it stands between brackets: without `interface{}`, and each term with its tilde."""
    if isinstance(constraint, Interface) and constraint.embeds:
        return " | ".join(f"~{text_of(term)}" for term in constraint.embeds)
    return text_of(constraint)


def named_types(part: Type | tuple[object, ...]) -> Iterator[Named]:
    """Every declared type that a type names; records and tuples of records are walked alike."""
    if isinstance(part, Named):
        yield part
    for inner in part or ():
        if isinstance(inner, tuple):
            yield from named_types(inner)
