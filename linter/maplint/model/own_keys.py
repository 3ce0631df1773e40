"""Keys that a map has given out itself: what is inserted under them again adds nothing."""

from __future__ import annotations

from collections.abc import Set

from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.flows import node_of
from maplint.model.stored import Stored

_MAX_DEPTH = 6


def is_taken_from(definitions: Definitions, stored: Stored, key: ir.Value, ranged: Set[str]) -> bool:
    """Whether a key is one that a range over a map gave, wherever it was handed since.

    `ranged` are the nodes by which the map is ranged over.
    """
    return _is_taken(definitions, stored, key, ranged, 0)


def _is_taken(definitions: Definitions, stored: Stored, key: ir.Value, ranged: Set[str], depth: int) -> bool:
    if isinstance(key, ir.KeyOf):
        return node_of(key.base) in ranged
    if depth > _MAX_DEPTH:
        return False
    origins = [value for value in _origins(definitions, stored, key) if not ir.is_nil(value)]
    return bool(origins) and all(
        _is_taken(definitions, stored, value, ranged, depth + 1) for value in origins
    )


def _origins(definitions: Definitions, stored: Stored, key: ir.Value) -> list[ir.Value]:
    if isinstance(key, ir.Ref):
        return stored.arguments(key.var) if stored.is_parameter(key.var) else definitions.values(key.var)
    if isinstance(key, ir.Result) and isinstance(key.call.callee, ir.Static):
        returned = stored.results.get(key.call.callee.symbol, ())
        return [values[key.index] for values in returned if key.index < len(values)]
    return []
