"""Characters: columns in UTF-16 units, cells on a terminal, and what must not reach a reader as it is."""

from __future__ import annotations

import re
import unicodedata

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
TAB_STOP = 4
"""Cells from one tab stop to the next in a source line shown to a person."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters save the tab, those that reorder text on a screen, and lone surrogates."""


def utf16_column(line: bytes, column: int, *, first: bool) -> int:
    """The column in UTF-16 units for a column in UTF-8 bytes of the line, both from 1.

    `first` says that the line is the file's first, where SARIF counts no byte order mark. A column beyond the
    line's end becomes the one after its last character.
    """
    before = line[: column - 1].decode("utf-8", "replace")
    if first:
        before = before.removeprefix(BOM)
    return len(before.encode("utf-16-le")) // 2 + 1


def encodable(text: str) -> str:
    """The text with lone surrogates replaced: they stand for bytes of a file name that are no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """The text on one line and safe for a terminal: each run of white space becomes one space."""
    return _printable(" ".join(text.split()))


def expand(source: bytes, start: int) -> str:
    """A piece of a source line as a terminal may show it, tabs as spaces; it begins at the cell `start`."""
    text = ""
    for character in _printable(source.decode("utf-8", "replace").replace(BOM, "")):
        text += " " * (TAB_STOP - (start + width(text)) % TAB_STOP) if character == "\t" else character
    return text


def width(text: str) -> int:
    """How many terminal cells printable text takes: none for combining characters, two for wide ones."""
    return sum(map(_cells, text))


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
