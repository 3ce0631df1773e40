"""Accesses that one goroutine does in turn, or of which one is over before the other begins."""

from __future__ import annotations

import pytest
from programs import program
from test_races import found

from maplint.finding import Confidence

LOOP = """
type Hub struct { mu sync.RWMutex; rooms map[string]int; joins chan string; ctx context.Context }
func (h *Hub) begin() { h.rooms = map[string]int{}; h.join("lobby"); go h.run()%s }
func (h *Hub) join(name string) { h.rooms[name]++ }
func (h *Hub) run() { for { select { case name := <-h.joins: h.join(name); case <-h.ctx.Done(): return } } }
"""
OWNER = """
type App struct { hub *Hub }
func (a *App) reload() { %s; a.hub.begin() }
func Main(a *App) { for { a.reload() } }
"""


def test_each_object_has_its_own_goroutine_though_its_owner_makes_it_again() -> None:
    made = "a.hub = &Hub{joins: make(chan string)}"
    assert found(LOOP % "" + OWNER % made, "Hub.rooms") == set()
    assert found(LOOP % "" + OWNER % "println()", "Hub.rooms")
    assert found(LOOP % "; go h.run()" + OWNER % made, "Hub.rooms")
    assert found(LOOP % "; h.join(`late`)" + OWNER % made, "Hub.rooms")


BEHIND = """
type Joiner interface { add(name string) }
type Table struct { mu sync.RWMutex; seats map[string]int }
func (t *Table) add(name string) { t.mu.RLock(); defer t.mu.RUnlock(); t.seats[name]++ }
type Waiter struct { table %s; names chan string }
func (w *Waiter) run() { for name := range w.names { w.table.add(name) } }
func Serve(table *Table) { w := &Waiter{table: %s}; go w.run() }
"""


def test_what_an_object_is_given_may_be_given_to_others_too() -> None:
    assert found(BEHIND % ("Joiner", "table"), "Table.seats") == {("read-lock", "Table.add")}
    assert found(BEHIND % ("*Table", "table"), "Table.seats") == {("read-lock", "Table.add")}
    assert found(BEHIND % ("Table", "Table{seats: map[string]int{}}"), "Table.seats") == set()


SCHEDULER = """
type Queue struct { mu sync.Mutex; state map[string]int; work chan string }
func (q *Queue) Start() { %s }
func (q *Queue) schedule() { for name := range q.work { q.add(name); q.pick() } }
func (q *Queue) add(name string) { q.mu.Lock(); q.state[name]++; q.mu.Unlock() }
func (q *Queue) drop(name string) { q.mu.Lock(); delete(q.state, name); q.mu.Unlock() }
func (q *Queue) pick() { for name := range q.state { q.drop(name); return } }
func (q *Queue) State() int { q.mu.Lock(); defer q.mu.Unlock(); return len(q.state) }
"""


@pytest.mark.parametrize(
    ("start", "racy"),
    [
        ("go q.schedule()", set()),
        ("for i := 0; i < 4; i++ { go q.schedule() }", {("unlocked-read", "Queue.pick")}),
        ("go q.schedule(); go q.schedule()", {("unlocked-read", "Queue.pick")}),
    ],
)
def test_the_goroutine_that_does_all_writes_reads_without_the_lock(
    start: str, racy: set[tuple[str, str]]
) -> None:
    assert found(SCHEDULER % start, "Queue.state") == racy
    outside = "func (q *Queue) Drop(name string) { q.drop(name) }"
    assert found(SCHEDULER % start + outside, "Queue.state") == {("unlocked-read", "Queue.pick")}


SENDER = """
type Node struct { mu sync.RWMutex; failed map[string]int; sends chan string }
func (n *Node) start() { n.failed = map[string]int{}; go n.run()%s }
func (n *Node) run() { for name := range n.sends { n.send(name) } }
func (n *Node) send(name string) { n.mu.RLock(); defer n.mu.RUnlock(); n.failed[name]++ }
func NewNode() *Node { n := &Node{}; n.start(); return n }
"""


