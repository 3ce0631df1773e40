"""The harness that compares findings with marks: what it reads, and each way in which a case can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.errors import MaplintError
from maplint.testing import Reported, check_case, find_cases, read_marks, read_run
from maplint.testing.expectations import _WANTED

MAIN = "package main\n\nvar hits = map[string]int{}{}\n"
LINE = 3


def case(tmp_path: Path, mark: str) -> Path:
    folder = tmp_path / "ml101" / "bad_hits"
    folder.mkdir(parents=True)
    (folder / "main.go").write_text(MAIN.replace("{}{}", "{} " + mark), encoding="utf-8")
    return folder


def finding(folder: Path, message: str = "hits grows", rule: str = "ML101", line: int = LINE) -> Reported:
    return Reported(rule, folder / "main.go", line, message)


def test_a_wanted_finding_is_met(tmp_path: Path) -> None:
    folder = case(tmp_path, '// want ML101:"hits"')
    assert check_case(folder, [finding(folder)]) == []


def test_a_wanted_finding_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = case(tmp_path, '// want ML101:"hits"')
    assert check_case(folder, []) == ["bad_hits/main.go:3: no ML101 whose message matches 'hits'"]


@pytest.mark.parametrize(
    ("message", "rule", "line"),
    [("misses grows", "ML101", LINE), ("hits grows", "ML102", LINE), ("hits grows", "ML101", LINE + 1)],
    ids=["other words", "other rule", "other line"],
)
def test_a_finding_meets_a_mark_by_words_rule_and_line(
    tmp_path: Path, message: str, rule: str, line: int
) -> None:
    folder = case(tmp_path, '// want ML101:"hits"')
    missing, unexpected = check_case(folder, [finding(folder, message, rule, line)])
    assert "no ML101" in missing
    assert "unexpected" in unexpected


def test_an_unmarked_finding_is_unexpected(tmp_path: Path) -> None:
    folder = case(tmp_path, "")
    assert check_case(folder, [finding(folder)]) == ["bad_hits/main.go:3: unexpected ML101: hits grows"]


def test_one_finding_does_not_meet_two_marks(tmp_path: Path) -> None:
    folder = case(tmp_path, '// want ML101:"hits" ML101:`hits`')
    assert len(check_case(folder, [finding(folder)])) == 1
    assert check_case(folder, [finding(folder), finding(folder)]) == []


def test_a_gap_holds_until_the_finding_appears(tmp_path: Path) -> None:
    folder = case(tmp_path, "// gap ML101: the key comes from a plug-in")
    assert check_case(folder, []) == []
    (stale,) = check_case(folder, [finding(folder)])
    assert stale.startswith("bad_hits/main.go:3: ML101 is found now")


def test_a_false_finding_is_tolerated_until_it_goes(tmp_path: Path) -> None:
    folder = case(tmp_path, "// false ML101: the names are a closed set")
    assert check_case(folder, [finding(folder)]) == []
    (stale,) = check_case(folder, [])
    assert stale.startswith("bad_hits/main.go:3: ML101 is no longer found")


def test_a_false_mark_leaves_the_wanted_words_to_the_want_mark(tmp_path: Path) -> None:
    folder = case(tmp_path, '// false ML101: closed set // want ML101:"second"')
    assert check_case(folder, [finding(folder, "a first one"), finding(folder, "a second one")]) == []


def test_findings_of_other_folders_are_left_alone(tmp_path: Path) -> None:
    folder = case(tmp_path, "")
    assert check_case(folder, [Reported("ML101", tmp_path / "main.go", 1, "hits")]) == []


def test_marks_are_read_in_subfolders_and_for_lines_below(tmp_path: Path) -> None:
    folder = case(tmp_path, "")
    (folder / "store").mkdir()
    text = '// want +1 ML001:"nothing"\n//nolint:ML101\npackage store\n'
    (folder / "store" / "store.go").write_text(text, encoding="utf-8")
    (mark,) = read_marks(folder)
    assert (mark.rule, mark.path.name, mark.line, mark.text) == ("ML001", "store.go", 2, "nothing")


@pytest.mark.parametrize(
    "mark", ["// want ML101 hits", '// want ML101:"("', "// gap ML101:", "// false ML101 why"]
)
def test_a_mark_that_cannot_be_read_is_an_error_with_its_line(tmp_path: Path, mark: str) -> None:
    folder = case(tmp_path, mark)
    with pytest.raises(MaplintError, match=r"main\.go:3: "):
        read_marks(folder)


def test_prose_is_no_mark(tmp_path: Path) -> None:
    assert read_marks(case(tmp_path, "// false positives are what we want least")) == []


@given(st.text(st.characters(exclude_characters="\n\r\\", codec="utf-8")))
def test_any_words_can_be_quoted(words: str) -> None:
    found = _WANTED.fullmatch('ML101:"' + words.replace('"', r"\"") + '"')
    assert found is not None
    assert found["quoted"].replace(r"\"", '"') == words


@pytest.mark.parametrize(
    "shows", ["heap grows", "heap steady", "race", "ok", "fatal error: concurrent map writes"]
)
def test_what_a_run_shows_is_the_last_line_of_the_package_comment(tmp_path: Path, shows: str) -> None:
    folder = case(tmp_path, "")
    (folder / "main.go").write_text(f"// Package main counts.\n//\n// run: {shows}\n{MAIN}", encoding="utf-8")
    assert read_run(folder) == shows


def test_a_case_without_a_run_line_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MaplintError, match="a case needs one"):
        read_run(case(tmp_path, ""))


def test_cases_are_the_folders_named_bad_and_good(tmp_path: Path) -> None:
    for name in ("ml101/good_hits", "ml101/bad_hits/store", "probe"):
        (tmp_path / name).mkdir(parents=True)
    assert [path.name for path in find_cases(tmp_path)] == ["bad_hits", "good_hits"]
