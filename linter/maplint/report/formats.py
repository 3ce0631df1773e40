"""The formats by name. A new one is a module with `render` in this folder and a line in the table below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from maplint.errors import MaplintError
from maplint.finding import Report
from maplint.inventory import Inventory
from maplint.report.context import Context

ReportRenderer = Callable[[Report, Context], str]
InventoryRenderer = Callable[[Inventory, Context], str]

REPORTS = {
    "text": "text",
    "concise": "concise",
    "json": "json_report",
    "sarif": "sarif",
    "github": "github",
}
"""Format of `maplint check` → the module that renders it."""

INVENTORIES = {
    "text": "inventory_text",
    "json": "inventory_json",
}
"""Format of `maplint maps` → the module that renders it."""


def report_renderer(name: str) -> ReportRenderer:
    """The function that renders a report in the named format; raises MaplintError for an unknown name."""
    return cast(ReportRenderer, _render(REPORTS, name))


def inventory_renderer(name: str) -> InventoryRenderer:
    """The same for what `maplint maps` lists."""
    return cast(InventoryRenderer, _render(INVENTORIES, name))


def _render(table: Mapping[str, str], name: str) -> object:
    if name not in table:
        raise MaplintError(f"unknown format {name!r} (known: {', '.join(table)})")
    return import_module(f"maplint.report.{table[name]}").render
