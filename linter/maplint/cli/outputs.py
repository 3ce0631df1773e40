"""Which report goes where, and getting it there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from maplint.cli import streams
from maplint.cli.bugs import tell_bug
from maplint.errors import MaplintError


class Output(NamedTuple):
    """One report to write."""

    format: str
    file: str | None
    """None for standard output."""


def outputs(formats: Sequence[str], file: str | None) -> tuple[Output, ...]:
    """The reports that `--format` (each `FMT` or `FMT=FILE`) and `--output` ask for; `text` without any format.

    Raises MaplintError where two reports would go to the same place.
    """
    parts = (item.partition("=") for item in formats or ("text",))
    planned = [Output(name, path or None) for name, _, path in parts]
    unplaced = [output.format for output in planned if output.file is None]
    if len(unplaced) > 1:
        raise MaplintError(
            f"{' and '.join(unplaced)} cannot both go to standard output; "
            f"give one of them a file: --format {unplaced[1]}=FILE"
        )
    if file is not None and not unplaced:
        raise MaplintError("--output needs a format without a file of its own")
    placed = tuple(output if output.file else output._replace(file=file) for output in planned)
    _refuse_doubles(placed)
    return placed


def deliver(outputs: Iterable[Output], render: Callable[[Output], str], verbose: bool) -> bool:
    """Render and write each report, one after the other; whether all of them came out.

    One that fails is named on standard error and does not keep the others back.
    """
    failed = [output for output in outputs if not _deliver(output, render, verbose)]
    return not failed


def _refuse_doubles(outputs: Iterable[Output]) -> None:
    seen: set[str] = set()
    for file in (output.file for output in outputs if output.file is not None):
        place = os.path.abspath(file)
        if place in seen:
            raise MaplintError(f"two reports cannot both go to {file}")
        seen.add(place)


def _deliver(output: Output, render: Callable[[Output], str], verbose: bool) -> bool:
    try:
        text = render(output)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in one report, the others still come out
        tell_bug(f"the {output.format} report", error, verbose)
        return False
    try:
        _write(text, output.file)
    except OSError as error:
        place = "standard output" if output.file is None else output.file or "''"
        streams.say(f"maplint: cannot write the {output.format} report to {place}: {error.strerror}")
        return False
    return True


def _write(text: str, file: str | None) -> None:
    if file is None:
        streams.put(text)
        return
    with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as sink:
        sink.write(text)
