"""Objects that a function has for itself: made for it, copied, returned by name, not handed on yet."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program
from test_races import STORE, found

from maplint.finding import Confidence

LOADER = """
type Sessions struct { mu sync.Mutex; open map[string]int }
func NewSessions() *Sessions { s := &Sessions{open: map[string]int{}}; each(s.loader()); return s }
func (s *Sessions) loader() func(string) { return func(token string) { s.open[token] = 1 } }
func each(do func(string)) { do("a") }
func (s *Sessions) Open(token string) { s.mu.Lock(); defer s.mu.Unlock(); s.open[token] = 2 }
func (s *Sessions) Close(token string) { s.mu.Lock(); defer s.mu.Unlock(); delete(s.open, token) }
"""


def test_a_literal_that_a_method_makes_for_the_constructor_is_the_constructors() -> None:
    assert found(LOADER, "Sessions.open") == set()
    again = found(LOADER + "func (s *Sessions) Reload() { each(s.loader()) }", "Sessions.open")
    assert again == {("inconsistent", "Sessions.loader.func1")}


DEFERRED = """
type Entry struct { mu sync.Mutex; tags map[string]int }
func (e *Entry) Tag(name string) { e.mu.Lock(); defer e.mu.Unlock(); e.tags[name]++ }
func (e *Entry) Untag(name string) { e.mu.Lock(); defer e.mu.Unlock(); delete(e.tags, name) }
func decode(e *Entry) { defer complete(e); %s }
func complete(e *Entry) { e.tags["read"] = 1 }
func Read() *Entry { e := &Entry{}; decode(e); return e }
var seen = make(chan *Entry)
"""


def test_an_object_is_its_functions_own_in_a_deferred_call_if_nobody_gets_it_before() -> None:
    assert found(DEFERRED % "println()", "Entry.tags") == set()
    assert found(DEFERRED % "seen <- e", "Entry.tags") == {("inconsistent", "complete")}


HANDED_OUT = """
type Jobs struct { mu sync.Mutex; names map[string]int }
func (j *Jobs) add(name string) { j.mu.Lock(); defer j.mu.Unlock(); j.names[name]++ }
func (j *Jobs) has(name string) int { j.mu.Lock(); defer j.mu.Unlock(); return j.names[name] }
func Push() int { j := &Jobs{names: map[string]int{}}; %s; return len(j.names) }
"""


def test_what_a_library_may_or_may_not_keep_shares_nothing() -> None:
    add = "func() { j.add(`a`); j.has(`a`) }"
    pushed = HANDED_OUT % f"remote.Handle({add})"
    assert found(f"{pushed}\nvar remote other.Pusher", "Jobs.names") == set()
    assert found(HANDED_OUT % f"go {add}()", "Jobs.names") == {("unlocked-read", "Push")}


def test_what_a_function_makes_meets_only_what_it_starts() -> None:
    add, look = "func() { j.add(`a`) }", "func() { j.has(`a`) }"
    looking = HANDED_OUT % f"go {look}(); remote.Handle({add})"
    assert found(f"{looking}\nvar remote other.Pusher", "Jobs.names") == set()
    adding = HANDED_OUT % f"go {add}(); remote.Handle({look})"
    assert found(f"{adding}\nvar remote other.Pusher", "Jobs.names") == {("unlocked-read", "Push")}


STATUS = """
type Info struct { mu sync.Mutex; sites map[string]int }
type System struct { mu sync.RWMutex; peers []string; last Info }
func (s *System) Status() (info Info) { s.mu.RLock(); defer s.mu.RUnlock(); %s; return }
func fill(info *Info, peers []string) { for _, peer := range peers { info.sites[peer]++ } }
"""


def test_a_struct_that_a_function_returns_by_name_is_its_own_until_then() -> None:
    filled = "info.sites = map[string]int{}; fill(&info, s.peers); info.sites[`all`] = 1"
    assert found(STATUS % filled, "Info.sites") == set()
    shared = "s.last.sites = map[string]int{}; fill(&s.last, s.peers); s.last.sites[`all`] = 1"
    assert found(STATUS % shared, "Info.sites")


COPIES = """
type Options struct { targets map[string]int }
func (o *Options) reset() { o.targets = map[string]int{} }
func each(pool int, o %s) { o.reset(); println(len(o.targets)) }
func Delete(pools []int, o Options) { for _, pool := range pools { go each(pool, %so) } }
"""


def test_another_map_in_a_struct_that_was_handed_over_by_value_is_seen_by_nobody_else() -> None:
    assert found(COPIES % ("Options", ""), "Options.targets") == set()
    assert found(COPIES % ("*Options", "&"), "Options.targets") == {
        ("unguarded", "Options.reset"),
        ("unguarded", "each"),
    }


SCOPE = """
type Scope struct { mu *sync.Mutex; labels map[string]int }
func (s *Scope) Set(key string) { s.mu.Lock(); defer s.mu.Unlock(); s.labels[key] = 1 }
func (s *Scope) Drop(key string) { s.mu.Lock(); defer s.mu.Unlock(); delete(s.labels, key) }
func (s *Scope) all() map[string]int { s.mu.Lock(); defer s.mu.Unlock(); return maps.Clone(s.labels) }
func (s *Scope) copy() *Scope { out := *s; %s; return &out }
func (s *Scope) With(key string) *Scope { %s; out.labels[key] = 1; return out }
var seen = make(chan *Scope)
"""


@pytest.mark.parametrize(
    ("copies", "begins", "racy"),
    [
        ("out.labels = s.all()", "out := s.copy()", False),
        ("out.labels = maps.Clone(out.labels)", "out := s.copy()", False),
        ("println()", "own := *s; own.labels = map[string]int{}; out := &own", False),
        ("println()", "out := s.copy()", True),
        ("out.labels = s.labels", "out := s.copy()", True),
        ("if len(s.labels) > 9 { out.labels = s.all() }", "out := s.copy()", True),
        ("out.labels = s.all()", "out := s.copy(); seen <- out", True),
    ],
)
def test_a_copy_of_a_struct_with_a_new_map_is_the_functions_own(copies: str, begins: str, racy: bool) -> None:
    imports = IMPORTS.replace('"iter"', '"iter"\n    "maps"')
    model = program({"m.go": imports + SCOPE % (copies, begins)})
    violations = model.races.violations(model.sites["example.com/m.Scope.labels"])
    in_with = [one for one in violations if one.access.function.name == "With"]
    assert bool(in_with) is racy


FIRST = """
type Finder struct { mu sync.Mutex; peers map[string]int }
func (f *Finder) watch(c *Client) { f.peers = map[string]int{}; go f.listen(c) }
func (f *Finder) listen(c *Client) { for name := range c.names { f.mu.Lock(); f.peers[name]++; f.mu.Unlock() } }
func (f *Finder) Peers() int { f.mu.Lock(); defer f.mu.Unlock(); return len(f.peers) }
type Client struct { finder *Finder; names chan string }
func NewClient() *Client { c := &Client{}; go println(c); %s; return c }
func (c *Client) Restart() { %s }
"""


@pytest.mark.parametrize(
    ("new", "restart", "kinds"),
    [
        ("c.finder = &Finder{}; c.finder.watch(c)", "println()", set()),
        ("c.finder = &Finder{}", "c.finder.watch(c)", {("inconsistent", "Finder.watch")}),
        (
            "c.finder = &Finder{}; go c.finder.listen(c); c.finder.watch(c)",
            "println()",
            {("inconsistent", "Finder.watch")},
        ),
    ],
)
def test_a_part_that_an_object_has_just_been_given_is_nobody_elses(
    new: str, restart: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(FIRST % (new, restart), "Finder.peers") == kinds


LOADED = """
type DB struct { conn *unknown.Conn }
func each(visit func(string)) func(*unknown.Tx) error {
    return func(tx *unknown.Tx) error { visit(tx.Name()); return nil }
}
func (db *DB) GetAll(visit func(string)) { db.conn.View(each(visit)) }
func NewStore(db *DB) *Store {
    s := &Store{items: map[string]int{}}
    s.load(db)
    return s
}
func (s *Store) load(db *DB) { db.GetAll(func(name string) { s.items[name] = 1 }) }
func (db *DB) page(w http.ResponseWriter, r *http.Request) {
    db.GetAll(func(name string) { println(name) })
    %s
}
func Serve(db *DB) { http.HandleFunc("/", db.page); shared = NewStore(db) }
var shared *Store
"""


def test_what_a_made_function_runs_was_handed_to_the_maker_and_not_to_its_other_callers() -> None:
    assert found(STORE + LOADED % "") == set()
    assert found(STORE + LOADED % "shared.load(db)") == {("inconsistent", "Store.load.func1")}


ROUNDS = """
type pusher struct { mu sync.Mutex; layers map[string]int }
func newPusher() *pusher { return &pusher{} }
func (p *pusher) push() error { p.layers = map[string]int{}; go p.work(); return nil }
func (p *pusher) work() { p.mu.Lock(); defer p.mu.Unlock(); p.layers["a"] = 1; delete(p.layers, "b") }
func Push(names []string) { %s }
"""


@pytest.mark.parametrize(
    ("body", "racy"),
    [
        ("for range names { if newPusher().push() == nil { return } }", False),
        ("for range names { p := newPusher(); if p.push() == nil { return } }", False),
        ("p := newPusher(); for range names { if p.push() == nil { return } }", True),
    ],
)
def test_what_each_round_of_a_loop_makes_is_its_own_at_first(body: str, racy: bool) -> None:
    assert bool(found(ROUNDS % body, "pusher.layers", Confidence.LOW)) is racy


AGAIN = """
type runner struct { quiet map[string]int }
func newRunner() *runner { r := &runner{quiet: map[string]int{}}; all = append(all, r); return r }
var all []*runner
func (r *runner) start() { r.quiet["a"] = 1; println(r.quiet["b"]) }
func Run(reload chan bool) {
    r := newRunner()
    go r.start()
    for range reload { %s; go r.start() }
}
"""


@pytest.mark.parametrize(("makes", "racy"), [("r = newRunner()", False), ("println(r)", True)])
def test_what_each_round_puts_in_the_place_of_the_last_is_its_own(makes: str, racy: bool) -> None:
    assert bool(found(AGAIN % makes, "runner.quiet")) is racy


SETTING = """
type options struct { names map[string]bool }
var defaults options
func WithNames(names ...string) func(*options) {
    return func(o *options) { o.names = map[string]bool{names[0]: true} }
}
func apply(given []func(*options)) options {
    set := %s
    for _, one := range given { one(%s) }
    return set
}
func Serve(w http.ResponseWriter, r *http.Request) { println(apply([]func(*options){WithNames(r.Host)}).names) }
func main() { http.HandleFunc("/", Serve) }
"""


@pytest.mark.parametrize(
    ("copied", "handed", "racy"), [("defaults", "&set", False), ("defaults", "&defaults", True)]
)
def test_options_that_are_set_in_a_copy_are_its_own(copied: str, handed: str, racy: bool) -> None:
    assert bool(found(SETTING % (copied, handed), "options.names", Confidence.LOW)) is racy


WATCHED = """
type handler struct { out chan string; attrs map[string]string }
func newHandler(out chan string, attrs map[string]string) *handler { return &handler{out: out, attrs: attrs} }
func (h *handler) with(out chan string) *handler { return &handler{out: out, attrs: h.attrs} }
func (h *handler) Handle(text string) { if h.attrs != nil { h.attrs["text"] = text }; h.out <- text }
func Serve(w http.ResponseWriter, r *http.Request) { shared.Handle(r.Host); shared.with(nil).Handle("again") }
var shared = newHandler(nil, %s)
func main() { http.HandleFunc("/", Serve) }
"""


@pytest.mark.parametrize(("given", "racy"), [("nil", False), ("map[string]string{}", True)])
def test_a_map_that_only_tests_hand_in_is_not_there(given: str, racy: bool) -> None:
    assert bool(found(WATCHED % given, "handler.attrs")) is racy


GROUPS = """package osutil

