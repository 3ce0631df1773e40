"""What `maplint maps` shows: every map site with all that is done to it, as immutable records."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Place


class Operation(NamedTuple):
    """One thing done to a map, where it is written."""

    op: str
    """assign, op-assign, inc-dec, copy, update, delete, delete-func, clear, reset, range, index, len, pass,
    return, or the method's name for a sync.Map."""
    place: Place
    function: str
    """Symbol of the function it stands in; the package's import path for a package-level initialiser."""
    variable: str
    """Symbol of the variable that the operation names as written."""
    locks: tuple[str, ...]
    """Symbols of the locks held there, each followed by ` (read)` where only the read lock is held."""


class MapSite(NamedTuple):
    """One map variable or field, and the verdict on it."""

    symbol: str
    kind: str
    """package-var, field, local, parameter, result or expression."""
    is_sync_map: bool
    type: str
    """The declared type as Go writes it, such as `map[string]*Session`."""
    place: Place
    key_type: str
    value_type: str
    inserts: tuple[Operation, ...]
    removes: tuple[Operation, ...]
    resets: tuple[Operation, ...]
    reads: tuple[Operation, ...]
    guards: tuple[str, ...]
    """Symbols of the locks that guard it, most used first; `unknown` where it is not clear which one is held."""
    verdict: str
    """unbounded, bounded, fixed, short-lived or unknown."""
    reasons: tuple[str, ...]
    """Short sentences: the evidence for the verdict, strongest first."""


class FunctionSummary(NamedTuple):
    """What a function does, of itself and through what it calls; lists of access paths in terms of its variables."""

    symbol: str
    place: Place
    inserts: tuple[str, ...]
    """Maps of its parameters, receiver and package variables, and for a literal of what it captures."""
    removes: tuple[str, ...]
    resets: tuple[str, ...]
    reads: tuple[str, ...]
    escapes: tuple[str, ...]
    """Maps that it returns, sends or stores somewhere else."""
    takes: tuple[str, ...]
    """Locks that it leaves taken."""
    releases: tuple[str, ...]
    """Locks of its callers that it releases."""
    locks: tuple[str, ...]
    """Symbols of all locks that it holds at some time."""
    starts: tuple[str, ...]
    """Symbols of the functions that it starts in goroutines."""
    runs: tuple[str, ...]
    """Function values that it runs."""
    keeps: tuple[str, ...]
    """Function values that outlive its call."""


class Inventory(NamedTuple):
    """All that `maplint maps` has to show."""

    sites: tuple[MapSite, ...]
    functions: tuple[FunctionSummary, ...] | None = None
    """Those that do something; None where only the map sites are asked for."""
