"""A source line with carets under the token a finding is about."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Place
from maplint.report.characters import expand, width

_LONG = 100
"""Characters shown on each side of a token, and of the token itself; a line can be a megabyte of table."""


class Snippet(NamedTuple):
    """Two lines for a terminal, to stand below one another."""

    source: str
    carets: str


def snippet(line: bytes, place: Place) -> Snippet:
    """The first line of a place, given without its line feed, and the carets under it."""
    line = line.rstrip(b"\r")
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    before = expand(line[:start], 0)
    token = expand(line[start:end], width(before))
    after = expand(line[end:], width(before + token))
    before = before if len(before) <= _LONG else f"...{before[-_LONG:]}"
    after = after if len(after) <= _LONG else f"{after[:_LONG]}..."
    token = token[:_LONG]
    return Snippet((before + token + after).rstrip(), " " * width(before) + "^" * max(1, width(token)))
