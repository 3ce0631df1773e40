"""The table of formats: every name leads to a renderer, and what is heavy comes only when asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from report_samples import INVENTORY, REPORT, context

from maplint.errors import MaplintError
from maplint.finding import Report
from maplint.report.formats import INVENTORIES, REPORTS, inventory_renderer, report_renderer


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_ends_with_a_line_feed_and_encodes(name: str) -> None:
    text = report_renderer(name)(REPORT, context())
    assert text.endswith("\n")
    assert text.encode("utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_the_same_each_time(name: str) -> None:
    assert report_renderer(name)(REPORT, context()) == report_renderer(name)(REPORT, context())


@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_nothing_found_is_nothing_said_to_a_person(name: str) -> None:
    assert report_renderer(name)(Report(), context()) == ""


@pytest.mark.parametrize("name", REPORTS)
def test_a_file_name_that_is_no_utf8_still_encodes(name: str) -> None:
    finding = REPORT.findings[0]
    odd = finding._replace(place=finding.place._replace(path="/example/repo/\udcff.go"), related=())
    assert report_renderer(name)(Report((odd,)), context()).encode("utf-8")


@pytest.mark.parametrize("name", INVENTORIES)
def test_an_inventory_ends_with_a_line_feed(name: str) -> None:
    assert inventory_renderer(name)(INVENTORY, context()).endswith("\n")


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        MaplintError, match=r"unknown format 'xml' \(known: text, concise, json, sarif, github\)"
    ):
        report_renderer("xml")


def test_sarif_om_is_imported_for_sarif_alone() -> None:
    program = (
        "import sys, maplint.report.formats as formats\n"
        "import maplint.report, maplint.report.context\n"
        "for name in formats.REPORTS:\n"
        "    if name != 'sarif':\n"
        "        formats.report_renderer(name)\n"
        "assert 'sarif_om' not in sys.modules\n"
        "formats.report_renderer('sarif')\n"
        "assert 'sarif_om' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
