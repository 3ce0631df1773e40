"""Entries that are emptied instead of deleted, and the many reasons to write something empty."""

from __future__ import annotations

import pytest
from programs import program

from maplint.finding import Confidence
from maplint.model.emptied import Emptied

HEAD = """
package m

import "sync"

type conn struct{ id string }

func (c *conn) Close() {}

type Server struct {
    mu    sync.Mutex
    conns map[string]*conn
    names map[string]string
    tries map[string]int
    lists map[string][]string
    rooms map[string]map[string]bool
    cache sync.Map
}

func (s *Server) Open(id string, c *conn) {
    s.mu.Lock()
    defer s.mu.Unlock()
    s.conns[id] = c
    s.names[id] = c.id
    s.tries[id]++
    s.lists[id] = append(s.lists[id], c.id)
    s.cache.Store(id, c)
}
"""


def emptied(text: str) -> list[Emptied]:
    found = program({"m.go": HEAD + text})
    return [one for site in found.sites.values() if (one := found.emptyings.emptied(site)) is not None]


def shown(text: str) -> list[tuple[str, str]]:
    """Map and value of what is shown at default settings."""
    return [(one.site.name, one.value) for one in emptied(text) if one.confidence > Confidence.LOW]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("s.conns[id] = nil", ("conns", "nil")),
        ('s.names[id] = ""', ("names", "an empty string")),
        ("s.tries[id] = 0", ("tries", "zero")),
        ("s.lists[id] = []string{}", ("lists", "an empty slice")),
        ("s.lists[id] = make([]string, 0)", ("lists", "an empty slice")),
        ("var none *conn; s.conns[id] = none", ("conns", "nil")),
        ("s.cache.Store(id, nil)", ("cache", "nil")),
    ],
)
def test_something_empty_in_a_function_that_drops_the_entry_is_found(
    body: str, expected: tuple[str, str]
) -> None:
    assert shown(f"func (s *Server) Remove(id string) {{ {body} }}") == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "s.conns[id] = &conn{}",
        's.names[id] = "gone"',
        "s.lists[id] = make([]string, 4)",
        "s.lists[id] = s.lists[id][1:]",
        "delete(s.conns, id); s.conns[id] = nil",
    ],
)
def test_other_values_and_maps_that_are_deleted_from_are_fine(body: str) -> None:
    assert emptied(f"func (s *Server) Remove(id string) {{ {body} }}") == []


def test_a_closed_entry_says_that_it_is_dropped() -> None:
    found = emptied(
        """
        func (s *Server) handle(id string, last bool) {
            c := s.conns[id]
            if last {
                c.Close()
                s.conns[id] = nil
            }
        }

        func (s *Server) Handle(id string) { s.handle(id, true) }
        """
    )
    assert [one.confidence for one in found] == [Confidence.HIGH]
    assert "Server.handle closes what was in the entry" in found[0].reasons


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("if _, ok := s.conns[id]; !ok { s.conns[id] = nil }", "a first value"),
        ("if s.conns[id] == nil { s.conns[id] = nil }", "a first value"),
        (
            "s.lists[id] = nil; for range 3 { s.lists[id] = append(s.lists[id], id) }",
            "a list that is made anew",
        ),
        ("s.rooms[id] = map[string]bool{}; s.rooms[id][id] = true", "a map that is filled at once"),
        (
            "if _, ok := s.rooms[id]; !ok { s.rooms[id] = map[string]bool{} }; s.rooms[id][id] = true",
            "the same",
        ),
        ("s.tries[id] = 0", "a counter that begins, or begins anew"),
        ("for k := range s.tries { s.tries[k] = 0 }", "counters that begin a new round"),
        ("s.cache.Store(id, nil)", "a set"),
        ('s.conns["main"] = nil', "a fixed entry"),
    ],
)
def test_empty_values_that_are_no_dropped_entries_are_not_shown(body: str, why: str) -> None:
    assert shown(f"func (s *Server) Note(id string) {{ {body} }}") == [], why


def test_a_miss_that_is_remembered_is_not_shown() -> None:
    assert not shown(
        """
        func (s *Server) Lookup(id string, load func(string) *conn) *conn {
            c, ok := s.conns[id]
            if ok {
                return c
            }
            if c = load(id); c == nil {
                s.conns[id] = nil
                return nil
            }
            s.conns[id] = c
            return c
        }
        """
    )


def test_a_map_that_nothing_else_fills_is_a_set() -> None:
    text = """
        type Set struct { mu sync.Mutex; ids map[string]*conn }

        func (s *Set) Remove(id string) { s.mu.Lock(); defer s.mu.Unlock(); s.ids[id] = nil }
        """
    assert emptied(text) == []


def test_further_places_stand_beside_the_first() -> None:
    found = emptied(
        """
        func (s *Server) Remove(id string) { s.conns[id].Close(); s.conns[id] = nil }
        func (s *Server) Forget(id string) { s.conns[id] = nil }
        """
    )
    assert [one.use.function.name for one in found] == ["Remove"]
    assert [other.function.name for one in found for other in one.others] == ["Forget"]


def test_another_entry_may_be_asked_for_beside_the_one_that_is_emptied() -> None:
    body = "func (s *Server) Drop(id, other string) { s.conns[id].Close(); %s; s.conns[id] = nil }"
    (same,) = emptied(body % "if _, ok := s.conns[id]; !ok { return }")
    (another,) = emptied(body % "if _, ok := s.conns[other]; !ok { return }")
    told = "an entry that is empty and one that is not there are told apart elsewhere"
    assert told not in same.reasons
    assert told in another.reasons


@pytest.mark.parametrize(("key", "expected"), [("id", [("conns", "nil")]), ("pluginName", [])])
def test_an_entry_of_a_key_that_program_text_names_rests(key: str, expected: list[tuple[str, str]]) -> None:
    head = HEAD.replace("id string, c *conn", f"{key} string, c *conn").replace("[id]", f"[{key}]")
    drop = f"func (s *Server) Drop({key} string) {{ s.conns[{key}].Close(); s.conns[{key}] = nil }}"
    found = program({"m.go": head.replace("Store(id,", f"Store({key},") + drop})
    all_found = [one for site in found.sites.values() if (one := found.emptyings.emptied(site)) is not None]
    assert [(one.site.name, one.value) for one in all_found if one.confidence > Confidence.LOW] == expected
