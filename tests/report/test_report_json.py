"""The JSON report: the keys that a user can rely on."""

from __future__ import annotations

import json
from typing import Any

from report_samples import ACCEPTED, LEAK, RACE, REPORT, context, matches_golden

from maplint.finding import Report
from maplint.report import json_report

_PLACE = ["path", "line", "column", "end_line", "end_column"]


def _rendered(report: Report, **changes: object) -> Any:
    return json.loads(json_report.render(report, context(**changes)))


def test_json_matches_the_golden_file() -> None:
    assert matches_golden("report.json", json_report.render(REPORT, context(show_suppressed=True)))


def test_the_object_has_its_keys_in_their_order() -> None:
    document = _rendered(REPORT)
    assert list(document) == ["schema", "tool", "findings", "errors", "summary"]
    assert document["tool"] == {"name": "maplint", "version": "0.1.0"}
    assert document["summary"] == {
        "files": 1204,
        "partial": 1,
        "skipped": 1,
        "lines": 99000,
        "packages": 1,
        "map_sites": 12,
        "findings": 5,
        "suppressed": 1,
        "baselined": 0,
    }


def test_a_finding_has_its_keys_in_their_order() -> None:
    leak, race = _rendered(Report((LEAK, RACE)))["findings"]
    head = ["rule", "name", "family", "level", "confidence", "message", *_PLACE, "symbol"]
    tail = ["related", "evidence", "fixes", "fingerprint"]
    assert list(leak) == [*head, *tail]
    assert list(race) == [*head, "function", *tail]
    assert list(leak["related"][0]) == [*_PLACE, "message"]
    assert list(race["fixes"][0]["edits"][0]) == [*_PLACE, "text"]
    assert (leak["level"], leak["confidence"]) == ("warning", "high")


def test_paths_are_relative_to_the_working_directory() -> None:
    leak = _rendered(Report((LEAK,)), cwd="/example/repo/store")["findings"][0]
    assert leak["path"] == "cache.go"
    assert leak["related"][1]["path"] == "../../other/lib.go"


def test_errors_say_what_applies_to_them() -> None:
    unreadable, broken, failed = _rendered(REPORT)["errors"]
    assert list(unreadable) == ["path", "message"]
    assert (broken["path"], broken["line"]) == ("größe [x]/a b%.go", 4)
    assert unreadable["message"] == "secret.go could not be read: permission denied"
    assert failed == {
        "message": "the rule inconsistent-lock failed: KeyError",
        "rule": "ML402",
        "package": "example.com/m/store",
    }


def test_a_suppressed_finding_comes_only_when_asked_for_at_its_place() -> None:
    report = Report((LEAK, RACE), suppressed=(ACCEPTED,))
    assert [finding["rule"] for finding in _rendered(report)["findings"]] == ["ML102", "ML404"]
    findings = _rendered(report, show_suppressed=True)["findings"]
    assert [finding["rule"] for finding in findings] == ["ML102", "ML106", "ML404"]
    assert findings[1]["suppressed"] == {"kind": "inSource", "reason": "bounded by the number of tenants"}
    assert "suppressed" not in findings[0]
