"""Accesses in turn: tasks of one loop, goroutines for each of several objects, decided branches, hand-overs."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program
from test_races import found

from maplint.finding import Confidence

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
    assert found(TASKS % start, "Agent.peers", Confidence.LOW) == kinds


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
    assert found(TASKS % "go l.run()" + direct, "Agent.peers", Confidence.LOW) == {
        ("unguarded", "Agent.peer")
    }


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


NODES = """
type receiver interface { Point(name string); Finish() }
type consumer struct { in chan string; r receiver }
type Consumer interface { Consume() }
func newConsumer(in chan string, r receiver) Consumer { return &consumer{in: in, r: r} }
type named struct { from Consumer }
func (n *named) Consume() { n.from.Consume() }
func newNamed(in chan string, r receiver) Consumer { return &named{from: newConsumer(in, r)} }
func newCounted(in chan string, r receiver) Consumer { return newConsumer(in, r) }
func (c *consumer) Consume() { for name := range c.in { c.r.Point(name) }; c.r.Finish() }
type node struct { in chan string; runF func() }
func (n *node) start() { go func() { n.runF() }() }
type Group struct { node; mu sync.Mutex; seen map[string]int }
func NewGroup() *Group { g := &Group{seen: map[string]int{}}; g.node.runF = g.run; return g }
func (g *Group) run() { c := newCounted(g.in, g); %s }
func (g *Group) Point(name string) { g.mu.Lock(); g.seen[name]++; delete(g.seen, ""); g.mu.Unlock() }
func (g *Group) Finish() { for range g.seen { } }
func (g *Group) Size() int { g.mu.Lock(); defer g.mu.Unlock(); return len(g.seen) }
type Log struct { node; lines []string }
func NewLog() *Log { l := &Log{}; l.node.runF = l.run; return l }
func (l *Log) run() { c := newNamed(l.in, l); c.Consume() }
func (l *Log) Point(name string) { l.lines = append(l.lines, name) }
func (l *Log) Finish() { println(len(l.lines)) }
type starter interface { start() }
func Serve() { for _, n := range []starter{NewGroup(), NewLog()} { n.start() } }
"""


@pytest.mark.parametrize(
    ("run", "racy"),
    [("c.Consume()", False), ("go c.Consume(); c.Consume()", True), ("go g.Finish(); c.Consume()", True)],
)
def test_what_an_object_that_has_one_goroutine_hands_itself_to_runs_in_it(run: str, racy: bool) -> None:
    kinds = {("unlocked-read", "Group.Finish")} if racy else set()
    assert found(NODES % run, "Group.seen") == kinds


def test_a_look_up_that_one_goroutine_makes_inserts_in_turn() -> None:
    asked = NODES.replace("seen map[string]int }", "seen, sizes map[string]int }").replace(
        "g.mu.Unlock() }\nfunc (g *Group) Finish", "g.mu.Unlock(); g.size(name) }\nfunc (g *Group) Finish"
    )
    asked += """
    func (g *Group) size(name string) int {
        n, ok := g.sizes[name]
        if !ok { n = len(name); g.sizes[name] = n }
        return n
    }
    """
    assert found(asked % "c.Consume()", "Group.sizes", Confidence.LOW) == set()
    assert found(asked % "go c.Consume(); c.Consume()", "Group.sizes", Confidence.LOW) == {
        ("unguarded", "Group.size")
    }


INFORMED = """
package m

import "k8s.io/client-go/tools/cache"

func Watch(lw cache.ListerWatcher, stop chan struct{}, waiting map[string]bool) {
    done := func(obj any) { delete(waiting, obj.(string)) }
    _, c := cache.NewInformerWithOptions(cache.InformerOptions{Handler: cache.ResourceEventHandlerFuncs{
        AddFunc: done,
        %s
        UpdateFunc: func(_, obj any) { done(obj) },
    }})
    c.Run(stop)
}
"""
ANOTHER = (
    "}}); _, c = cache.NewInformerWithOptions(cache.InformerOptions{Handler: cache.ResourceEventHandlerFuncs{"
)


@pytest.mark.parametrize(("between", "kinds"), [("", set()), (ANOTHER, {"unguarded"})])
def test_handlers_of_one_informer_run_one_after_another(between: str, kinds: set[str]) -> None:
    model = program({"m.go": INFORMED % between})
    found = model.races.violations(model.sites["example.com/m.Watch.waiting"])
    assert {one.kind for one in found} == kinds


NOTIFIER = """
type Notifier struct {{ clients map[string]int; added chan string }}
var Shared = &Notifier{{clients: map[string]int{{}}}}
func (n *Notifier) Start() {{ go n.dispatch({given}) }}
func (n *Notifier) StartUnsafe() {{ println("unsafe"); go n.dispatch({given}) }}
func (n *Notifier) dispatch({params}) {{ for name := range n.added {{ n.clients[name]++ }} }}
"""


def test_of_two_ways_to_start_one_loop_an_object_sees_either() -> None:
    assert found(NOTIFIER.format(given="", params=""), "Notifier.clients") == set()
    tasks = NOTIFIER.format(given="`a`", params="task string")
    assert found(tasks, "Notifier.clients") == {("unguarded", "Notifier.dispatch")}
