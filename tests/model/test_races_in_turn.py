"""Accesses in turn: tasks of one loop, goroutines for each of several objects, decided branches, hand-overs."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program
from test_races import found

MODULES = """
type Module interface { Serve() }
var modules = map[string]Module{"a": &alpha{}, "b": &beta{}}
var names map[string]int
type alpha struct{}
func (a *alpha) Serve() { names = map[string]int{}; names["a"]++ }
type beta struct{}
func (b *beta) Serve() { println("b") }
func keep(m Module) { %s }
func Run() { %s }
"""
EACH = "for _, m := range modules { go keep(m) }"
ONE = 'm := modules["a"]; for range 3 { go keep(m) }'


@pytest.mark.parametrize(
    ("keep", "run", "racy"),
    [("m.Serve()", EACH, False), ("m.Serve()", ONE, True), ("(&alpha{}).Serve()", EACH, True)],
)
def test_a_goroutine_for_each_of_several_objects_runs_the_method_of_each_once(
    keep: str, run: str, racy: bool
) -> None:
    kinds = {("unguarded", "alpha.Serve")} if racy else set()
    assert found(MODULES % (keep, run), "names") == kinds


DECIDED = """
type Registry struct { tasks chan func(); closing map[string]int }
func NewRegistry() *Registry { r := &Registry{make(chan func()), map[string]int{}}; go r.run(); return r }
func (r *Registry) run() { for { r.close("late", true) } }
func (r *Registry) Serve() { for range 3 { go r.Drop("x") } }
func (r *Registry) Drop(name string) { r.close(name, %s) }
func (r *Registry) close(name string, here bool) {
    if !here { r.tasks <- func() { println(name) }; return }
    r.closing[name]++
}
"""


@pytest.mark.parametrize(("here", "racy"), [("false", False), ("true", True), ('name == "y"', True)])
def test_a_branch_runs_for_those_alone_who_ask_for_it(here: str, racy: bool) -> None:
    kinds = {("unguarded", "Registry.close")} if racy else set()
    assert found(DECIDED % here, "Registry.closing") == kinds


TASKS = """
type Loop struct { tasks chan func() }
func NewLoop() *Loop { l := &Loop{tasks: make(chan func())}; %s; return l }
func (l *Loop) run() { for task := range l.tasks { task() } }
func (l *Loop) Do(task func()) { l.tasks <- task }
type Agent struct { mu sync.Mutex; loop *Loop; peers map[string]*Peer }
type Peer struct{}
func NewAgent() *Agent { return &Agent{loop: NewLoop(), peers: map[string]*Peer{}} }
func (a *Agent) Add(name string) { a.loop.Do(func() { a.peer(name) }) }
func (a *Agent) peer(name string) *Peer {
    p, ok := a.peers[name]
    if !ok { p = &Peer{}; a.peers[name] = p }
    return p
}
"""


@pytest.mark.parametrize(
    ("start", "racy"),
    [("go l.run()", False), ("for range 3 { go l.run() }", True), ("go l.run(); go l.run()", True)],
)
def test_tasks_that_one_goroutine_is_sent_are_done_in_turn(start: str, racy: bool) -> None:
    kinds = {("unguarded", "Agent.peer")} if racy else set()
    assert found(TASKS % start, "Agent.peers") == kinds


RUNNERS = """
func Run(names []string) {
    seen := map[string]int{}
    check := func() { for _, name := range names { seen[name]++ } }
    ready := make(chan bool)
    go func() { for range 3 { check(); %s }; %s }()
    go func() { %s; check() }()
    println("started")
}
"""


@pytest.mark.parametrize(
    ("inside", "behind", "first", "racy"),
    [
        ("println()", "ready <- true", "<-ready", False),
        ("println()", "close(ready)", "for range ready { println() }", False),
        ("ready <- true", "println()", "<-ready", True),
        ("println()", "ready <- true", "select { case <-ready: default: }", True),
        ("println()", "println()", "println()", True),
    ],
)
def test_a_goroutine_that_another_one_lets_go_on_comes_behind_it(
    inside: str, behind: str, first: str, racy: bool
) -> None:
    kinds = {("unguarded", "Run.func1")} if racy else set()
    assert found(RUNNERS % (inside, behind, first), "Run.seen") == kinds


def test_what_callers_outside_run_too_is_not_done_in_turn() -> None:
    direct = "func (a *Agent) Peer(name string) *Peer { return a.peer(name) }"
    assert found(TASKS % "go l.run()" + direct, "Agent.peers") == {("unguarded", "Agent.peer")}


CHOSEN = """
var names map[string]int
func fill() { for range 3 { names["a"]++ } }
func fillSlowly() { time.Sleep(1); fill() }
func main() { %s; select {} }
"""


@pytest.mark.parametrize(
    ("start", "racy"),
    [
        ("if time.Now().IsZero() { go fill() } else { go fillSlowly() }", False),
        ("if time.Now().IsZero() { go fill() }; go fillSlowly()", True),
        ("for range 3 { if time.Now().IsZero() { go fill() } else { go fillSlowly() } }", True),
    ],
)
def test_of_two_goroutines_in_opposite_branches_one_is_started(start: str, racy: bool) -> None:
    text = "package main\n" + IMPORTS.partition("package m\n")[2] + CHOSEN % start
    model = program({"m.go": text})
    assert bool(model.races.violations(model.sites["example.com/m.names"])) == racy


COUNTED = """
type Counts struct { byName map[string]int }
func (c *Counts) size() int { return len(c.byName) }
func (c *Counts) collect() { for { c.byName["a"]++ } }
func Run() { c := &Counts{byName: map[string]int{}}; go c.collect(); go look(c) }
func look(c *Counts) { look1(c) }
func look1(c *Counts) { println(c.size()) }
var pages = []func(http.ResponseWriter, *Counts){PAGES}
"""


def test_many_handlers_do_not_hide_a_goroutine() -> None:
    names = [f"page{i}" for i in range(30)]
    pages = [f"func {name}(w http.ResponseWriter, c *Counts) {{ println(c.size()) }}" for name in names]
    text = COUNTED.replace("PAGES", ", ".join(names)) + "\n".join(pages)
    assert ("unguarded", "Counts.size") in found(text, "Counts.byName")