def test_one_goroutine_alone_may_write_under_the_read_lock() -> None:
    assert found(SENDER % "", "Node.failed") == set()
    assert found(SENDER % "; go n.run()", "Node.failed") == {("read-lock", "Node.send")}


TOKEN = """
type Relay struct { servers map[string]int; events chan string; stopped chan struct{} }
func (r *Relay) prepare() { r.stopped = make(chan struct{}, %s); r.stopped <- struct{}{} }
func (r *Relay) Handle(event string) {
    for { select { case r.events <- event: return; case <-r.stopped: go r.loop() } }
}
func (r *Relay) loop() {
    defer func() { r.stopped <- struct{}{} }()
    for name := range r.events { %s }
}
func (r *Relay) set(name string) { r.servers[name]++ }
var relay = &Relay{}
func Serve(w http.ResponseWriter, q *http.Request) { relay.Handle(q.URL.Path) }
func Routes(mux *http.ServeMux) { mux.HandleFunc("/", Serve) }
"""


def test_who_starts_with_the_only_token_runs_alone() -> None:
    assert found(TOKEN % ("1", "r.set(name)"), "Relay.servers") == set()
    assert found(TOKEN % ("2", "r.set(name)"), "Relay.servers") == {("unguarded", "Relay.set")}
    assert found(TOKEN % ("1", "go r.set(name)"), "Relay.servers") == {("unguarded", "Relay.set")}


LATCH = """
type Proxy struct { targets map[string]int }
func (p *Proxy) follow(name string) { p.targets[name]++ }
func Watch(names chan string) {
    p := &Proxy{targets: map[string]int{}}
    ready := false
    for name := range names {
        if !ready {
            %s
            go p.follow(name)
        }
    }
}
"""


def test_a_variable_that_stays_true_lets_a_loop_start_one_goroutine() -> None:
    assert found(LATCH % "ready = true", "Proxy.targets") == set()
    assert found(LATCH % "ready = name == ``", "Proxy.targets") == {("unguarded", "Proxy.follow")}


def of_files(text: str, site: str) -> set[tuple[str, str]]:
    """The same as `found` for a whole file."""
    model = program({"m.go": text})
    prefix = "example.com/m."
    return {
        (one.kind, one.access.function.symbol.removeprefix(prefix))
        for one in model.races.violations(model.sites[prefix + site])
        if one.confidence >= Confidence.MEDIUM
    }


WALK = """
package m
import "example.org/tree"
func Count(root string) {
    sizes := map[string]int{}
    enter := func(name string) { sizes[name]++ }
    leave := func(name string) { println(sizes[name]); delete(sizes, name) }
    %s
}
"""


def test_callbacks_that_nobody_knows_to_run_at_once_are_believed_to_take_turns() -> None:
    assert (
        of_files(WALK % "tree.Walk(root, &tree.Options{Enter: enter, Leave: leave})", "Count.sizes") == set()
    )
    assert of_files(WALK % "go enter(root); go leave(root); _ = tree.Walk", "Count.sizes")


COMMAND = """
package main
import "example.org/cli"
type Config struct { ports map[string]int }
func (c *Config) complete() { c.ports = map[string]int{} }
func serve(c *Config) { c.complete(); go watch(c) }
func watch(c *Config) { for { println(c.ports["http"]) } }
func check(c *Config) *cli.%s { return &cli.%s{Run: func() { c.complete(); watch(c) }} }
func main() {
    config := &Config{}
    root := &cli.%s{Run: func() { serve(config) }}
    root.Add(check(config))
    cli.Execute(root)
}
"""


def test_of_the_commands_of_a_program_one_is_run() -> None:
    assert of_files(COMMAND % (("Command",) * 3), "Config.ports") == set()
    assert of_files(COMMAND % (("Hook",) * 3), "Config.ports") == {
        ("unguarded", "Config.complete"),
        ("unguarded", "watch"),
    }