var groups = map[string]int{}

func LookupGroup(name string) int {
    if _, ok := groups[name]; !ok { groups[name] = len(name) }
    return groups[name]
}

func LookupUser(name string) int { return len(name) }
"""
COMMAND = """package main

import "example.com/m/osutil"

func main() { for { go %s } }
"""


@pytest.mark.parametrize(
    ("main", "racy"),
    [
        ("", True),
        (COMMAND % 'osutil.LookupUser("a")', False),
        (COMMAND % 'osutil.LookupGroup("a")', True),
    ],
)
def test_a_look_up_that_the_commands_do_not_call_is_called_by_nobody(main: str, racy: bool) -> None:
    model = program({"osutil/user.go": GROUPS} | ({"main.go": main} if main else {}))
    violations = model.races.violations(model.sites["example.com/m/osutil.groups"])
    assert bool([one for one in violations if one.confidence >= Confidence.MEDIUM]) is racy


PARTS = """
type Queue struct {{ tasks chan string; owner *Server }}
func (q *Queue) run() {{ for task := range q.tasks {{ println(task) }} }}
type Server struct {{ mu sync.Mutex; names map[string]int; queue *Queue }}
func (s *Server) add(name string) {{ s.mu.Lock(); defer s.mu.Unlock(); s.names[name]++ }}
func (s *Server) has(name string) int {{ s.mu.Lock(); defer s.mu.Unlock(); return s.names[name] }}
func (s *Server) fill() {{ s.names["a"] = 1 }}
func Open() *Server {{
    s := &Server{{names: map[string]int{{}}, queue: &Queue{{}}}}
    {before}
    go {runs}
    s.names["b"] = 2
    s.fill()
    return s
}}
func Serve(s *Server, name string) {{ s.add(name); s.has(name) }}
"""


@pytest.mark.parametrize(
    ("before", "runs", "racy"),
    [
        ("", "s.queue.run()", False),
        ("queue := s.queue", "func() { queue.run() }()", False),
        ("s.queue.owner = s", "s.queue.run()", True),
        ("s.queue = &Queue{owner: s}", "s.queue.run()", True),
        ("", "s.add(`c`)", True),
        ("", "func() { s.queue.run() }()", True),
    ],
)
def test_who_is_given_a_part_of_an_object_does_not_see_the_rest(before: str, runs: str, racy: bool) -> None:
    kinds = found(PARTS.format(before=before, runs=runs), "Server.names")
    assert (("inconsistent", "Server.fill") in kinds) is racy


BEGUN = """
type Tree struct { mu sync.Mutex; layers map[string]int }
func (t *Tree) put(name string) { t.mu.Lock(); defer t.mu.Unlock(); t.layers[name] = 1 }
func (t *Tree) has(name string) int { t.mu.Lock(); defer t.mu.Unlock(); return t.layers[name] }
func (t *Tree) count() int { n := 0; for range t.layers { n++ }; return n }
func begin(n int, t *Tree) { go t.put("a"); println(n) }
func New() *Tree { t := &Tree{layers: map[string]int{}}; %s; return t }
func Use(t *Tree) { t.put("b"); t.has("b") }
"""


def test_what_a_call_is_given_is_worked_out_before_it_starts_anything() -> None:
    assert found(BEGUN % "begin(t.count(), t)", "Tree.layers") == set()
    behind = found(BEGUN % "begin(0, t); t.count()", "Tree.layers")
    assert behind == {("unlocked-read", "Tree.count")}
