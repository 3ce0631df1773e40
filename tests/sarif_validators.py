"""The two judges of SARIF that GitHub's users meet: the JSON schema and Microsoft's multitool.

The multitool comes from npm at the version that tests/npm pins, once into a cache folder: MAPLINT_TEST_CACHE,
by default ~/.cache/maplint-tests. Its exit status says nothing, so its own report is read.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]

_MANIFEST = Path(__file__).parent / "npm"
_CHECKOUT = Path(__file__).parents[1]
_ERRATA_SCHEMA = _CHECKOUT.parent / "shared" / "sarif-schema-2.1.0-errata01.json"


def validate(*sarif_texts: str) -> None:
    """Raises AssertionError with every message when the schema or the multitool finds an error in a text.

    Several texts in one call cost little more than one: starting the multitool takes most of the time.
    """
    messages = [message for text in sarif_texts for message in _schema_errors(json.loads(text))]
    messages += _multitool_errors(sarif_texts)
    assert not messages, "\n".join(messages)


def _schema_errors(log: object) -> Iterator[str]:
    for error in _schema_validator().iter_errors(log):
        yield f"schema: {error.json_path}: {error.message}"


@functools.cache
def _schema_validator() -> Any:
    file = _ERRATA_SCHEMA if _ERRATA_SCHEMA.exists() else multitool().parent / "sarif-2.1.0.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def _multitool_errors(sarif_texts: tuple[str, ...]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(sarif_texts):
            (Path(folder) / f"{number}.sarif").write_text(text, encoding="utf-8")
        verdict = Path(folder) / "verdict.json"
        options = ["--rule-kind", "Sarif;Ghas", "--output", str(verdict)]
        command = [str(multitool()), "validate", f"{folder}/*.sarif", *options]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert verdict.exists(), f"the multitool wrote no report: {run.stdout}{run.stderr}"
        return list(_errors_of(json.loads(verdict.read_text(encoding="utf-8-sig"))))


def _errors_of(verdict: Any) -> Iterator[str]:
    for run in verdict["runs"]:
        rules = {rule["id"]: rule for rule in run["tool"]["driver"].get("rules", [])}
        for result in run["results"]:
            if _level(result, rules.get(result["ruleId"], {})) == "error":
                yield f"multitool: {result['ruleId']}: {result['message'].get('arguments')}"
        for invocation in run.get("invocations", []):
            for notification in invocation.get("toolExecutionNotifications", []):
                if notification.get("level") == "error":
                    yield f"multitool: {notification['message']['text']}"


def _level(result: Any, rule: Any) -> str:
    default: str = rule.get("defaultConfiguration", {}).get("level", "warning")
    level: str = result.get("level", default)
    return level


@functools.cache
def multitool() -> Path:
    """The multitool's program, installed if it is not there yet."""
    cache = Path(os.environ.get("MAPLINT_TEST_CACHE") or Path.home() / ".cache" / "maplint-tests")
    manifest = json.loads((_MANIFEST / "package.json").read_text(encoding="utf-8"))
    home = cache / f"sarif-multitool-{manifest['devDependencies']['@microsoft/sarif-multitool']}"
    if not home.exists():
        _install(home)
    program = home / "node_modules" / "@microsoft" / f"sarif-multitool-{sys.platform}" / "Sarif.Multitool"
    return program.with_suffix(".Multitool.exe") if sys.platform == "win32" else program


def _install(home: Path) -> None:
    """Installs beside `home` and renames: tests that run side by side never meet half an installation."""
    npm = shutil.which("npm")
    assert npm, "npm is needed to fetch Microsoft's SARIF multitool: install Node.js, which brings npm"
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        fresh = Path(folder) / "fresh"
        shutil.copytree(_MANIFEST, fresh, ignore=shutil.ignore_patterns("node_modules"))
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run = subprocess.run(command, cwd=fresh, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"npm could not install the multitool: {run.stderr}"
        for program in fresh.glob("node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool"):
            program.chmod(0o755)  # npm leaves it without the right to run
        try:
            fresh.rename(home)
        except OSError:
            if not home.exists():  # else another test was quicker
                raise
