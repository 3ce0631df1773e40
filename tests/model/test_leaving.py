"""Keys that are never met again, pools, sizes from outside, and the other ways in which entries fail to leave."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program

from maplint.finding import Confidence
from maplint.model.program import Program

HUB = """
type hub struct {
    mu    sync.Mutex
    seen  map[any]int
    times map[time.Time]int
    peers map[string]*peer
    names map[string]string
}
type peer struct{ timer *time.Timer; last time.Time; gone bool }
type scratch struct{ words map[string]int }
var global = &hub{}
var pool = sync.Pool{New: func() any { return &scratch{words: map[string]int{}} }}
func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.run(r) }
"""


def hub(text: str) -> Program:
    """A hub that serves requests with the method `run` of `text`."""
    return program({"m.go": f"{IMPORTS}{HUB}{text}"})


def run(body: str) -> Program:
    return hub(f"func (h *hub) run(r *http.Request) {{ {body} }}")


@pytest.mark.parametrize(
    "body",
    [
        "h.seen[r]++",
        "h.seen[&peer{}]++",
        "key := new(int); h.seen[key]++",
        "h.seen[make(chan int)]++",
        "now := time.Now(); h.times[now]++",
        "h.times[time.Now().Add(time.Second)]++",
        "h.times[time.Now()]++; delete(h.times, time.Now().Add(-time.Hour))",
        "h.seen[&peer{}]++; delete(h.seen, &peer{})",
    ],
)
def test_keys_that_equal_no_other_are_found(body: str) -> None:
    found = run(body)
    told = [one for site in found.sites.values() if (one := found.leaks.unequal_keys.of(site)) is not None]
    assert [one.confidence > Confidence.LOW for one in told] == [True]


@pytest.mark.parametrize(
    "body",
    [
        "h.seen[r.RemoteAddr]++",
        "h.seen[r]++; defer delete(h.seen, r)",
        "key := &peer{}; h.seen[key]++; delete(h.seen, key)",
        "h.seen[*(&peer{})]++",
        "h.times[time.Now().Truncate(time.Minute)]++",
        "h.times[time.Now()]++; for at := range h.times { delete(h.times, at) }",
        "h.seen[global]++",
        "if len(h.seen) < 9 { h.seen[r]++ }",
    ],
)
def test_keys_that_are_met_again_are_not(body: str) -> None:
    found = run(body)
    assert [site.name for site in found.sites.values() if found.leaks.unequal_keys.of(site)] == []


POOLED = "s := pool.Get().(*scratch); s.words[r.RemoteAddr]++;"


@pytest.mark.parametrize(
    ("body", "more", "count"),
    [
        (f"{POOLED} pool.Put(s)", "", 1),
        (f"{POOLED} clear(s.words); pool.Put(s)", "", 0),
        (f"{POOLED} for word := range s.words {{ delete(s.words, word) }}; pool.Put(s)", "", 0),
        (f"{POOLED} s.words = make(map[string]int); pool.Put(s)", "", 0),
        (f"{POOLED} *s = scratch{{words: s.words}}; pool.Put(s)", "", 0),
        (f"{POOLED} s.reset(); pool.Put(s)", "func (s *scratch) reset() { clear(s.words) }", 0),
        (f"{POOLED} s.reset(); pool.Put(s)", "func (s *scratch) reset() {}", 1),
        (f"{POOLED} back(s)", "func back(s *scratch) { clear(s.words); pool.Put(s) }", 0),
        ("s := pool.Get().(*scratch); clear(s.words); s.words[r.RemoteAddr]++; pool.Put(s)", "", 0),
        ('s := pool.Get().(*scratch); s.words["total"]++; pool.Put(s)', "", 0),
    ],
    ids=[
        "full",
        "cleared",
        "looped",
        "replaced",
        "whole",
        "reset",
        "empty reset",
        "wrapper",
        "after get",
        "closed",
    ],
)
def test_what_goes_back_to_a_pool(body: str, more: str, count: int) -> None:
    found = hub(f"func (h *hub) run(r *http.Request) {{ {body} }}\n{more}")
    assert len(list(found.leaks.pooled_maps.of("example.com/m"))) == count


SIZES = """
package m

import (
    "encoding/binary"
    "net/http"
    "strconv"
)

type reader struct{ rest []byte }
func (r reader) count() int { return int(binary.BigEndian.Uint32(r.rest)) }
func use(any) {}
func limited(n int) bool { return n < 100 }
func serve(w http.ResponseWriter, r *http.Request) { decode([]byte(r.URL.Path), r) }
func init() { http.HandleFunc("/", serve) }
"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("n := binary.BigEndian.Uint32(b); use(make(map[int]int, n))", True),
        ("n := reader{b}.count(); use(make(map[int]int, n*2))", True),
        ("n, _ := binary.Uvarint(b); if n == 0 { return }; use(make(map[int]int, int(n)))", True),
        ('n, _ := strconv.Atoi(r.FormValue("n")); use(make(map[int]int, n))', True),
        ("sized(reader{b}.count())", True),
        ("n := binary.BigEndian.Uint16(b); use(make(map[int]int, n))", False),
        ("n := reader{b}.count(); if n > 9 { return }; use(make(map[int]int, n))", False),
        ("n := reader{b}.count(); if !limited(n) { return }; use(make(map[int]int, n))", False),
        ("n := reader{b}.count(); use(make(map[int]int, min(n, 9)))", False),
        ("n := reader{b}.count(); use(make([]int, n))", False),
        ("use(make(map[int]int, len(b)))", False),
    ],
)
def test_sizes_from_outside(body: str, found: bool) -> None:
    text = f"func decode(b []byte, r *http.Request) {{ {body} }}\nfunc sized(n int) {{ use(make(map[int]int, n)) }}"
    hints = list(program({"m.go": SIZES + text}).leaks.size_hints.of("example.com/m"))
    assert [hint.confidence for hint in hints] == ([Confidence.HIGH] if found else [])


