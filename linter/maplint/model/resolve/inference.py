"""Type arguments: those that a call's arguments decide, and those written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.generics import is_generic, substitute, type_params, unify
from maplint.model.resolve.context import Context
from maplint.model.resolve.kinds import default_type, is_untyped
from maplint.model.type_expr import type_parameters


def results_of(
    context: Context, signature: t.Func, args: tuple[ir.Value, ...], spread: bool
) -> tuple[t.Type, ...]:
    """The types of a call's results, with the type parameters that the arguments decide."""
    if any(map(is_generic, signature.results)):
        return _inferred(context, signature, args, spread).results
    return signature.results


def _inferred(context: Context, signature: t.Func, args: tuple[ir.Value, ...], spread: bool) -> t.Func:
    """The signature with the type parameters that the arguments decide, after the spec's "Type inference"."""
    found: dict[str, t.Type] = {}
    pairs = [(_parameter(signature, i, spread), arg.type) for i, arg in enumerate(args)]
    for param, actual in pairs:
        if not is_untyped(actual):
            unify(param, actual, found, context.underlying)
    for param, actual in pairs:
        if is_untyped(actual):
            unify(param, default_type(actual), found, context.underlying)
    if not found:
        return signature
    for declared in type_params(signature):
        _unify_core(context, declared, found)
    kind = substitute(signature, found)
    return kind if isinstance(kind, t.Func) else signature


def _unify_core(context: Context, param: t.TypeParam, found: dict[str, t.Type]) -> None:
    """`func f[M ~map[K]V, K comparable, V any](m M)`: the core type of M's constraint decides K and V."""
    if param.constraint is None or param.name not in found:
        return
    core = context.underlying(param)
    if core is not None and not isinstance(core, t.Interface):
        unify(core, context.underlying(found[param.name]), found, context.underlying)


def _parameter(signature: t.Func, index: int, spread: bool) -> t.Type:
    last = len(signature.params) - 1
    if index < last or (index == last and (not signature.variadic or spread)):
        return signature.params[index]
    if signature.variadic and last >= 0:
        rest = signature.params[last]
        return rest.elem if isinstance(rest, t.Slice) else None
    return None


def instantiated(context: Context, function: ir.FuncValue, indexes: tuple[nodes.Expr, ...]) -> ir.FuncValue:
    """A generic function or method with type arguments written out."""
    args = (context.type_of(index) for index in indexes)
    given = dict(zip(_names(context, function), args, strict=False))
    return replace(function, type=substitute(function.type, given))


def _names(context: Context, function: ir.FuncValue) -> Iterator[str]:
    """The names of the type parameters of a function or method, in order."""
    owner, _, name = function.symbol.rpartition(".")
    package, _, type_name = owner.rpartition(".")
    declared = context.universe.exported(owner, name, context.file)
    if declared is None:
        methods = context.universe.method_decls(t.Named(package, type_name), name)
        declared = methods[0] if methods else None
    if declared is not None and isinstance(declared.decl, nodes.FuncDecl):
        yield from type_parameters(context.universe, declared.file, declared.decl.type_params)
        return
    std, outer = std_package(owner), std_package(package)
    signature = (
        std.func(name) if std is not None else outer.method(type_name, name) if outer is not None else None
    )
    if signature is not None:
        yield from (param.name for param in signature.type_params)
