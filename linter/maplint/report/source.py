"""Lines of the analysed files, for the formats that show or measure them."""

from __future__ import annotations

import functools
from collections.abc import Callable

from maplint.report.context import Context

LineReader = Callable[[str, int], bytes | None]
"""Absolute path and line from 1 → that line without its line feed; None where file or line is gone."""


def line_reader(context: Context) -> LineReader:
    """A reader that opens each file once."""

    @functools.cache
    def lines(path: str) -> list[bytes]:
        try:
            return context.read(path).split(b"\n")
        except OSError:
            return []

    def line(path: str, number: int) -> bytes | None:
        known = lines(path)
        return known[number - 1] if 0 < number <= len(known) else None

    return line
