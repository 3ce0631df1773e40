"""Functions, literals and package-level initialisers to resolved functions."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts import nodes
from maplint.model import ir
from maplint.model.resolve.context import Context, FunctionState, Package, TypeName
from maplint.model.resolve.expressions import multi_types, value
from maplint.model.resolve.names import package_var
from maplint.model.resolve.statements import block
from maplint.model.type_expr import receiver_type_parameters, signature_of, type_parameters
from maplint.model.universe import Declared, FileScope, PackageScope, receiver_type_name


def resolve_package(package: Package, scope: PackageScope) -> list[ir.Function]:
    """Every function of a package, literals included, and one for each package-level initialiser."""
    package.functions = []
    for file in scope.files:
        _initialisers(package, file)
        for decl in file.facts.funcs:
            _function(package, file, decl)
    return package.functions


def package_variables(package: Package, scope: PackageScope) -> Iterator[ir.Var]:
    """The package-level variables of a package."""
    for file in scope.files:
        for decl in file.facts.vars:
            for index, name in enumerate(decl.names):
                if name.name != "_":
                    yield package_var(_context(package, file, scope.path), Declared(decl, file, index))


def _context(package: Package, file: FileScope, symbol: str) -> Context:
    return Context(package, file, FunctionState(symbol, is_test=file.file.is_test))


def _initialisers(package: Package, file: FileScope) -> None:
    """One function for each variable specification that is initialised, named after its first variable."""
    for decl in file.facts.vars:
        if decl.values:
            context = _context(package, file, f"{file.package.path}.{decl.names[0].name}")
            _initialiser(context, file, decl)
            pos = decl.names[0].pos
            _record(context, context.function.symbol, "init", pos, pos, None, (), (), "", "")


def _initialiser(context: Context, file: FileScope, decl: nodes.VarDecl) -> None:
    variables = [package_var(context, Declared(decl, file, i)) for i in range(len(decl.names))]
    found = [
        value(context, expr, variables[i].type if i < len(variables) else None, owner=variables[0].symbol)
        for i, expr in enumerate(decl.values)
    ]
    if len(found) == 1 and len(variables) > 1:
        types = multi_types(context, found[0], len(variables))
        call = found[0].call if isinstance(found[0], ir.Result) else None
        found = [
            ir.Result(kind, call, i) if call is not None else (found[0] if i == 0 else ir.Unknown(kind))
            for i, kind in enumerate(types)
        ]
    for name, var, initial in zip(decl.names, variables, found, strict=False):
        end = name.pos + len(name.name)
        context.emit(ir.Store(name.pos, end, ir.Ref(var.type, var, name.pos), initial, True))


def _function(package: Package, file: FileScope, decl: nodes.FuncDecl) -> None:
    path = file.package.path
    owner = f"{path}.{receiver_type_name(decl.receiver.type)}" if decl.receiver is not None else path
    context = _context(package, file, f"{owner}.{decl.name}")
    names = type_parameters(context.universe, file, decl.type_params)
    if decl.receiver is not None:
        names = {**receiver_type_parameters(context.universe, file, decl.receiver), **names}
    context.scopes[0].update({name: TypeName(kind) for name, kind in names.items()})
    receiver = None
    if decl.receiver is not None:
        kind = context.type_of(decl.receiver.type)
        receiver = context.declare(decl.receiver.name or "_", "receiver", kind, decl.receiver.pos)
    params, results = _signature(context, decl.type)
    if decl.body is not None:
        context.out.extend(block(context, decl.body))
    end = decl.end
    _record(context, context.function.symbol, decl.name, decl.name_pos, end, receiver, params, results, "", decl.doc)


def _signature(context: Context, func_type: nodes.FuncType) -> tuple[tuple[ir.Var, ...], tuple[ir.Var, ...]]:
    """Declares parameters and results in the innermost scope."""
    params = []
    for param in func_type.params:
        owner = f"{context.function.symbol}.{param.name}" if param.name else ""
        kind = context.type_of(param.type, owner)
        params.append(context.declare(param.name or "_", "parameter", kind, param.pos))
    results = []
    for i, result in enumerate(func_type.results):
        kind = context.type_of(result.type)
        if result.name:
            results.append(context.declare(result.name, "result", kind, result.pos))
        else:
            file = context.file.file
            symbol = f"{context.function.symbol}.<{i}>"
            results.append(ir.Var(symbol, "", "result", kind, file.path, result.pos, context.function.symbol))
    context.function.results = tuple(results)
    context.function.variadic = func_type.variadic
    context.function.named_results = any(result.name for result in func_type.results)
    return tuple(params), tuple(results)


def literal(context: Context, expr: nodes.FuncLit) -> ir.Value:
    """A function literal as a value; its body becomes a function of its own."""
    kind = signature_of(context.type_scope(), expr.type)
    if context.silent:
        return ir.FuncValue(kind, "", None, expr.pos, expr.end, True)
    outer, outer_out = context.function, context.out
    outer.literals += 1
    symbol = f"{outer.symbol}.func{outer.literals}"
    context.function = FunctionState(symbol, is_test=outer.is_test)
    context.out = []
    try:
        with context.block():
            params, results = _signature(context, expr.type)
            context.out = list(block(context, expr.body))
            _record(context, symbol, "", expr.pos, expr.end, None, params, results, outer.symbol, "")
    finally:
        context.function, context.out = outer, outer_out
    return ir.FuncValue(kind, symbol, None, expr.pos, expr.end, True)


def _record(
    context: Context,
    symbol: str,
    name: str,
    pos: int,
    end: int,
    receiver: ir.Var | None,
    params: tuple[ir.Var, ...],
    results: tuple[ir.Var, ...],
    parent: str,
    doc: str,
) -> None:
    file = context.file.file
    context.package.functions.append(
        ir.Function(
            symbol,
            name,
            context.file.package.path,
            file.path,
            pos,
            end,
            receiver,
            params,
            results,
            tuple(context.out),
            parent,
            doc,
            context.function.is_test,
            file.constraint,
            tuple(context.function.locals),
            context.function.variadic,
        )
    )