DECODED = """
type decoded struct { Items int }
type Config struct { Items int }
func New(b []byte) { var d decoded; _ = json.Unmarshal(b, &d); use(make(map[int]int, d.Items)) }
func Set(b []byte) { var c Config; _ = json.Unmarshal(b, &c); use(make(map[int]int, c.Items)) }
"""


def test_a_size_that_a_message_says_is_of_outside_and_one_of_the_configuration_is_not() -> None:
    found = program({"m.go": SIZES.replace("import (", 'import (\n    "encoding/json"') + DECODED})
    hints = found.leaks.size_hints.of("example.com/m")
    assert [hint.function.name for hint in hints] == ["New"]


ENTER = "h.peers[r.RemoteAddr] = &peer{}; h.names[r.RemoteAddr] = r.Host; h.leave(r.RemoteAddr);"
STOP_ALL = "func (h *hub) stopAll() { for _, p := range h.peers { p.timer.Stop() } }"


@pytest.mark.parametrize(
    ("leave", "grade"),
    [
        ("delete(h.peers, id)", Confidence.MEDIUM),
        ("h.peers[id].timer.Stop(); delete(h.peers, id)", None),
        ("p := h.peers[id]; delete(h.peers, id); p.timer.Stop()", None),
        ("end(h.peers[id]); delete(h.peers, id)", None),
    ],
)
def test_what_a_removed_entry_holds(leave: str, grade: Confidence | None) -> None:
    found = hub(
        f"func (h *hub) run(r *http.Request) {{ {ENTER} }}\nfunc (h *hub) leave(id string) {{ {leave} }}\n"
        f"func end(p *peer) {{}}\n{STOP_ALL}"
    )
    left = found.leaks.left_resources.of(found.sites["example.com/m.hub.peers"])
    assert (left.confidence if left is not None else None) == grade


@pytest.mark.parametrize(
    ("leave", "strays"),
    [
        ("for id, p := range h.peers { if p.gone { delete(h.names, id) } }", Confidence.MEDIUM),
        ("for id := range h.peers { if h.peers[id].gone { delete(h.names, id) } }", Confidence.MEDIUM),
        ("for id, p := range h.peers { if old(since(p)) { delete(h.names, id) } }", Confidence.MEDIUM),
        ("for id := range h.peers { delete(h.names, id) }", Confidence.LOW),
        ("for id, p := range h.peers { if p.gone { delete(h.peers, id); delete(h.names, id) } }", None),
        ("for id := range h.names { delete(h.names, id) }", None),
    ],
)
def test_loops_that_delete_from_another_map(leave: str, strays: Confidence | None) -> None:
    found = hub(
        f"func (h *hub) run(r *http.Request) {{ {ENTER} }}\nfunc (h *hub) leave(string) {{ {leave} }}\n"
        "func since(p *peer) int { return 1 }\nfunc old(age int) bool { return age > 1 }"
    )
    told = found.leaks.strayed_removals.of(found.sites["example.com/m.hub.peers"])
    assert (told is None) == (strays is None)
    if told is not None and strays is not None:
        assert told.other.name == "names"
        assert (told.confidence > Confidence.LOW) == (strays > Confidence.LOW)


@pytest.mark.parametrize(
    ("leave", "by_age"),
    [
        ("for id, p := range h.peers { if time.Since(p.last) > time.Hour { delete(h.peers, id) } }", True),
        ("if h.peers[id].last.Before(time.Now()) { delete(h.peers, id) }", True),
        ("time.AfterFunc(time.Hour, func() { delete(h.peers, id) })", True),
        ("delete(h.peers, id)", False),
        ("if h.peers[id].gone { delete(h.peers, id) }", False),
        (
            "for id, p := range h.peers { if len(h.peers) > 9 && time.Since(p.last) > 1 { delete(h.peers, id) } }",
            False,
        ),
    ],
)
def test_entries_that_leave_by_age_alone(leave: str, by_age: bool) -> None:
    found = hub(
        f"func (h *hub) run(r *http.Request) {{ {ENTER} }}\nfunc (h *hub) leave(id string) {{ {leave} }}"
    )
    assert (found.leaks.aging_maps.of(found.sites["example.com/m.hub.peers"]) is not None) == by_age


@pytest.mark.parametrize(
    ("leave", "kept"),
    [
        ("clear(h.peers)", True),
        ("for id := range h.peers { delete(h.peers, id) }", True),
        ("for id := range h.peers { delete(h.peers, id); break }", False),
        ("h.peers = map[string]*peer{}", False),
        ("clear(h.peers); h.peers = map[string]*peer{}", False),
        ("if len(h.peers) > 9 { clear(h.peers) }", False),
        ("delete(h.peers, id)", False),
    ],
)
def test_maps_that_keep_their_tables(leave: str, kept: bool) -> None:
    found = hub(
        f"func (h *hub) run(r *http.Request) {{ {ENTER} }}\nfunc (h *hub) leave(id string) {{ {leave} }}"
    )
    assert (found.leaks.kept_tables.of(found.sites["example.com/m.hub.peers"]) is not None) == kept
