"""Colours on a terminal."""

from __future__ import annotations

from collections.abc import Callable

Paint = Callable[[str, str], str]
"""Wraps a text in the escape sequences of a style; gives the text back unchanged without colour."""

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "32",
    "strong": "1",
    "faint": "2",
}


def painter(color: bool) -> Paint:
    """The paint to use: real escape sequences, or none at all."""
    return _paint if color else _leave


def _paint(style: str, text: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def _leave(style: str, text: str) -> str:
    return text
