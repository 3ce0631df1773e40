"""What the model makes of small Go programs, told by marks on the lines of the code.

A comment `// names: m F.m, get Store.Get; calls: Store.Get` makes statements of its line, separated by semicolons:

- `names`: which variable, field, function or constant a name means, in what begins to run on the line;
- `calls`: every function of the analysed code that a call on the line may reach, with how it runs where that is not
  at once in the caller: `go F`, `defer F`, and `later F`, `concurrent F` and the like for what is handed over; the
  word `unknown` where it is not known;
- `runs`: when the function runs that begins on the line;
- `holds`: the locks held where the line begins to run, `(read)` behind those taken by RLock;
- `does`: what the function that begins on the line does, of itself and through what it calls: `inserts F.m`.

An empty list is written `nothing`. The path of the module, `example.com/m`, is left out. What is only to be
looked at is given to `use`, which nobody declares.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from programs import program

from maplint.model import ir
from maplint.model.contexts import When
from maplint.model.held import READ
from maplint.model.program import Program

_MARK = re.compile(r"// ((?:names|calls|runs|holds|does): .*)")
_WORDS = {
    When.INIT: "init",
    When.MAIN: "main",
    When.LOOP: "loop",
    When.GOROUTINE: "goroutine",
    When.TIMER: "timer",
    When.CONCURRENT: "concurrent",
    When.API: "unknown",
    When.TEST: "tests",
    When.ONCE: "once",
}
Line = tuple[str, int]
"""File and line."""
Found = dict[Line, set[str]]
"""What is true of each line."""


def check(files: dict[str, str], tests: bool = False) -> None:
    """Asserts what the marks in the files of a module state; `tests` reads its tests too."""
    found = program(files, tests)
    wrong = []
    known: dict[str, Found] = {}
    for kind, line, wanted in _marks(found):
        if kind not in known:
            known[kind] = _KINDS[kind](found)
        here = known[kind].get(line, set())
        if kind == "names":
            here = {each for each in here if each.partition(" ")[0] in {w.partition(" ")[0] for w in wanted}}
        if here != wanted:
            wrong.append(
                f"{line[0]}:{line[1]}: {kind}: {', '.join(sorted(here)) or 'nothing'}, not as marked"
            )
    assert not wrong, "\n".join(wrong)


def check_file(text: str) -> None:
    """The same for one file of package m."""
    check({"m.go": text})


def _marks(found: Program) -> Iterator[tuple[str, Line, set[str]]]:
    for path, file in found.files.items():
        for number, text in enumerate(file.data.decode().split("\n"), 1):
            mark = _MARK.search(text)
            for statement in mark[1].split(";") if mark is not None else ():
                kind, _, items = statement.strip().partition(": ")
                yield kind, (path, number), {item for item in items.split(", ") if item != "nothing"}


def _bare(symbol: str) -> str:
    return symbol.replace("example.com/m.", "").replace("example.com/m/", "")


def _names(found: Program) -> Found:
    lines: Found = defaultdict(set)
    for function in found.functions:
        for each in function.occurrences:
            for part in each.values:
                for name, symbol in _named(part):
                    pos = getattr(part, "pos", each.instruction.pos)
                    lines[_line(found, function, pos)].add(f"{name} {_bare(symbol)}")
            if isinstance(each.instruction, ir.Call):
                callee = each.instruction.callee
                if isinstance(callee, (ir.Static, ir.External)):
                    line = _line(found, function, each.instruction.pos)
                    lines[line].add(f"{callee.symbol.rpartition('.')[2]} {_bare(callee.symbol)}")
    return lines


def _named(part: ir.Value) -> Iterator[tuple[str, str]]:
    if isinstance(part, ir.Ref):
        yield part.var.name, part.var.symbol
    elif isinstance(part, ir.FieldOf):
        yield part.field.name, part.field.symbol
    elif isinstance(part, ir.FuncValue):
        yield part.symbol.rpartition(".")[2], part.symbol
    elif isinstance(part, ir.Const) and part.named:
        yield part.text.rpartition(".")[2], part.text
    elif isinstance(part, ir.Composed):
        for key, _ in part.elements:
            if isinstance(key, ir.FieldRef):
                yield key.name, key.symbol


def _calls(found: Program) -> Found:
    lines: Found = defaultdict(set)
    for function in found.functions:
        reached: dict[ir.Call, set[str]] = defaultdict(set)
        for edge in found.graph.callees.get(function, ()):
            how = "" if edge.mode == "call" else f"{edge.mode} "
            lines[_line(found, function, edge.call.pos)].add(how + _bare(edge.callee.symbol))
            reached[edge.call].add(edge.mode)
        for each in function.occurrences:
            call = each.instruction
            if isinstance(call, ir.Call) and not isinstance(call.callee, ir.External) and not reached[call]:
                lines[_line(found, function, call.pos)].add("unknown")
    return lines


def _runs(found: Program) -> Found:
    return {
        _line(found, function, function.pos): {
            word for flag, word in _WORDS.items() if flag & found.contexts.when(function)
        }
        for function in found.functions
    }


def _holds(found: Program) -> Found:
    lines: Found = {}
    for function in found.functions:
        for each in function.occurrences:
            held = found.locks.at(function, each.instruction)
            words = {_bare(lock.lock) + (" (read)" if lock.mode == READ else "") for lock in held}
            lines.setdefault(_line(found, function, each.instruction.pos), words)
    return lines


def _does(found: Program) -> Found:
    lines: Found = {}
    for function in found.functions:
        told = found.summaries.of(function)._asdict().items()
        words = {f"{name} {_bare(path)}" for name, paths in told for path in paths}
        lines[_line(found, function, function.pos)] = words
    return lines


def _line(found: Program, function: ir.Function, pos: int) -> Line:
    return function.path, found.line_column(function.path, pos)[0]


_KINDS: dict[str, Callable[[Program], Found]] = {
    "names": _names,
    "calls": _calls,
    "runs": _runs,
    "holds": _holds,
    "does": _does,
}
