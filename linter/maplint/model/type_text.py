"""Types as Go code writes them, for people to read."""

from __future__ import annotations

from maplint.facts import types as t


def type_text(kind: t.Type, package: str) -> str:
    """The type as a file of the package would write it, other packages by the last part of their path.

    What is not known is `?`.
    """
    match kind:
        case t.Basic(name) | t.TypeParam(name):
            return name
        case t.Named():
            return _named(kind, package)
        case t.Pointer(elem):
            return f"*{type_text(elem, package)}"
        case t.Slice(elem):
            return f"[]{type_text(elem, package)}"
        case t.Array(elem, length):
            return f"[{length}]{type_text(elem, package)}"
        case t.Map(key, value):
            return f"map[{type_text(key, package)}]{type_text(value, package)}"
        case t.Chan(elem, direction):
            return f"{direction} {type_text(elem, package)}"
        case t.Func():
            return f"func{_signature(kind, package)}"
        case t.Struct(fields):
            return "struct{" + "; ".join(_field(field, package) for field in fields) + "}"
        case t.Interface():
            return _interface(kind, package)
    return "?"


def _named(kind: t.Named, package: str) -> str:
    name = kind.name.rpartition(".")[2]
    if kind.package and kind.package != package:
        name = f"{kind.package.rpartition('/')[2]}.{name}"
    return name + (f"[{_list(kind.args, package)}]" if kind.args else "")


def _list(kinds: tuple[t.Type, ...], package: str) -> str:
    return ", ".join(type_text(kind, package) for kind in kinds)


def _signature(kind: t.Func, package: str) -> str:
    params = [type_text(param, package) for param in kind.params]
    if kind.variadic and params:
        params[-1] = "..." + params[-1].removeprefix("[]")
    text = f"({', '.join(params)})"
    if len(kind.results) > 1:
        return f"{text} ({_list(kind.results, package)})"
    return f"{text} {_list(kind.results, package)}".rstrip()


def _field(field: t.Field, package: str) -> str:
    text = type_text(field.type, package)
    return text if field.embedded else f"{field.name} {text}"


def _interface(kind: t.Interface, package: str) -> str:
    if kind == t.ANY:
        return "any"
    methods = [name + type_text(func, package).removeprefix("func") for name, func in kind.methods]
    terms = " | ".join(type_text(term, package) for term in kind.embeds)
    return "interface{" + "; ".join([*methods, *([terms] if terms else [])]) + "}"
