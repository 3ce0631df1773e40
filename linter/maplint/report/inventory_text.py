"""The format `text` of `maplint maps`: each map with who fills it, who empties it and what guards it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator

from maplint.inventory import Inventory, MapSite, Operation
from maplint.report.ansi import Paint, painter
from maplint.report.characters import encodable, one_line
from maplint.report.context import Context
from maplint.report.paths import position, relative

_VERDICT_STYLES = {"unbounded": "warning", "unknown": "note"}
_VERDICTS = ("unbounded", "unknown", "bounded", "short-lived", "fixed")
_QUIET = frozenset(("fixed", "short-lived"))
"""Verdicts on maps of which nobody asks who empties or guards them: what does not happen is left out."""
_LABEL_CELLS = 10
_MAX_READERS = 6

Row = tuple[str, str]
"""A label and what it says; an empty label continues the row above."""


def render(inventory: Inventory, context: Context) -> str:
    """A block for each map site under the folder of its package; empty when there is none."""
    paint = painter(context.color)
    folders: dict[str, list[MapSite]] = {}
    for site in inventory.sites:
        folder = posixpath.dirname(relative(site.place.path, context.cwd)) or "."
        folders.setdefault(folder, []).append(site)
    blocks = [_folder(folder, members, context.cwd, paint) for folder, members in folders.items()]
    return encodable("\n".join([*blocks, *_counts(inventory.sites)]))


def _counts(sites: tuple[MapSite, ...]) -> Iterator[str]:
    """The last line: how many maps there are, by verdict, those that grow first."""
    if sites:
        found = Counter(site.verdict for site in sites)
        told = ", ".join(f"{found[verdict]} {verdict}" for verdict in _VERDICTS if found[verdict])
        yield f"{len(sites)} {'map' if len(sites) == 1 else 'maps'}: {told}\n"


def _folder(folder: str, sites: Iterable[MapSite], cwd: str, paint: Paint) -> str:
    blocks = [_site(site, cwd, paint) for site in sites]
    return "\n".join([paint("strong", one_line(folder)) + "\n", *blocks])


def _site(site: MapSite, cwd: str, paint: Paint) -> str:
    place, symbol, kind = map(one_line, (position(site.place, cwd), _short(site.symbol), site.type))
    lines = [f"  {place}: {paint('strong', symbol)} {paint('faint', kind)}"]
    for label, text in _rows(site, cwd):
        padding = " " * (_LABEL_CELLS - len(label))
        shown = paint(_VERDICT_STYLES.get(label, "good"), label) if label == site.verdict else label
        lines.append(f"    {shown}{padding} {one_line(text)}".rstrip())
    return "\n".join(lines) + "\n"


def _rows(site: MapSite, cwd: str) -> Iterator[Row]:
    yield from _labelled(site.verdict, site.reasons, "")
    nowhere, no_lock = ("", "") if site.verdict in _QUIET else ("nowhere", "no lock")
    yield from _labelled("filled", _operations(site.inserts, cwd), nowhere)
    yield from _labelled("emptied", _operations((*site.removes, *site.resets), cwd), nowhere)
    yield from _labelled("read", _readers(site.reads), nowhere)
    yield from _labelled("guarded by", map(_short, site.guards), no_lock)


def _labelled(label: str, texts: Iterable[str], otherwise: str) -> Iterator[Row]:
    """The rows of one label; where there is no text the other one, and none where that is empty."""
    rows = list(texts) or ([otherwise] if otherwise or label in _VERDICTS else [])
    for number, text in enumerate(rows):
        yield ("" if number else label), text


def _operations(operations: Iterable[Operation], cwd: str) -> list[str]:
    return [f"{position(operation.place, cwd)}: {_deed(operation)}" for operation in operations]


def _deed(operation: Operation) -> str:
    locks = ", ".join(map(_short, operation.locks))
    return f"{operation.op} in {_short(operation.function)}" + (f", holding {locks}" if locks else "")


def _readers(reads: tuple[Operation, ...]) -> list[str]:
    if not reads:
        return []
    places = "1 place" if len(reads) == 1 else f"{len(reads)} places"
    functions = sorted({_short(read.function) for read in reads})
    more = len(functions) - _MAX_READERS
    named = functions[:_MAX_READERS] if more > 1 else functions
    return [f"at {places} in {', '.join(named)}" + (f" and {more} more" if more > 1 else "")]


def _short(symbol: str) -> str:
    """A symbol as Go code would write it: the import path down to its last element."""
    return symbol.rpartition("/")[2]
