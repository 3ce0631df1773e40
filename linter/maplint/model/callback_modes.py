"""When a function outside the analysed code runs the functions it is given: by the table, else by its name."""

from __future__ import annotations

import re
from functools import cache

_LATER_NAMES = re.compile(
    r"^(?:On|Handle|Register|Subscribe|QueueSubscribe|Listen|Watch|Add|Use|Set|With|Get$|Post$|Put$|Delete$|Patch$"
    r"|Any$|Head$|Options$|Group$|Route|Middleware|Intercept|Hook|Notify|Schedule|Every|Cron|Submit|Spawn|Start)"
)
_GOROUTINE_NAMES = re.compile(r"^(?:Go|Submit|Spawn|Async|Background)")


@cache
def _table() -> dict[tuple[str, int], str]:
    try:
        from maplint.knowledge.callbacks import CALLBACKS
    except ImportError:
        return {}
    return {(c.function.replace('"', "").replace("(", "").replace(")", ""), c.argument): c.when for c in CALLBACKS}


def callback_mode(symbol: str, index: int) -> str:
    """now, once, later, timer, goroutine or concurrent."""
    known = _table().get((symbol, index))
    if known is not None:
        return known
    name = symbol.rpartition(".")[2]
    if _GOROUTINE_NAMES.match(name):
        return "goroutine"
    return "concurrent" if _LATER_NAMES.match(name) else "now"


@cache
def concurrent_methods() -> frozenset[str]:
    """Names of methods that frameworks call in several goroutines at once."""
    return frozenset(("ServeHTTP", "Collect", "Reconcile", "ConsumeClaim", "RoundTrip"))
