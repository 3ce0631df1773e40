"""What pip installs: the wheel's contents, and that it runs by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from go_samples import SERVER, plant

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCES = {"maplint": CHECKOUT / "linter" / "maplint", "maplint_rules": CHECKOUT / "rules" / "maplint_rules"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as `pip install .` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


def test_it_holds_every_file_of_both_packages_and_nothing_else(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"{name}/{path.relative_to(source).as_posix()}"
        for name, source in SOURCES.items()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in held if ".dist-info/" not in name} == wanted


@pytest.mark.parametrize(
    "name",
    [
        "maplint/py.typed",
        "maplint_rules/py.typed",
        "maplint/config/schema.json",
        "maplint/knowledge/std/net.http.json",
    ],
)
def test_it_holds_what_is_no_python(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_it_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    plant(tmp_path / "shop", {"main.go": SERVER})
    done = subprocess.run(
        [sys.executable, "-m", "maplint", "--isolated", "--format", "json"],
        cwd=tmp_path / "shop",
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {finding["rule"] for finding in json.loads(done.stdout)["findings"]}
    assert (done.returncode, found) == (1, {"ML101", "ML401"})


def test_it_depends_on_what_was_agreed_and_on_nothing_else() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {requirement.partition(">")[0] for requirement in project["dependencies"]}
    assert names == {"tree-sitter", "tree-sitter-go", "pathspec", "sarif-om"}
