"""`maplint maps`: the inventory, on the real model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from obedient import Project

STORE = """package store

var Blobs = map[string]int{}

func Put(k string) {
	seen := map[string]bool{}
	seen[k] = true
	Blobs[k]++
}
"""
USER = """package m

import "m/store"

var own = map[int]int{}

func f() { delete(store.Blobs, "x") }
"""


def listed(project: Project, *arguments: str) -> list[dict[str, Any]]:
    ran = project.maplint("maps", "--format", "json", *arguments)
    assert ran.status == 0
    return list(json.loads(ran.out)["sites"])


def symbols(project: Project, *arguments: str) -> set[str]:
    return {site["symbol"] for site in listed(project, *arguments)}


def test_sites_with_what_is_done_to_them_anywhere(project: Project) -> None:
    project.write({"store/a.go": STORE, "b.go": USER})
    (blobs,) = (site for site in listed(project) if site["symbol"] == "m/store.Blobs")
    assert [(op["path"], op["line"], op["op"]) for op in blobs["inserts"]] == [("store/a.go", 8, "inc-dec")]
    assert [(op["path"], op["line"], op["op"]) for op in blobs["removes"]] == [("b.go", 7, "delete")]


def test_a_path_selects_the_sites_declared_or_used_there(project: Project) -> None:
    project.write({"store/a.go": STORE, "b.go": USER})
    assert {"m.own", "m/store.Blobs"} <= symbols(project, "./b.go")
    assert "m.own" not in symbols(project, "./store")


def test_all_lists_locals_too(project: Project) -> None:
    project.write({"store/a.go": STORE})
    assert "m/store.Put.seen" in symbols(project, "--all")


def test_text_is_the_default_and_may_go_to_a_file(project: Project) -> None:
    project.write({"store/a.go": STORE})
    shown = project.maplint("maps", "./store")
    assert (shown.status, "store.Blobs" in shown.out) == (0, True)
    assert project.maplint("maps", "./store", "--output", "maps.txt").out == ""
    assert (project.root / "maps.txt").read_text() == shown.out


def test_what_the_file_says_of_reports_is_not_meant_for_the_inventory(project: Project) -> None:
    project.write(
        {"store/a.go": STORE, "maplint.toml": "format = 'sarif'\noutput = 'x.sarif'\nstrict = true\n"}
    )
    assert "store.Blobs" in project.maplint("maps").out
    project.write({"broken.go": "package m\n\nfunc ( {\n"})
    broken = project.maplint("maps")
    assert broken.status == 2
    assert "broken.go:3" in broken.err


def test_a_path_that_is_not_there_is_an_error(project: Project) -> None:
    ran = project.maplint("maps", "./gone")
    assert (ran.status, ran.out) == (2, "")
    assert "./gone" in ran.err
