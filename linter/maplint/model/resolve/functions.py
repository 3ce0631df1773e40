"""Functions, literals and package-level initialisers to resolved functions."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.test_support import TEST_NAMES, TEST_TYPES
from maplint.model import ir
from maplint.model.resolve.context import Context, FunctionState, Package, TypeName, Want, evaluates, numbered
from maplint.model.resolve.kinds import parts
from maplint.model.resolve.names import package_var
from maplint.model.resolve.statements import statements
from maplint.model.scopes import Declared, FileScope, PackageScope, receiver_type_name
from maplint.model.type_expr import receiver_type_parameters, signature_of, type_parameters
from maplint.model.walk import occurrences


def resolve_package(package: Package, scope: PackageScope) -> list[ir.Function]:
    """Every function of a package, literals included, and one for each package-level initialiser.

    The bodies of each file's functions are taken out of its facts, lest they and what they become fill the memory.
    """
    package.functions = []
    package.refs = {}
    for file in scope.files:
        bodies = file.facts.bodies
        file.facts = file.facts._replace(bodies=())
        _initialisers(package, file)
        for decl, body in zip(file.facts.funcs, bodies, strict=True):
            _function(package, file, decl, body)
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
            name = decl.names[0]
            context = _context(package, file, _symbol(package, file.package.path, name.name))
            _initialiser(context, file, decl)
            _record(context, context.function.symbol, "init", name.pos, name.pos, None, (), (), "", "")


def _symbol(package: Package, owner: str, name: str) -> str:
    """The symbol of a function; `init` and `_` may be declared again and are then numbered."""
    symbol = f"{owner}.{name}"
    return numbered(package.taken, symbol) if name in ("init", "_") else symbol


def _initialiser(context: Context, file: FileScope, decl: nodes.VarDecl) -> None:
    variables = [package_var(context, Declared(decl, file, i)) for i in range(len(decl.names))]
    found = [
        context.value(expr, Want(variables[i].type if i < len(variables) else None, variables[0].symbol))
        for i, expr in enumerate(decl.values)
    ]
    if len(found) == 1 and len(variables) > 1:
        found = parts(found[0], len(variables))
    for name, var, initial in zip(decl.names, variables, found, strict=False):
        end = name.pos + len(name.name)
        context.emit(ir.Store(name.pos, end, context.ref(var), initial, True))


def _function(package: Package, file: FileScope, decl: nodes.FuncDecl, body: nodes.Block | None) -> None:
    path = file.package.path
    owner = f"{path}.{receiver_type_name(decl.receiver.type)}" if decl.receiver is not None else path
    context = _context(package, file, _symbol(package, owner, decl.name))
    names = type_parameters(context.universe, file, decl.type_params)
    if decl.receiver is not None:
        names = {**receiver_type_parameters(context.universe, file, decl.receiver), **names}
    for name, kind in names.items():
        context.bind(name, TypeName(kind))
    receiver, params, results = _signature(context, decl.receiver, decl.type)
    if body is not None:
        statements(context, body)
    end = decl.end
    _record(
        context,
        context.function.symbol,
        decl.name,
        decl.name_pos,
        end,
        receiver,
        params,
        results,
        "",
        decl.doc,
    )


def _signature(
    context: Context, receiver: nodes.Param | None, func_type: nodes.FuncType
) -> tuple[ir.Var | None, tuple[ir.Var, ...], tuple[ir.Var, ...]]:
    """Declares receiver, parameters and results in the innermost scope; none of them is in scope in their types."""
    function = context.function
    written = (*((receiver,) if receiver is not None else ()), *func_type.params, *func_type.results)
    types = [
        context.type_of(param.type, f"{function.symbol}.{param.name}" if param.name else "")
        for param in written
    ]
    kinds = ["receiver"] * (receiver is not None) + ["parameter"] * len(func_type.params)
    declared = [
        context.declare(param.name or "_", kind, found, param.pos)
        for param, kind, found in zip(written, kinds, types, strict=False)
    ]
    first = len(declared)
    results = [
        _result(context, i, result, kind)
        for i, (result, kind) in enumerate(zip(func_type.results, types[first:], strict=True))
    ]
    function.results = tuple(results)
    function.variadic = func_type.variadic
    function.named_results = any(result.name for result in func_type.results)
    function.is_test = function.is_test or _serves_tests(context, types[:first], receiver is not None)
    if receiver is None:
        return None, tuple(declared), function.results
    return declared[0], tuple(declared[1:]), function.results


def _serves_tests(context: Context, types: list[t.Type], has_receiver: bool) -> bool:
    """Whether a function is given a test, or is a method of an object that holds one."""
    return any(map(_is_of_test, types)) or (has_receiver and _holds_test(context, t.pointed(types[0])))


def _holds_test(context: Context, owner: t.Type) -> bool:
    known = context.package.test_holders
    if owner not in known:
        struct = context.underlying(owner)
        known[owner] = isinstance(struct, t.Struct) and any(_is_of_test(one.type) for one in struct.fields)
    return known[owner]


def _is_of_test(kind: t.Type) -> bool:
    kind = t.pointed(kind)
    return isinstance(kind, t.Named) and (kind.name in TEST_NAMES or kind.symbol in TEST_TYPES)


def _result(context: Context, index: int, result: nodes.Param, kind: t.Type) -> ir.Var:
    if result.name:
        return context.declare(result.name, "result", kind, result.pos)
    function = context.function.symbol
    return ir.Var(f"{function}.<{index}>", "", "result", kind, context.file.file.path, result.pos, function)


@evaluates(nodes.FuncLit)
def _literal(context: Context, expr: nodes.FuncLit, want: Want) -> ir.Value:
    """A function literal as a value; its body becomes a function of its own."""
    kind = signature_of(context.type_scope(), expr.type)
    if context.silent:
        return ir.FuncValue(kind, "", None, expr.pos, expr.end, True)
    outer = context.function
    outer.literals += 1
    symbol = f"{outer.symbol}.func{outer.literals}"
    context.function = FunctionState(symbol, is_test=outer.is_test)
    with context.block, context.collected():
        _, params, results = _signature(context, None, expr.type)
        statements(context, expr.body)
        _record(context, symbol, "", expr.pos, expr.end, None, params, results, outer.symbol, "")
    context.function = outer
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
    body = tuple(context.out)
    found = occurrences(body)
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
            body,
            found,
            tuple([one for one in found if one.made]),
            parent,
            doc,
            context.function.is_test,
            file.constraint,
            tuple(context.function.locals),
            context.function.variadic,
        )
    )
