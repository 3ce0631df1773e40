"""Removals that come to a map by a way of their own."""

from __future__ import annotations

import pytest
from programs import program

NODES = """package main

import (
	"net/http"

	"example.org/g"
	"example.org/lru"
	"example.org/mux"
)

type nodes struct {
	live map[string]*int
	left map[string]*int
	lru  *lru.Cache
	conn mux.Conn
}

var all = newNodes()

HAS

func join(w http.ResponseWriter, r *http.Request) {
	all.live[r.URL.Path] = new(int)
}

func main() {
	http.HandleFunc("/join", join)
	http.HandleFunc("/leave", func(w http.ResponseWriter, r *http.Request) { leave(r.URL.Path) })
}
"""
PLAIN = "func newNodes() *nodes { return &nodes{live: map[string]*int{}, left: map[string]*int{}} }\n"

WAYS = {
    "a variable that ranges over maps": PLAIN
    + """
func (n *nodes) find(id string) map[string]*int {
	for _, m := range []map[string]*int{n.live, n.left} {
		if m[id] != nil {
			return m
		}
	}
	return nil
}

func leave(id string) { delete(all.find(id), id) }
""",
    "a local that a callback has captured, before the owner is made": """
func newNodes() *nodes {
	live := map[string]*int{}
	cache := lru.New(10, func(id string) { delete(live, id) })
	return &nodes{live: live, lru: cache}
}

func leave(id string) { all.lru.Remove(id) }
""",
    "a helper of another module": PLAIN + "func leave(id string) { g.MustDelete(all.live, id) }",
    "a method that another module calls": """
type part struct{ n *nodes }

func newNodes() *nodes {
	n := &nodes{live: map[string]*int{}}
	n.conn = &part{n}
	return n
}

func (p *part) Closed(id string) { delete(p.n.live, id) }

func leave(id string) {}
""",
}
NO_WAYS = {
    "a local of its own": PLAIN
    + "func leave(id string) { own := map[string]*int{}; func() { delete(own, id) }() }",
    "a helper that counts": PLAIN + "func leave(id string) { g.Count(all.live, id) }",
    "a helper that deletes the map from something": PLAIN
    + "func leave(id string) { g.Delete(id, all.live) }",
    "a method that nobody calls": """
type part struct{ n *nodes }

func newNodes() *nodes {
	n := &nodes{live: map[string]*int{}}
	_ = &part{n}
	return n
}

func (p *part) Closed(id string) { delete(p.n.live, id) }

func leave(id string) {}
""",
}


def verdict(has: str) -> str:
    found = program({"main.go": NODES.replace("HAS", has)})
    return found.judge.growth(found.sites["example.com/m.nodes.live"]).verdict


@pytest.mark.parametrize("has", WAYS.values(), ids=WAYS)
def test_it_bounds_the_map(has: str) -> None:
    assert verdict(has) == "bounded"


@pytest.mark.parametrize("has", NO_WAYS.values(), ids=NO_WAYS)
def test_it_is_no_removal(has: str) -> None:
    assert verdict(has) == "unbounded"
