"""Symbols as people read them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maplint.model import ir

_LITERAL = re.compile(r"\.func\d+$")


def short(symbol: str) -> str:
    """A symbol as a reader of the package knows it: `Cache.Put` for `example.com/m/store.Cache.Put`."""
    return symbol.rpartition("/")[2].partition(".")[2]


def last(symbol: str) -> str:
    """The last name of a symbol."""
    return symbol.rpartition(".")[2]


def declared_name(function: ir.Function) -> str:
    """The name of the function or, for a literal, of the declared one around it."""
    symbol = function.symbol
    while _LITERAL.search(symbol):
        symbol = symbol.rpartition(".")[0]
    return last(symbol)


_ACRONYMS = re.compile(r"([A-Z]{2,})s(?![a-z])")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a Go name, in lower case and in the singular: `peerIDsByAddr` has `peer`, `id`, `by`, `addr`."""
    return tuple(_singular(word.lower()) for word in _WORD.findall(_ACRONYMS.sub(r"\1", name)))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    return word[:-1] if plural else word
