"""Inserts that fill a map again and do not make it grow."""

from __future__ import annotations

import pytest
from programs import program

ACCOUNT = """package main

import (
	"net/http"
	"os"
)

type account struct {
	id    string
	names []string
	keys  map[string]int
}

var current = newAccount(os.Getenv("ID"))

func newAccount(id string) *account { return &account{id: id} }

func (a *account) rename(id string) { RENAMES }

func handle(w http.ResponseWriter, r *http.Request) {
	FILLS
}

func find(id string) *account { return current }

func main() { http.HandleFunc("/", handle) }
"""

FIXED = {
    "a map made just before": """a := newAccount(r.Host)
	seen = append(seen, a)
	a.keys = make(map[string]int)
	for _, path := range a.names { a.keys[path+r.URL.Path] = 1 }""",
    "a field of the owner as the key": "a := find(r.Host); a.keys[a.id]++",
}
OPEN = {
    "made under a condition": """a := newAccount(r.Host)
	seen = append(seen, a)
	if r.Close { a.keys = make(map[string]int) }
	a.keys[r.URL.Path] = 1""",
    "in a loop without end": """a := newAccount(r.Host)
	seen = append(seen, a)
	a.keys = make(map[string]int)
	for { a.keys[<-paths] = 1 }""",
    "made where there is none": """a := find(r.Host)
	if a.keys == nil { a.keys = make(map[string]int) }
	a.keys[r.URL.Path] = 2""",
    "a field of another object as the key": "a := find(r.Host); b := newAccount(r.URL.Path); a.keys[b.id]++",
}


def verdict(fills: str, renames: str = "") -> str:
    text = (
        ACCOUNT.replace("FILLS", fills).replace("RENAMES", renames)
        + "\nvar paths chan string\nvar seen []*account\n"
    )
    found = program({"main.go": text})
    return found.judge.growth(found.sites["example.com/m.account.keys"]).verdict


@pytest.mark.parametrize("fills", FIXED.values(), ids=FIXED)
def test_it_does_not_grow(fills: str) -> None:
    assert verdict(fills) == "fixed"


@pytest.mark.parametrize("fills", OPEN.values(), ids=OPEN)
def test_it_may_grow(fills: str) -> None:
    assert verdict(fills) == "unbounded"


def test_a_field_that_changes_is_many_keys() -> None:
    assert verdict("a := find(r.Host); a.keys[a.id]++", "a.id = id") == "unbounded"


ADDRESSES = """package main

import "net/http"

type set map[string]bool

func (s set) unused() string {
	for addr, used := range s {
		if !used { return addr }
	}
	return ""
}

func (s set) take(addr string) { s[addr] = true }

type region struct { addrs set }

var here = &region{addrs: set{}}

func handle(w http.ResponseWriter, r *http.Request) {
	addr := here.addrs.unused()
	TAKES
}

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("takes", "expected"),
    [("here.addrs.take(addr)", "fixed"), ("here.addrs.take(addr); here.addrs.take(r.Host)", "unbounded")],
)
def test_a_key_that_the_map_has_given_out_is_there_already(takes: str, expected: str) -> None:
    found = program({"main.go": ADDRESSES.replace("TAKES", takes)})
    assert found.judge.growth(found.sites["example.com/m.region.addrs"]).verdict == expected


QUORUM = """package main

import "net/http"

type cluster struct {
	waiting map[string]bool
	formed  bool
	expect  int
}

var all = &cluster{waiting: map[string]bool{}}

func handle(w http.ResponseWriter, r *http.Request) {
	if all.expect == 0 || all.formed {
		return
	}
	all.waiting[r.Host] = true
	if ENOUGH {
		return
	}
	all.formed = FORMED
}

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("enough", "formed", "expected"),
    [
        ("len(all.waiting) < all.expect", "true", "bounded"),
        ("len(all.waiting) < all.expect", "r.Close", "unbounded"),
        ("r.Close", "true", "unbounded"),
    ],
)
def test_a_map_that_closes_the_door_behind_the_last_one_is_bounded(
    enough: str, formed: str, expected: str
) -> None:
    found = program({"main.go": QUORUM.replace("ENOUGH", enough).replace("FORMED", formed)})
    assert found.judge.growth(found.sites["example.com/m.cluster.waiting"]).verdict == expected
