"""Symbols as people read them."""

from __future__ import annotations

import re

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
