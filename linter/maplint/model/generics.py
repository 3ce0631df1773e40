"""Substitution of type arguments and unification, after the spec's "Type unification"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maplint.facts import types as t


def substitute(kind: t.Type, args: Mapping[str, t.Type]) -> t.Type:
    """The type with type parameters replaced by name; the very same object where nothing changes."""
    if not args or kind is None or type(kind) is t.Basic:
        return kind
    if isinstance(kind, t.TypeParam):
        return args.get(kind.name, kind)
    if isinstance(kind, t.Named):
        return kind._replace(args=_all(kind.args, args)) if kind.args else kind
    if isinstance(kind, (t.Pointer, t.Slice, t.Array, t.Chan)):
        return kind._replace(elem=substitute(kind.elem, args))
    if isinstance(kind, t.Map):
        return t.Map(substitute(kind.key, args), substitute(kind.value, args))
    if isinstance(kind, t.Func):
        return t.Func(_all(kind.params, args), _all(kind.results, args), kind.variadic)
    if isinstance(kind, t.Struct):
        return kind._replace(fields=tuple(f._replace(type=substitute(f.type, args)) for f in kind.fields))
    if isinstance(kind, t.Interface):
        methods = tuple((name, substitute(method, args)) for name, method in kind.methods)
        return t.Interface(methods, _all(kind.embeds, args))
    if isinstance(kind, t.Tuple):
        return t.Tuple(_all(kind.types, args))
    return kind


def _all(kinds: tuple[t.Type, ...], args: Mapping[str, t.Type]) -> tuple[t.Type, ...]:
    return tuple(substitute(kind, args) for kind in kinds)


def type_params(kind: t.Type) -> list[t.TypeParam]:
    """The type parameters that occur in a type, each once."""
    found: dict[str, t.TypeParam] = {}
    waiting: list[object] = [kind]
    while waiting:
        part = waiting.pop()
        if isinstance(part, t.TypeParam):
            found.setdefault(part.name, part)
        elif isinstance(part, tuple) and type(part) is not t.Basic:
            waiting += [inner for inner in reversed(part) if isinstance(inner, tuple)]
    return list(found.values())


def is_generic(kind: t.Type) -> bool:
    """Whether a type parameter occurs in a type."""
    while isinstance(kind, (t.Pointer, t.Slice, t.Array, t.Chan)):
        kind = kind.elem
    if kind is None or type(kind) is t.Basic:
        return False
    if type(kind) is t.Named:
        return any(map(is_generic, kind.args))
    return bool(type_params(kind))


def unify(
    pattern: t.Type, actual: t.Type, found: dict[str, t.Type], underlying: Callable[[t.Type], t.Type]
) -> None:
    """Adds to `found` what the type parameters of `pattern` must be for `actual` to fit; conflicts are ignored."""
    if isinstance(pattern, t.TypeParam):
        if actual is not None and actual != t.NIL:
            found.setdefault(pattern.name, actual)
        return
    if isinstance(pattern, t.Named):
        if not pattern.args:
            return
        if not isinstance(actual, t.Named):
            pattern = underlying(pattern)
    elif isinstance(actual, t.Named):
        actual = underlying(actual)
    if type(pattern) is not type(actual):
        return
    if isinstance(pattern, t.Named) and isinstance(actual, t.Named):
        if pattern.symbol == actual.symbol:
            _unify_all(pattern.args, actual.args, found, underlying)
    elif isinstance(pattern, (t.Pointer, t.Slice, t.Array, t.Chan)):
        unify(pattern.elem, actual.elem, found, underlying)  # type: ignore[union-attr]
    elif isinstance(pattern, t.Map) and isinstance(actual, t.Map):
        unify(pattern.key, actual.key, found, underlying)
        unify(pattern.value, actual.value, found, underlying)
    elif isinstance(pattern, t.Func) and isinstance(actual, t.Func):
        _unify_all(pattern.params, actual.params, found, underlying)
        _unify_all(pattern.results, actual.results, found, underlying)


def _unify_all(
    patterns: tuple[t.Type, ...],
    actuals: tuple[t.Type, ...],
    found: dict[str, t.Type],
    underlying: Callable[[t.Type], t.Type],
) -> None:
    for pattern, actual in zip(patterns, actuals, strict=False):
        unify(pattern, actual, found, underlying)
