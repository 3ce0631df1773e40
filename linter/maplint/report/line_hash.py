"""GitHub's `primaryLocationLineHash`: how code scanning knows a line again when it has moved."""

from __future__ import annotations

import re
import struct
from collections import Counter
from itertools import accumulate

_WINDOW = 100
"""Characters that a line's hash looks at, from the line's start on."""
_FACTOR = 37
_MASK = 2**64 - 1
_END_OF_FILE = 0xFFFF
_LINE_FEED = ord("\n")


def line_hashes(source: bytes) -> list[str]:
    """The hash of every line of a file in order, each followed by `:` and how often it has come so far.

    A hash is a polynomial of the window's UTF-16 units modulo 2**64. Blanks count for nothing, every line end
    is a line feed, and a marker and zeros follow the file. What follows the last line feed is a line too.
    """
    units = _units(source)
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == _LINE_FEED)]
    padded = (*units, _END_OF_FILE, *[0] * _WINDOW)
    # With the hash of every prefix at hand a window's hash is a difference, and lines may overlap for free.
    prefixes = list(accumulate(padded, lambda value, unit: (value * _FACTOR + unit) & _MASK, initial=0))
    shift = pow(_FACTOR, _WINDOW, _MASK + 1)
    values = [f"{(prefixes[start + _WINDOW] - prefixes[start] * shift) & _MASK:x}" for start in starts]
    return _numbered(values)


def _units(source: bytes) -> tuple[int, ...]:
    text = re.sub("\r\n?", "\n", source.decode("utf-8", "replace"))
    encoded = text.translate({ord(" "): None, ord("\t"): None}).encode("utf-16-le")
    return struct.unpack(f"<{len(encoded) // 2}H", encoded)


def _numbered(values: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    numbered = []
    for value in values:
        seen[value] += 1
        numbered.append(f"{value}:{seen[value]}")
    return numbered
