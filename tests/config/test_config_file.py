"""The configuration file: which one counts, what it may say, and how it says no."""

from __future__ import annotations

from pathlib import Path

import pytest

from maplint.config.file import Configuration, find, read
from maplint.errors import MaplintError
from maplint.finding import Level
from maplint.rule import Option, Rule

RULE = Rule(
    "ML109",
    "unchecked-size-hint",
    "growth",
    Level.WARNING,
    "",
    check=lambda scope: iter(()),
    options=(
        Option("max-hint", 1000, "the largest hint"),
        Option("strict", False, "be strict"),
        Option("owner", "", "who"),
    ),
)


def written(folder: Path, text: str, name: str = "maplint.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def reading(folder: Path, text: str, name: str = "maplint.toml") -> Configuration:
    return read(str(written(folder, text, name)), str(folder), [RULE])


def complaint(folder: Path, text: str, name: str = "maplint.toml") -> str:
    with pytest.raises(MaplintError) as raised:
        reading(folder, text, name)
    return str(raised.value)


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    outer = written(tmp_path, "")
    inner = written(tmp_path / "a", "", ".maplint.toml")
    (tmp_path / "a" / "b").mkdir()
    assert find(str(tmp_path / "a" / "b")) == str(inner)
    assert find(str(tmp_path)) == str(outer)


def test_the_search_ends_at_the_repository_root(tmp_path: Path) -> None:
    written(tmp_path, "")
    (tmp_path / "repository" / "pkg").mkdir(parents=True)
    (tmp_path / "repository" / ".git").write_text("gitdir: elsewhere\n")
    assert find(str(tmp_path / "repository" / "pkg")) is None


def test_the_order_of_names_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shared = written(tmp_path, "[tool.maplint]\n", "pyproject.toml")
    assert find(str(tmp_path)) == str(shared)
    hidden = written(tmp_path, "", ".maplint.toml")
    assert find(str(tmp_path)) == str(hidden)
    plain = written(tmp_path, "")
    assert find(str(tmp_path)) == str(plain)


@pytest.mark.parametrize(
    "text", ["[project]\nname = 'maplint'\n", "[tool.other]\nx = 1\n", "not toml at all ["]
)
def test_a_pyproject_without_our_table_does_not_count(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").mkdir()
    outer = written(tmp_path, "")
    written(tmp_path / "a", text, "pyproject.toml")
    assert find(str(tmp_path / "a")) == str(outer)


def test_values_as_the_settings_hold_them(tmp_path: Path) -> None:
    file = reading(
        tmp_path,
        """
        format = ["text", "sarif=out.sarif"]
        select = "ML1,ML4"
        ignore = ["ML101", "inconsistent-lock"]
        exclude = ["gen/**", "a,b.go"]
        min-confidence = "low"
        jobs = 2
        tests = true

        [per-file-ignores]
        "legacy/*.go" = "ML1,ML4"
        "old.go" = ["ML109"]

        [rules.ML109]
        max-hint = 5
        """,
    )
    assert file.values == {
        "format": ("text", "sarif=out.sarif"),
        "select": ("ML1", "ML4"),
        "ignore": ("ML101", "inconsistent-lock"),
        "exclude": ("gen/**", "a,b.go"),
        "min-confidence": "low",
        "jobs": 2,
        "tests": True,
    }
    assert file.per_file_ignores == {"legacy/*.go": ("ML1", "ML4"), "old.go": ("ML109",)}
    assert file.rules == {"ML109": {"max-hint": 5}}


def test_a_rule_may_be_named_by_its_name(tmp_path: Path) -> None:
    assert reading(tmp_path, "[rules.unchecked-size-hint]\nstrict = true\n").rules == {
        "ML109": {"strict": True}
    }


def test_a_pyproject_has_everything_under_its_table(tmp_path: Path) -> None:
    text = "[project]\nname = 'x'\n[tool.maplint]\nstrict = true\n[tool.maplint.rules.ML109]\nowner = 'me'\n"
    file = reading(tmp_path, text, "pyproject.toml")
    assert (file.values, file.rules) == ({"strict": True}, {"ML109": {"owner": "me"}})


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "maplint.toml"
    path.write_bytes(b"\xef\xbb\xbfstrict = true\n")
    assert read(str(path), str(tmp_path), []).values == {"strict": True}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\nselct = ['ML1']\n", "maplint.toml:2: unknown key 'selct' (did you mean select?)"),
        ("# tests\ntests = 1\n", "maplint.toml:2: tests: expected true or false, not 1"),
        ("jobs = true\n", "maplint.toml:1: jobs: expected a number from 1, not True"),
        ("jobs = 0\n", "maplint.toml:1: jobs: expected a number from 1, not 0"),
        ("goos = ['linux']\n", "maplint.toml:1: goos: expected a string, not ['linux']"),
        ("select = [1]\n", "maplint.toml:1: select: expected a list of strings, not [1]"),
        (
            "fail-on = 'warn'\n",
            "maplint.toml:1: fail-on: 'warn' is not one of error, warning, note, never (did you mean warning?)",
        ),
        (
            "format = 'txt=a.txt'\n",
            "maplint.toml:1: format: 'txt' is not one of text, concise, json, sarif, github (did you mean text?)",
        ),
        ("per-file-ignores = 1\n", "maplint.toml:1: per-file-ignores: expected a table, not 1"),
        (
            "[per-file-ignores]\n'a.go' = 1\n",
            "maplint.toml:2: a.go: expected a list of strings, not 1",
        ),
        ("rules = 1\n", "maplint.toml:1: rules: expected a table, not 1"),
        ("[rules.ML190]\n", "maplint.toml:1: unknown rule 'ML190' (did you mean ML109?)"),
        ("rules.ML109 = 1\n", "maplint.toml:1: rules.ML109: expected a table, not 1"),
        (
            "strict = true\n[rules.ML109]\nmax-hnt = 1\n",
            "maplint.toml:3: unknown option 'max-hnt' of ML109 (did you mean max-hint?)",
        ),
        (
            "[rules.ML109]\nmax-hint = true\n",
            "maplint.toml:2: rules.ML109.max-hint: expected a number, not True",
        ),
        ("[rules.ML109]\nstrict = 1\n", "maplint.toml:2: rules.ML109.strict: expected true or false, not 1"),
        ("[rules.ML109]\nowner = 1\n", "maplint.toml:2: rules.ML109.owner: expected a string, not 1"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert complaint(tmp_path, text) == message


def test_a_mistake_in_a_pyproject_has_its_line_below_the_table(tmp_path: Path) -> None:
    text = "[project]\njob = 1\n\n[tool.maplint]\njob = 1\n"
    assert complaint(tmp_path, text, "pyproject.toml") == (
        "pyproject.toml:5: unknown key 'job' (did you mean jobs?)"
    )


def test_broken_toml_is_named_with_its_place(tmp_path: Path) -> None:
    assert complaint(tmp_path, "tests = \n").startswith("cannot read maplint.toml: ")
    assert "line 1" in complaint(tmp_path, "tests = \n")


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "maplint.toml"
    path.write_bytes(b"goos = '\xff'\n")
    with pytest.raises(MaplintError, match=r"cannot read maplint\.toml"):
        read(str(path), str(tmp_path), [])


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(MaplintError, match=r"^cannot read gone\.toml: No such file or directory$"):
        read("gone.toml", str(tmp_path), [])


def test_a_named_pyproject_must_have_our_table(tmp_path: Path) -> None:
    assert (
        complaint(tmp_path, "[project]\n", "pyproject.toml") == "pyproject.toml has no table [tool.maplint]"
    )
    assert complaint(tmp_path, "tool.maplint = 1\n", "pyproject.toml") == (
        "pyproject.toml: tool.maplint must be a table"
    )