HOOKS = """
package m
import ("sync"; "example.org/host")
type Zones struct { mu sync.RWMutex; zones map[string]int }
func (z *Zones) add(name string) { z.mu.Lock(); defer z.mu.Unlock(); z.zones[name] = 1 }
type Auto struct { z *Zones }
func (a *Auto) walk() { if a.z.zones["a"] == 0 { a.z.add("a") } }
func (a *Auto) Get(name string) int { a.z.mu.RLock(); defer a.z.mu.RUnlock(); return a.z.zones[name] }
func Set(h *host.Host, zones *Zones) {
    a := &Auto{z: %s}
    h.%s(func() { a.walk(); go func() { for { a.walk() } }(); %s })
}
"""


@pytest.mark.parametrize(
    ("zones", "register", "after", "racy"),
    [
        ("&Zones{}", "OnStartup", "", False),
        ("zones", "OnStartup", "", True),
        ("&Zones{}", "OnRequest", "", True),
        ("&Zones{}", "OnStartup", "a.walk()", True),
    ],
)
def test_what_runs_once_before_its_goroutine_does_is_over_by_then(
    zones: str, register: str, after: str, racy: bool
) -> None:
    text = HOOKS % (zones, register, after)
    assert of_files(text, "Zones.zones") == ({("unlocked-read", "Auto.walk")} if racy else set())


HANDED = """
type Monitor struct { pids map[string]string }
func (m *Monitor) Start() { m.pids = map[string]string{}; go m.watch() }
func (m *Monitor) watch() { for { m.check() } }
func (m *Monitor) check() { go m.read(m.pids); %s }
func (m *Monitor) read(pids map[string]string) { for { println(len(pids)) } }
"""


def test_a_goroutine_keeps_the_map_that_it_was_handed_when_another_takes_its_place() -> None:
    assert found(HANDED % "m.pids = map[string]string{}", "Monitor.pids") == set()
    assert found(HANDED % "m.pids[`a`] = `b`", "Monitor.pids") == {
        ("unguarded", "Monitor.check"),
        ("unguarded", "Monitor.read"),
    }


PUBLISH = """
type Session struct { tracks map[string]int; ready chan struct{}; ctx context.Context }
func (s *Session) publish(names []string) {
    s.tracks = map[string]int{}
    for _, name := range names { s.tracks[name] = 1 }
    %s
}
func (s *Session) read(name string) {
    select { case <-s.ready: case <-s.ctx.Done(): %s }
    println(s.tracks[name])
}
func (s *Session) Start(names []string) {
    for _, name := range names { go s.publish(names); go s.read(name) }
}
"""


@pytest.mark.parametrize(
    ("publish", "leave", "racy"),
    [
        ("close(s.ready)", "return", set()),
        ("close(s.ready)", "", {"Session.publish", "Session.read"}),
        ("s.ready <- struct{}{}", "return", {"Session.publish", "Session.read"}),
    ],
)
def test_a_channel_that_is_closed_publishes_what_was_written_before(
    publish: str, leave: str, racy: set[str]
) -> None:
    assert {name for _, name in found(PUBLISH % (publish, leave), "Session.tracks")} == racy


FILTER = """
func Filter(metas map[string]int) {
    groups, dups := make(chan string), make(chan string)
    var wg sync.WaitGroup
    wg.Add(2)
    go func() { defer wg.Done(); for dup := range dups { delete(metas, dup) } }()
    go func() { defer wg.Done(); for group := range groups { check(group, dups) } }()
    names := []string{}
    %s
    for _, name := range names { groups <- name; %s }
    close(groups)
    wg.Wait()
}
func check(group string, dups chan string) { dups <- group }
func Run() { metas := map[string]int{}; Filter(metas) }
"""


def test_a_goroutine_that_waits_for_what_is_sent_afterwards_comes_later() -> None:
    copy = "for name := range metas { names = append(names, name) }"
    assert found(FILTER % (copy, ""), "Filter.metas") == set()
    assert found(FILTER % ("dups <- ``; " + copy, ""), "Filter.metas")
    assert found(FILTER % (copy, "println(metas[name])"), "Filter.metas")
