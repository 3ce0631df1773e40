"""SARIF: what GitHub code scanning and editors get to see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from report_samples import (
    CACHE,
    GONE_WRITE,
    LEAK,
    ODD_WRITE,
    OUT_OF_REPOSITORY,
    RACE,
    REPORT,
    ROOT,
    RULES,
    SOURCES,
    context,
    doc,
    matches_golden,
    place,
    read,
)

from maplint.errors import MaplintError
from maplint.finding import Fault, Finding, Level, Note, Report
from maplint.report import sarif
from maplint.report.context import Context
from maplint.report.sarif_walk import to_json


def _run(report: Report, where: Context | None = None) -> Any:
    log = json.loads(sarif.render(report, where or context()))
    (run,) = log["runs"]
    return run


def _result(finding: Finding, where: Context | None = None) -> Any:
    (result,) = _run(Report((finding,)), where)["results"]
    return result


def _values(document: object) -> Iterator[object]:
    yield document
    if isinstance(document, dict):
        for value in document.values():
            yield from _values(value)
    if isinstance(document, list):
        for value in document:
            yield from _values(value)


def test_sarif_matches_the_golden_file() -> None:
    text = sarif.render(REPORT, context(show_suppressed=True, rules=RULES[:5]))
    readable = json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    assert matches_golden("report.sarif", readable)


def test_a_clean_run_has_an_empty_list_of_results() -> None:
    log = json.loads(sarif.render(Report(), context()))
    assert list(log) == ["version", "$schema", "runs"]
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["results"] == []
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]


def test_nothing_is_null_a_sentinel_or_of_this_machine() -> None:
    text = sarif.render(REPORT, context(show_suppressed=True))
    values = list(_values(json.loads(text)))
    assert None not in values
    assert not [value for value in values if isinstance(value, int | float) and value < 0]
    assert ROOT not in text
    assert not re.search("[gG]uid|TimeUtc", text)


def test_the_level_is_written_even_where_it_is_the_default() -> None:
    run = _run(Report((LEAK, RACE._replace(level=Level.WARNING)), faults=REPORT.faults))
    assert [result["level"] for result in run["results"]] == ["warning", "warning"]
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]}
    assert (levels["ML001"], levels["ML102"], levels["ML404"]) == ("note", "warning", "error")
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    assert [notification["level"] for notification in notifications] == ["warning", "warning", "error"]


def test_a_result_names_its_rule_by_id_and_index() -> None:
    result = _result(RACE)
    assert RULES[result["ruleIndex"]].id == result["ruleId"] == "ML404"
    assert "ruleIndex" not in _result(RACE, context(rules=()))


def test_every_link_of_a_message_leads_to_a_related_location() -> None:
    result = _result(LEAK)
    assert result["message"]["text"] == (
        "Cache.items grows with every request and nothing takes entries out. "
        r"See [inserted here, under the key c.items\[k\](v)](1), [sibling m is emptied here](2)."
    )
    assert [where["id"] for where in result["relatedLocations"]] == [1, 2]
    assert [where["physicalLocation"]["region"]["startLine"] for where in result["relatedLocations"]] == [
        9,
        3,
    ]


def test_a_message_is_a_sentence_and_go_in_it_is_no_link() -> None:
    assert _result(RACE)["message"]["text"].endswith("map[string]*Item.")
    assert "relatedLocations" not in _result(RACE)
    assert _result(ODD_WRITE)["message"]["text"].startswith(r"handlers\[name\](ctx) keeps")


def test_related_places_are_few_enough_and_different() -> None:
    notes = tuple(Note(place(CACHE, 9, 2, 3), f"insert {number}") for number in range(150))
    related = _result(LEAK._replace(related=notes + notes))["relatedLocations"]
    assert [where["message"]["text"] for where in related] == [f"insert {number}" for number in range(100)]
    assert len(_result(LEAK._replace(related=notes[:2] * 2))["relatedLocations"]) == 2


def test_columns_count_utf16_units_and_uris_are_encoded() -> None:
    result = _result(ODD_WRITE)
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "gr%C3%B6%C3%9Fe%20%5Bx%5D/a%20b%25.go", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 38, "endLine": 4, "endColumn": 46},
    }
    declared = result["relatedLocations"][0]["physicalLocation"]["region"]
    assert declared == {"startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 10}


def test_a_file_outside_the_repository_has_an_absolute_uri_without_base() -> None:
    where = _result(OUT_OF_REPOSITORY)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "file:///example/other/lib.go"}


def test_a_leak_has_one_thread_flow_and_a_race_one_for_each_side() -> None:
    (leak,) = _result(LEAK)["codeFlows"]
    assert len(leak["threadFlows"]) == 1
    (race,) = _result(RACE)["codeFlows"]
    sides = [
        [step["location"]["message"]["text"] for step in flow["locations"]] for flow in race["threadFlows"]
    ]
    assert sides == [["one side", "writes"], ["the other side", "reads"]]


def test_fingerprints_are_githubs_hash_of_the_line_and_our_own_without_a_line() -> None:
    before = _result(LEAK)["partialFingerprints"]
    moved = LEAK._replace(place=place(CACHE, 15, 2, 7))
    below = context(read=lambda path: b"\n" * 10 + read(path))
    after = _result(moved, below)["partialFingerprints"]
    assert before == after
    assert before["maplint/v1"] == "ML102 example.com/m/store.Cache.items"
    assert re.fullmatch(r"[0-9a-f]{1,16}:1", before["primaryLocationLineHash"])


def test_a_file_that_is_gone_keeps_its_lines_and_columns() -> None:
    result = _result(GONE_WRITE)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 3, "endLine": 8, "endColumn": 9}
    assert list(result["partialFingerprints"]) == ["maplint/v1"]


def test_a_fix_says_what_to_replace() -> None:
    (fix,) = _result(RACE)["fixes"]
    (change,) = fix["artifactChanges"]
    lines = SOURCES[CACHE].decode().split("\n")
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        line = lines[region["startLine"] - 1]
        text = replacement["insertedContent"]["text"]
        lines[region["startLine"] - 1] = (
            line[: region["startColumn"] - 1] + text + line[region["endColumn"] - 1 :]
        )
    assert "Len() int { c.mu.Lock(); defer c.mu.Unlock(); return len(c.items) }" in "\n".join(lines)
    assert "fixes" not in _result(LEAK)


def test_suppressed_results_are_left_out_unless_asked_for() -> None:
    assert "suppressions" not in sarif.render(REPORT, context())
    results = _run(REPORT, context(show_suppressed=True))["results"]
    assert len(results) == len(REPORT.findings) + 1
    suppressed = [result["suppressions"] for result in results if result["suppressions"]]
    assert suppressed == [[{"kind": "inSource", "justification": "bounded by the number of tenants"}]]


def test_what_was_not_analysed_is_notified() -> None:
    run = _run(Report(faults=REPORT.faults))
    unreadable, broken, failed = run["invocations"][0]["toolExecutionNotifications"]
    descriptors = run["tool"]["driver"]["notifications"]
    named = [descriptors[item["descriptor"]["index"]]["id"] for item in (unreadable, broken, failed)]
    assert named == ["file-not-analysed", "file-not-analysed", "rule-failed"]
    assert unreadable["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "store/secret.go", "uriBaseId": "%SRCROOT%"}
    }
    assert broken["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert (
        failed["message"]["text"]
        == "the rule inconsistent-lock failed: KeyError (ML402 in example.com/m/store)"
    )
    assert RULES[failed["associatedRule"]["index"]].id == "ML402"
    assert run["invocations"][0]["executionSuccessful"] is False
    assert _run(Report(faults=(Fault("x", CACHE),)))["invocations"][0]["executionSuccessful"] is True


def test_the_most_severe_results_stay_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 3)
    run = _run(REPORT, context(show_suppressed=True))
    assert [result["ruleId"] for result in run["results"]] == ["ML103", "ML102", "ML404"]
    notice = run["invocations"][0]["toolExecutionNotifications"][-1]
    assert notice["descriptor"]["id"] == "results-left-out"
    assert notice["message"]["text"] == "3 less severe results were left out."


def test_githubs_limit_is_the_limit() -> None:
    report = Report(tuple(OUT_OF_REPOSITORY._replace(symbol=f"s{number}") for number in range(25_001)))
    assert len(_run(report)["results"]) == 25_000


def test_a_rule_explains_itself() -> None:
    rules = {rule["id"]: rule for rule in _run(Report())["tool"]["driver"]["rules"]}
    leak = rules["ML101"]
    assert leak["name"] == "unbounded-package-map"
    assert leak["shortDescription"] == {"text": "Finds unbounded-package-map."}
    assert leak["fullDescription"] == {"text": "Words about `map[string]int`, what it finds."}
    assert "## How to fix" in leak["help"]["markdown"]
    assert leak["helpUri"] == "https://github.com/maplint/maplint/blob/main/docs/rules/ML101.md"
    assert "external/cwe/cwe-401" in leak["properties"]["tags"]
    assert rules["ML403"]["properties"] == {
        "tags": ["correctness", "concurrency", "external/cwe/cwe-362", "external/cwe/cwe-820"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert rules["ML001"]["properties"]["problem.severity"] == "recommendation"


def test_descriptions_and_tags_keep_githubs_limits() -> None:
    wordy = doc("Finds. " * 300).replace("Words", "Words " * 400)
    (rule,) = _run(Report(), context(rules=(RULES[1]._replace(doc=wordy),)))["tool"]["driver"]["rules"]
    assert 900 < len(rule["shortDescription"]["text"]) <= 1024
    assert 900 < len(rule["fullDescription"]["text"]) <= 1024
    assert len(rule["properties"]["tags"]) <= 10


def test_a_rule_without_documentation_is_named() -> None:
    with pytest.raises(MaplintError, match="ML101"):
        sarif.render(Report(), context(rules=(RULES[1]._replace(doc="Finds."),)))


def test_the_walk_leaves_out_defaults_and_sentinels_but_no_level() -> None:
    import sarif_om  # type: ignore[import-untyped]

    result = sarif_om.Result(message=sarif_om.Message(text="x"), locations=[])
    assert to_json(result) == {"message": {"text": "x"}, "level": "warning", "locations": []}
