"""What calls do to the locks of their callers: helpers that lock or unlock, function values, semaphores."""

from __future__ import annotations

from collections.abc import Callable

from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows
from maplint.model.held import GONE, WRITE, Effect, Held, lock_symbol
from maplint.model.lock_free import SEMAPHORE
from maplint.model.lock_parameters import LockParameters


class CallEffects:
    """Answers for one call, from what `effect` tells of functions in terms of their own variables."""

    def __init__(
        self,
        definitions: Definitions,
        flows: Flows,
        parameters: LockParameters,
        effect: Callable[[ir.Function], Effect],
    ) -> None:
        self._definitions = definitions
        self._flows = flows
        self._parameters = parameters
        self._effect = effect

    def of(self, call: ir.Call) -> Effect:
        """What a call does to the caller's locks, in terms of the caller's variables."""
        if isinstance(call.callee, ir.Dynamic):
            return self._of_value(call, call.callee.value)
        if isinstance(call.callee, ir.External) and call.receiver is not None:
            return self._of_semaphore(call.callee.symbol, call.receiver)
        targets = self._flows.functions(call.callee.symbol) if isinstance(call.callee, ir.Static) else []
        if call.mode == "go" and (handed := self._of_literals(call)):
            return Effect((), handed)
        if len(targets) != 1:
            return Effect()
        effect = self._effect(targets[0])
        if not effect.acquired and not effect.released:
            return effect
        target = targets[0]
        acquired = self._all_into_caller(call, target, effect.acquired)
        return Effect(acquired, self._all_into_caller(call, target, effect.released))

    def _of_literals(self, call: ir.Call) -> tuple[Held, ...]:
        """What the literals release that a goroutine is started with, which run in it."""
        literals = [arg.symbol for arg in call.args if isinstance(arg, ir.FuncValue) and arg.literal]
        targets = [target for symbol in literals for target in self._flows.functions(symbol)]
        return tuple(held for target in targets for held in self._effect(target).released)

    def _of_semaphore(self, symbol: str, semaphore: ir.Value) -> Effect:
        """A weighted semaphore, taken to be of one: whoever has acquired it is alone."""
        path = self._definitions.path(semaphore)
        if path is None or not symbol.startswith(SEMAPHORE):
            return Effect()
        held = Held(path, lock_symbol(semaphore), WRITE)
        if symbol.endswith("Acquire"):
            return Effect((held,), ())
        return Effect((), (held._replace(mode=GONE),)) if symbol.endswith(".Release") else Effect()

    def _of_value(self, call: ir.Call, value: ir.Value) -> Effect:
        """What calling a function value does: a literal, `mu.Unlock`, or what a helper that locks gave back."""
        if isinstance(value, ir.FieldOf):
            return self._of_field(value)
        value = self._definitions.root(value)
        if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.Static):
            targets = self._flows.functions(value.call.callee.symbol)
            inner = _returned(targets[0], value.index) if len(targets) == 1 else None
            effect = self._of_value(call, inner) if inner is not None else Effect()
            return Effect((), self._all_into_caller(value.call, targets[0], effect.released))
        if not isinstance(value, ir.FuncValue):
            return Effect()
        if value.receiver is not None and value.symbol.endswith((".Unlock", ".RUnlock")):
            path = self._definitions.path(value.receiver)
            gone = () if path is None else (Held(path, lock_symbol(value.receiver), GONE),)
            return Effect((), gone)
        targets = self._flows.functions(value.symbol) if value.literal else []
        return self._effect(targets[0]) if len(targets) == 1 else Effect()

    def _of_field(self, field: ir.FieldOf) -> Effect:
        """What the functions do that a field is given: the same, those left out that do nothing at all."""
        symbols = sorted(self._flows.function_targets(field))
        targets = [target for symbol in symbols for target in self._flows.functions(symbol) if target.body]
        effects = {self._effect(target) for target in targets}
        return effects.pop() if len(effects) == 1 else Effect()

    def _all_into_caller(
        self, call: ir.Call, target: ir.Function, locks: tuple[Held, ...]
    ) -> tuple[Held, ...]:
        return tuple(
            further
            for held in locks
            if (further := self._parameters.into_caller(call, target, held)) is not None
        )


def _returned(function: ir.Function, index: int) -> ir.Value | None:
    """The function value that a function returns, where it is the same at every return."""
    found = {
        values[index]
        for occurrence in function.of(ir.Return)
        for values in (occurrence.instruction.values,)
        if index < len(values) and isinstance(values[index], ir.FuncValue)
    }
    return found.pop() if len(found) == 1 else None
