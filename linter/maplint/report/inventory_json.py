"""The format `json` of `maplint maps`."""

from __future__ import annotations

import json

from maplint.inventory import FunctionSummary, Inventory, MapSite, Operation
from maplint.report.characters import encodable
from maplint.report.context import Context
from maplint.report.paths import relative

Object = dict[str, object]


def render(inventory: Inventory, context: Context) -> str:
    """One JSON object with the map sites and functions; paths are relative to the working directory."""
    document = {"sites": [_site(site, context.cwd) for site in inventory.sites]}
    if inventory.functions is not None:
        document["functions"] = [_function(function, context.cwd) for function in inventory.functions]
    return encodable(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _site(site: MapSite, cwd: str) -> Object:
    return {
        "symbol": site.symbol,
        "kind": site.kind,
        "is_sync_map": site.is_sync_map,
        "type": site.type,
        "path": relative(site.place.path, cwd),
        "line": site.place.line,
        "column": site.place.column,
        "key_type": site.key_type,
        "value_type": site.value_type,
        "inserts": [_operation(operation, cwd) for operation in site.inserts],
        "removes": [_operation(operation, cwd) for operation in site.removes],
        "resets": [_operation(operation, cwd) for operation in site.resets],
        "reads": [_operation(operation, cwd) for operation in site.reads],
        "guards": site.guards,
        "verdict": site.verdict,
        "reasons": site.reasons,
    }


def _operation(operation: Operation, cwd: str) -> Object:
    return {
        "op": operation.op,
        "path": relative(operation.place.path, cwd),
        "line": operation.place.line,
        "column": operation.place.column,
        "function": operation.function,
        "variable": operation.variable,
        "locks": operation.locks,
    }


def _function(function: FunctionSummary, cwd: str) -> Object:
    """Symbol and place, and each list that is not empty."""
    lists = {
        name: told for name, told in function._asdict().items() if name not in ("symbol", "place") and told
    }
    place = function.place
    return {
        "symbol": function.symbol,
        "path": relative(place.path, cwd),
        "line": place.line,
        "column": place.column,
        **lists,
    }
