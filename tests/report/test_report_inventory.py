"""`maplint maps`: the inventory as text and as JSON."""

from __future__ import annotations

import json
import re

from report_samples import INVENTORY, context, matches_golden

from maplint.finding import Place
from maplint.inventory import FunctionSummary, Inventory
from maplint.report import inventory_json, inventory_text


def test_text_matches_the_golden_file() -> None:
    assert matches_golden("maps.txt", inventory_text.render(INVENTORY, context()))


def test_color_changes_nothing_but_the_color() -> None:
    colored = inventory_text.render(INVENTORY, context(color=True))
    assert colored != inventory_text.render(INVENTORY, context())
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == inventory_text.render(INVENTORY, context())


def test_no_site_is_no_text() -> None:
    assert inventory_text.render(Inventory(()), context()) == ""


def test_json_matches_the_golden_file() -> None:
    assert matches_golden("maps.json", inventory_json.render(INVENTORY, context()))


def test_json_has_its_keys_in_their_order() -> None:
    document = json.loads(inventory_json.render(INVENTORY, context(cwd="/example/repo/store")))
    assert list(document) == ["sites"]
    site = document["sites"][1]
    assert list(site) == [
        "symbol",
        "kind",
        "is_sync_map",
        "type",
        "path",
        "line",
        "column",
        "key_type",
        "value_type",
        "inserts",
        "removes",
        "resets",
        "reads",
        "guards",
        "verdict",
        "reasons",
    ]
    assert site["inserts"] == [
        {
            "op": "assign",
            "path": "cache.go",
            "line": 9,
            "column": 2,
            "function": "example.com/m/store.Cache.Put",
            "variable": "example.com/m/store.Cache.items",
            "locks": ["example.com/m/store.Cache.mu"],
        }
    ]


def test_json_lists_functions_where_they_are_asked_for() -> None:
    nothing: dict[str, tuple[str, ...]] = dict.fromkeys(FunctionSummary._fields[2:], ())
    told = {**nothing, "inserts": ("store.Put.s.items",), "locks": ("store.Store.mu",)}
    function = FunctionSummary("store.Put", Place("/example/repo/store/s.go", 3, 6, 3, 9), **told)
    document = json.loads(inventory_json.render(Inventory((), (function,)), context()))
    assert document == {
        "sites": [],
        "functions": [
            {
                "symbol": "store.Put",
                "path": "store/s.go",
                "line": 3,
                "column": 6,
                "inserts": ["store.Put.s.items"],
                "locks": ["store.Store.mu"],
            }
        ],
    }
