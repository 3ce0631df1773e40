"""The cache: the same report with it and without, and nothing but lost time whatever becomes of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from maplint.cli.run import run
from maplint.cli.wiring import catalogue
from maplint.config.settings import Settings
from maplint.engine import cache_key
from maplint.engine.cache import default_folder
from maplint.engine.run import Request, analyse
from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint.workspace.records import Workspace

FROM_CACHE = "maplint: report from cache"
SERVER = """package main

import (
	"net/http"

	"example.com/m/store"
)

var hits = map[string]int{}

var quiet = map[string]int{} //maplint:ignore ALL a demo of “words”

func handle(w http.ResponseWriter, r *http.Request) {
	hits[r.RemoteAddr]++
	quiet[r.RemoteAddr]++
	store.Put(r.RemoteAddr)
}

func main() {
	http.HandleFunc("/", handle)
	http.ListenAndServe(":8080", nil)
}
"""
STORE = "package store\n\nvar seen = map[string]bool{}\n\nfunc Put(key string) { seen[key] = true }\n"


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: bytes
    err: str

    @property
    def cached(self) -> bool:
        return FROM_CACHE in self.err.splitlines()

    @property
    def kept(self) -> bool:
        return "not cached" not in self.err


Check = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module with leaks, races, a suppression and a broken file; the working directory is in it."""
    root = tmp_path / "project"
    for name, text in {
        "go.mod": "module example.com/m\n\ngo 1.22\n",
        "main.go": SERVER,
        "store/store.go": STORE,
        "broken/broken.go": "package broken\n\nfunc ( {\n",
        ".git/HEAD": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the runs of a test have their cache."""
    return tmp_path / "cache"


@pytest.fixture
def check(project: Path, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Check:
    """Runs `maplint check --verbose` with that cache."""

    def execute(*flags: str) -> Ran:
        capfdbinary.readouterr()
        status = run(["check", "--verbose", "--cache-dir", str(folder), *flags])
        out, err = capfdbinary.readouterr()
        return Ran(status, out, err.decode())

    return execute


def entries(folder: Path) -> list[Path]:
    return sorted((folder / "reports").iterdir()) if folder.exists() else []


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
@pytest.mark.parametrize("more", [(), ("--show-suppressed", "--min-confidence", "low")], ids=["", "all"])
def test_a_report_is_the_same_from_the_cache_to_the_byte(
    check: Check, form: str, more: tuple[str, ...]
) -> None:
    flags = ("--format", form, *more)
    without, first, second = check(*flags, "--no-cache"), check(*flags), check(*flags)
    assert (without.cached, first.cached, second.cached) == (False, False, True)
    assert without.out == first.out == second.out != b""
    assert without.status == first.status == second.status == 1
    assert without.err == first.err == second.err.replace(FROM_CACHE + "\n", "")


def test_no_cache_neither_reads_nor_writes(check: Check, folder: Path) -> None:
    check("--no-cache")
    assert not folder.exists()
    check()
    assert not check("--no-cache").cached


def change(path: str, text: str) -> Callable[[], None]:
    def write() -> None:
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")

    return write


@pytest.mark.parametrize(
    "changed",
    [
        change("store/store.go", STORE.replace("seen", "sean")),
        change("store/new.go", "package store\n\nfunc Drop(key string) { delete(seen, key) }\n"),
        change("go.mod", "module example.com/other\n\ngo 1.22\n"),
        change("go.mod", "module example.com/m\n\ngo 1.22\n\nreplace example.com/x => ./store\n"),
        change("maplint.toml", "[per-file-ignores]\n'main.go' = ['ML1']\n"),
        lambda: Path("store/store.go").rename("store/shop.go"),
        lambda: Path("store/store.go").unlink(),
    ],
    ids=["byte", "new-file", "module", "replace", "ignores", "renamed", "removed"],
)
def test_what_changes_is_looked_at_again(check: Check, changed: Callable[[], None]) -> None:
    check("--format", "json")
    changed()
    after, fresh = check("--format", "json"), check("--format", "json", "--no-cache")
    assert not after.cached
    assert after.out == fresh.out


@pytest.mark.parametrize(
    "flags",
    [
        "--select ML1",
        "--ignore ML401",
        "--min-confidence low",
        "--generated",
        "--tests",
        "--goos linux",
        "./store",
    ],
)
def test_other_settings_are_another_run(check: Check, flags: str) -> None:
    Path("store/store_test.go").write_text("package store\n")
    Path("store/a_windows.go").write_text("package store\n")
    check()
    assert not check(*flags.split()).cached
    assert check(*flags.split()).cached


@pytest.mark.parametrize(
    "flags",
    [
        "--format json",
        "--fail-on never",
        "--jobs 1",
        "--statistics",
        "--strict",
        "--show-suppressed",
        "--color always",
    ],
)
def test_what_comes_after_the_report_is_no_other_run(check: Check, flags: str) -> None:
    check()
    again = check(*flags.split())
    assert again.cached
    without = check(*flags.split(), "--no-cache")
    assert (again.status, again.out) == (without.status, without.out)


def test_contents_count_and_times_do_not(check: Check) -> None:
    check()
    os.utime("main.go", (1, 1))
    assert check().cached
    before = os.stat("main.go")
    Path("main.go").write_text(SERVER.replace("hits", "hops"), encoding="utf-8")
    os.utime("main.go", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not check().cached


@pytest.mark.parametrize("name", ["__version__", "FORMAT"])
def test_another_maplint_has_other_reports(check: Check, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    check()
    monkeypatch.setattr(cache_key, name, "99")
    assert not check().cached


def test_a_changed_rule_has_other_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "rule_of_a_pack.py"
    module.write_text("def check(scope):\n    return iter(())\n")
    monkeypatch.syspath_prepend(tmp_path)
    rule = catalogue()[0]._replace(check=import_module("rule_of_a_pack").check)
    empty = Workspace((), (), "/", (), ())
    before = cache_key.cache_key(empty, Settings(), [rule], [rule])
    assert cache_key.cache_key(empty, Settings(), [rule], [rule]) == before
    module.write_text("def check(scope):\n    return iter([])\n")
    assert cache_key.cache_key(empty, Settings(), [rule], [rule]) != before


def test_the_statistics_are_those_of_the_report(check: Check) -> None:
    def figures(ran: Ran) -> list[str]:
        return [line for line in ran.err.splitlines() if " ML" in line or line.startswith("looked at")]

    first, second = check("--statistics"), check("--statistics")
    assert second.cached and figures(first) == figures(second) != []


def test_the_folder_of_the_file_is_relative_to_the_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "maplint.toml").write_text("cache-dir = 'kept'\n")
    monkeypatch.chdir(project / "store")
    run(["check"])
    assert len(entries(project / "kept")) == 1
    (project / "maplint.toml").write_text("cache-dir = 'kept'\ncache = false\n")
    run(["check", "--verbose"])
    assert FROM_CACHE not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("environment", "platform", "wanted"),
    [
        ({}, "linux", "/home/ann/.cache/maplint"),
        ({"XDG_CACHE_HOME": "/var/ann"}, "linux", "/var/ann/maplint"),
        ({"XDG_CACHE_HOME": "not/absolute"}, "freebsd14", "/home/ann/.cache/maplint"),
        ({}, "darwin", "/home/ann/Library/Caches/maplint"),
        ({"LOCALAPPDATA": "/users/ann/local"}, "win32", "/users/ann/local/maplint"),
        ({"MAPLINT_CACHE": "/tmp/c", "XDG_CACHE_HOME": "/var/ann"}, "linux", "/tmp/c"),
        ({"MAPLINT_CACHE": ""}, "linux", "/home/ann/.cache/maplint"),
    ],
)
def test_where_the_cache_lies(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], platform: str, wanted: str
) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert default_folder(environment, platform) == wanted


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert default_folder({}, "linux") == ""


def test_a_cache_that_cannot_be_written_costs_only_time(check: Check, folder: Path) -> None:
    folder.write_text("no folder")
    fresh, first, second = check("--no-cache"), check(), check()
    assert not (first.kept or second.kept or second.cached)
    assert f"maplint: report not cached in {folder}/reports: Not a directory" in first.err
    assert fresh.out == first.out == second.out
    assert fresh.status == first.status == second.status


def test_a_full_disk_leaves_nothing_behind(
    check: Check, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    fresh = check("--no-cache")
    monkeypatch.setattr(os, "replace", full)
    ran = check()
    assert not ran.kept and (ran.status, ran.out) == (fresh.status, fresh.out)
    assert entries(folder) == []


def test_an_interrupt_while_writing_leaves_nothing_behind(
    check: Check, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        assert check().status == 130
    assert entries(folder) == []
    assert not check().cached


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\x00\xff" * 99, b"[]", b'{"findings": []}', b"0" * 64 + b"\n[]"]
)
def test_an_entry_that_is_none_is_replaced(check: Check, folder: Path, content: bytes) -> None:
    fresh = check()
    (entry,) = entries(folder)
    good = entry.read_bytes()
    entry.write_bytes(content)
    ran = check()
    assert not ran.cached and (ran.status, ran.out, ran.err) == (fresh.status, fresh.out, fresh.err)
    assert entry.read_bytes() == good


def test_a_folder_in_the_place_of_an_entry_does_no_harm(check: Check, folder: Path) -> None:
    fresh = check()
    (entry,) = entries(folder)
    entry.unlink()
    entry.mkdir()
    ran = check()
    assert not ran.kept and (ran.status, ran.out) == (fresh.status, fresh.out)
    assert entries(folder) == [entry]


def broken(scope: Pass) -> Iterator[Draft]:
    raise ValueError("it broke")


def test_a_run_in_which_a_rule_failed_is_not_kept(project: Path, folder: Path) -> None:
    settings = Settings(cache_dir=str(folder))
    failing = Rule("ML101", "unbounded-package-map", "growth", Level.WARNING, "", broken)
    outcome = analyse(Request(("./...",), str(project), settings), [failing])
    assert any(fault.rule for fault in outcome.report.faults)
    assert entries(folder) == []
