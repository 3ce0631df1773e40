"""The JSON Schema agrees with the reader, and the shipped one with the table."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from maplint.cli.wiring import catalogue
from maplint.config.file import read
from maplint.config.schema import schema, text
from maplint.errors import MaplintError
from maplint.finding import Level
from maplint.rule import Option, Rule

PLAIN = Rule("ML101", "unbounded-package-map", "growth", Level.WARNING, "", check=lambda scope: iter(()))
RULE = Rule(
    "ML109",
    "unchecked-size-hint",
    "growth",
    Level.WARNING,
    "",
    check=lambda scope: iter(()),
    options=(Option("max-hint", 1000, "the largest hint"),),
)

GOOD = [
    "",
    "format = 'text'\nselect = 'ML1,ML4'\nignore = ['ML101']\nexclude = ['a']\ntags = 'x,y'\n",
    "format = ['json', 'sarif=out/x.sarif']\noutput = 'x'\nmin-confidence = 'high'\nfail-on = 'never'\n",
    "exit-zero = true\ntests = false\ngenerated = true\ngoos = 'linux'\ngoarch = 'amd64'\njobs = 4\n",
    "cache = false\ncache-dir = '.cache'\nstatistics = true\nshow-suppressed = true\nstrict = true\n"
    "color = 'never'\nquiet = true\nverbose = false\n",
    "[per-file-ignores]\n'a/*.go' = ['ML1']\n[rules.ML109]\nmax-hint = 3\n[rules.unchecked-size-hint]\n",
]
BAD = [
    "selct = 1",
    "format = 'xml'",
    "format = 1",
    "select = [1]",
    "min-confidence = 'none'",
    "tests = 'yes'",
    "jobs = 0",
    "cache = 'no'",
    "no-cache = true",
    "cache-dir = 1",
    "jobs = 'two'",
    "goos = 1",
    "per-file-ignores = 1",
    "per-file-ignores.x = 1",
    "rules = 1",
    "rules.ML999 = {}",
    "rules.ML109 = 1",
    "rules.ML101 = {}",
    "rules.ML109.max = 1",
    "rules.ML109.max-hint = 'many'",
]


def reader_takes(path: Path) -> bool:
    try:
        read(str(path), str(path.parent), [PLAIN, RULE])
    except MaplintError:
        return False
    return True


@pytest.mark.parametrize(("given", "good"), [(t, True) for t in GOOD] + [(t, False) for t in BAD])
def test_schema_and_reader_agree(tmp_path: Path, given: str, good: bool) -> None:
    path = tmp_path / "maplint.toml"
    path.write_text(given)
    validator = jsonschema.Draft7Validator(schema([PLAIN, RULE]))
    assert validator.is_valid(tomllib.loads(given)) is good
    assert reader_takes(path) is good


def test_the_shipped_schema_is_the_one_the_table_makes() -> None:
    shipped = files("maplint.config").joinpath("schema.json").read_text("utf-8")
    assert shipped == text(catalogue()), "write it anew: see the first lines of maplint/config/schema.py"
