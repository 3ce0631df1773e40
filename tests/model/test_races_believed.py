"""How far an access is believed: maps that are only replaced, options, copies, support for tests."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program
from test_races import STORE, found

from maplint.finding import Confidence

REPLACED = """
var mu sync.RWMutex
var cached map[string]int
func Refresh(live map[string]int) { mu.Lock(); defer mu.Unlock(); cached = live }
func Forget() { mu.Lock(); defer mu.Unlock(); cached = nil }
func All() int { mu.RLock(); names := cached; mu.RUnlock(); return count(%s) }
func count(names map[string]int) (n int) { for _, each := range names { n += each }; return n }
"""


def test_a_map_that_was_read_from_its_place_before_stays_as_it_is_when_another_takes_the_place() -> None:
    assert found(REPLACED % "names", "cached") == set()
    assert found(REPLACED % "cached", "cached") == {("unlocked-read", "All")}
    add = "func Add(name string) { mu.Lock(); defer mu.Unlock(); cached[name] = 1 }"
    assert found(REPLACED % "names" + add, "cached") == {("unlocked-read", "All")}


READY = """
type Index struct { mu sync.Mutex; names map[string]int }
func (x *Index) add(name string) { x.mu.Lock(); defer x.mu.Unlock(); x.names[name]++ }
func (x *Index) has(name string) int { x.mu.Lock(); defer x.mu.Unlock(); return x.names[name] }
func (x *Index) fill() { x.names["a"] = 1 }
func Serve(t *tasks, x *Index) { go %s; x.add("b"); x.has("b") }
type tasks struct { begin beginner; goOn continuer; finish finisher }
type beginner interface { first(*Index) }
type continuer interface { second(*Index) }
type finisher interface { third(*Index) }
func (t *tasks) first(x *Index) { t.goOn.second(x) }
func (t *tasks) second(x *Index) { t.finish.third(x) }
func (t *tasks) third(x *Index) { x.fill() }
"""


KNOWN = """
var mu sync.Mutex
var known = map[string]int{}
func Add(name string) { mu.Lock(); defer mu.Unlock(); known[name]++ }
func Look(name string) int { return known[name] }
"""


def test_a_lock_that_is_for_tests_guards_nothing() -> None:
    assert found(KNOWN, "known") == {("unlocked-read", "Look")}
    assert found(KNOWN.replace("mu", "testMu"), "known") == set()


def test_a_write_without_the_lock_is_surer_where_goroutines_are_seen_that_meet_it() -> None:
    seen, unseen = (READY % start for start in ("x.fill()", "t.begin.first(x)"))
    assert found(seen, "Index.names", Confidence.HIGH) == {("inconsistent", "Index.fill")}
    assert found(unseen, "Index.names", Confidence.HIGH) == set()
    assert found(unseen, "Index.names") == {("inconsistent", "Index.fill")}


PUT_IN_PLACE = """
type Hosts struct { mu sync.Mutex; list map[string]int }
func (h *Hosts) Set(names []string) {
    h.mu.Lock()
    h.list = map[string]int{}
    %s
    for _, name := range names { h.list[name] = 1 }
    h.mu.Unlock()
}
func (h *Hosts) Get() map[string]int { h.mu.Lock(); defer h.mu.Unlock(); return h.list }
func (h *Hosts) Sum() (sum int) { h.mu.Lock(); l := h.list; h.mu.Unlock(); for _, n := range l { sum += n }; return }
"""


def test_a_map_that_is_filled_before_anybody_has_it_may_be_handed_out() -> None:
    assert found(PUT_IN_PLACE % "", "Hosts.list") == set()
    racy = {("unlocked-read", "Hosts.Sum"), ("escape", "Hosts.Get")}
    assert found(PUT_IN_PLACE % "h.mu.Unlock(); h.mu.Lock()", "Hosts.list") == racy
    add = "func (h *Hosts) Add() { h.mu.Lock(); defer h.mu.Unlock(); h.list[`new`] = 1 }"
    assert found(PUT_IN_PLACE % "" + add, "Hosts.list") == racy


MADE = """
func made() map[string]any { return map[string]any{} }
"""
MARSHALLED = """
type Endpoint struct { mu sync.Mutex; generic map[string]any }
func (e *Endpoint) Set(key string) { e.mu.Lock(); defer e.mu.Unlock(); e.generic[key] = 1 }
func (e *Endpoint) Get(key string) any { e.mu.Lock(); defer e.mu.Unlock(); return e.generic[key] }
func (e *Endpoint) MarshalJSON() (out []byte, err error) { e.mu.Lock(); out, err = e.marshal(); %s }
func keep(all map[string]any) { kept = all }
var kept map[string]any
"""


@pytest.mark.parametrize(
    ("body", "escapes"),
    [
        (
            'defer e.mu.Unlock(); all := map[string]any{}; all["g"] = e.generic; return json.Marshal(all)',
            False,
        ),
        ('defer e.mu.Unlock(); all := made(); all["g"] = e.generic; return json.Marshal(all)', False),
        ('all := map[string]any{}; all["g"] = e.generic; e.mu.Unlock(); return json.Marshal(all)', True),
        (
            'defer e.mu.Unlock(); all := map[string]any{}; all["g"] = e.generic; keep(all); return nil, nil',
            True,
        ),
        (
            'defer e.mu.Unlock(); all := map[string]any{}; all["g"] = e.generic; kept = all; return nil, nil',
            True,
        ),
    ],
)
def test_a_container_that_its_function_keeps_to_itself_lets_nothing_escape(body: str, escapes: bool) -> None:
    text = MARSHALLED.replace("out, err = e.marshal(); %s", body) + MADE
    model = program({"m.go": IMPORTS.replace('"errors"', '"encoding/json"\n    "errors"') + text})
    kinds = {one.kind for one in model.races.violations(model.sites["example.com/m.Endpoint.generic"])}
    assert kinds == ({"escape"} if escapes else set())


REPLACED_ONLY = """
type Proxy struct { mu sync.RWMutex; labels map[string]string }
func (p *Proxy) SetLabels(labels map[string]string) { p.mu.Lock(); defer p.mu.Unlock(); p.labels = labels }
func (p *Proxy) Reset() { p.mu.Lock(); defer p.mu.Unlock(); p.labels = nil }
func (p *Proxy) A() string { p.mu.RLock(); defer p.mu.RUnlock(); return p.labels["a"] }
func (p *Proxy) B() string { return p.labels["b"] }
func (p *Proxy) C() string { return p.labels["c"] }
func (p *Proxy) D() string { return p.labels["d"] }
func (p *Proxy) E() string { return p.labels["e"] }
"""


def test_reads_of_a_map_that_is_only_replaced_are_believed_less() -> None:
    assert found(REPLACED_ONLY, "Proxy.labels") == set()
    put = "func (p *Proxy) Put(key string) { p.mu.Lock(); defer p.mu.Unlock(); p.labels[key] = key }"
    assert len(found(REPLACED_ONLY + put, "Proxy.labels")) == 4


OPTIONS = """
type Endpoint struct { mu sync.Mutex; aliases map[string]string }
func (e *Endpoint) Rename(name string) { e.mu.Lock(); defer e.mu.Unlock(); %s }
func (e *Endpoint) apply(set func(*Endpoint)) { e.mu.Lock(); defer e.mu.Unlock(); set(e) }
func (e *Endpoint) Join() { e.apply(WithAlias("a", "b")) }
func WithAlias(name, alias string) func(*Endpoint) {
    return func(e *Endpoint) { e.aliases = map[string]string{}; e.aliases[alias] = name }
}
func (e *Endpoint) Has(name string) bool { _, ok := e.aliases[name]; return ok }
"""


def test_what_options_alone_write_is_there_before_it_is_read() -> None:
    assert found(OPTIONS % "println(name)", "Endpoint.aliases") == set()
    assert found(OPTIONS % "e.aliases[name] = name", "Endpoint.aliases") == {
        ("unlocked-read", "Endpoint.Has")
    }


COPIED = """
type Net struct { mu sync.Mutex; labels map[string]string }
func (n *Net) Set(key string) { n.mu.Lock(); defer n.mu.Unlock(); n.labels[key] = key }
func (n *Net) Get(key string) string { n.mu.Lock(); defer n.mu.Unlock(); return n.labels[key] }
func (n *Net) %s(other any) {
    n.mu.Lock()
    defer n.mu.Unlock()
    to := other.(*Net)
    to.labels["copied"] = n.labels["a"]
}
"""


def test_a_method_that_copies_into_what_it_is_given_copies_into_something_new() -> None:
    assert found(COPIED % "CopyTo", "Net.labels") == set()
    assert found(COPIED % "Merge", "Net.labels") == {("inconsistent", "Net.Merge")}


def test_what_only_support_for_tests_does_is_no_race_of_the_product() -> None:
    read = "func (s *Store) Has(key string) int { return s.items[key] }"
    for framework, least in (("github.com/ory/dockertest/v3", Confidence.LOW), ("fmt", Confidence.HIGH)):
        text = IMPORTS.replace('"errors"', f'"errors"\n    "{framework}"') + STORE + read
        model = program({"m.go": text})
        (violation,) = model.races.violations(model.sites["example.com/m.Store.items"])
        assert violation.confidence == least


def test_what_only_a_harness_calls_is_no_race_of_the_product() -> None:
    read = "func (s *Store) Has(key string) int { return s.items[key] }"
    caller = "func Check(s *m.Store) int { return s.Has(`a`) }"
    for framework, least in (
        ("github.com/stretchr/testify/assert", Confidence.LOW),
        ("fmt", Confidence.HIGH),
    ):
        header = f'package harness\nimport (\n    "example.com/m"\n    "{framework}"\n)\n'
        model = program({"m.go": IMPORTS + STORE + read, "harness/harness.go": header + caller})
        (violation,) = model.races.violations(model.sites["example.com/m.Store.items"])
        assert violation.confidence == least


def test_the_methods_of_a_type_for_tests_are_for_tests() -> None:
    view = "type %s struct { s *Store }\nfunc (v %s) Len() int { return len(v.s.items) }"
    assert found(STORE + view.replace("%s", "view")) == {("unlocked-read", "view.Len")}
    assert found(STORE + view.replace("%s", "forTest")) == set()


def test_a_fake_is_no_product_wherever_it_stands() -> None:
    text = STORE + "func (s *Store) Has(key string) int { return s.items[key] }"
    for owner, racy in (("Store", True), ("FakeStore", False), ("LatestStore", True)):
        assert bool(found(text.replace("Store", owner), f"{owner}.items")) is racy


REGISTRY = """
type Server struct { mu sync.RWMutex; topics map[string]int }
func (s *Server) Register(name string) { s.mu.Lock(); defer s.mu.Unlock(); s.topics[name]++ }
func (s *Server) Size() int { s.mu.RLock(); defer s.mu.RUnlock(); return len(s.topics) }
func (s *Server) Check(name string) int { return s.topics[name] }
func Serve(s *Server) { for range 3 { go s.Check("a") } }
"""
EARLY = "{ if s.topics[name] > 0 { return }; s.mu.Lock(); defer s.mu.Unlock(); s.topics[name]++ }"
UNLOCKED_DROP = "func (s *Server) drop(name string) { delete(s.topics, name) }"
DROP = "func (s *Server) Drop(name string) { s.mu.Lock(); defer s.mu.Unlock(); delete(s.topics, name) }"


def test_registrations_may_meet_one_another() -> None:
    early = REGISTRY.replace("{ s.mu.Lock(); defer s.mu.Unlock(); s.topics[name]++ }", EARLY)
    assert ("unlocked-read", "Server.Register") in found(early, "Server.topics")


@pytest.mark.parametrize(("more", "racy"), [("", False), (DROP, True), (UNLOCKED_DROP, True)])
def test_a_registry_that_nothing_is_taken_out_of_is_believed_to_be_filled_before(
    more: str, racy: bool
) -> None:
    assert (("unlocked-read", "Server.Check") in found(REGISTRY + more, "Server.topics")) == racy
