"""Goroutines that are over when an access comes: groups, pipes, parts of what a function makes."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program
from test_races import found

from maplint.finding import Confidence

GROUP = """
type Group struct { wg sync.WaitGroup }
func (g *Group) Go(f func()) { g.wg.Add(1); go func() { defer g.wg.Done(); f() }() }
func (g *Group) Wait() { g.wg.Wait() }
type Counts struct { mu sync.Mutex; words map[string]int }
func (c *Counts) add(word string) { c.mu.Lock(); defer c.mu.Unlock(); c.words[word]++ }
func (c *Counts) top() (n int) { for _, each := range c.words { n += each }; return n }
func Top() int { c := &Counts{words: map[string]int{}}; scan(func() { c.add("go") }); return c.top() }
"""


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("g := &Group{}; g.Go(f); g.Go(f); g.Wait()", set()),
        ("g := &Group{}; defer g.Wait(); g.Go(f)", set()),
        ("g := &Group{}; g.Go(f); g.Go(f)", {("unlocked-read", "Counts.top")}),
        ("g := &Group{}; g.Wait(); g.Go(f)", {("unlocked-read", "Counts.top")}),
    ],
)
def test_a_function_that_waits_for_a_group_ends_with_its_goroutines(
    body: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(GROUP + f"func scan(f func()) {{ {body} }}", "Counts.words") == kinds


PARTS = """
type Group struct { wg sync.WaitGroup }
func (g *Group) Go(f func()) { g.wg.Add(1); go func() { defer g.wg.Done(); f() }() }
func (g *Group) Wait() { g.wg.Wait() }
type Counts struct { mu sync.Mutex; words map[string]int }
func (c *Counts) add(word string) { c.mu.Lock(); defer c.mu.Unlock(); c.words[word]++ }
func (c *Counts) size() int { return len(c.words) }
type Column struct { counts *Counts }
func (c *Column) begin() { c.counts = &Counts{words: map[string]int{}} }
func made() map[string]Column { c := Column{}; c.begin(); return map[string]Column{"a": c} }
func sizes(all map[string]Column) (n int) { for _, c := range all { n += c.counts.size() }; return n }
func fill(all map[string]Column) { for _, c := range all { c.counts.add("go") } }
func scan(f func()) { g := &Group{}; g.Go(f); %s }
func Report() int { all := %s; scan(func() { fill(all) }); return sizes(all) }
var shared = made()
"""


@pytest.mark.parametrize(
    ("wait", "made", "racy"),
    [
        ("g.Wait()", "made()", False),
        ("println()", "made()", True),
        ("g.Wait()", "shared", True),
    ],
)
def test_parts_of_what_a_function_makes_are_waited_for_with_it(wait: str, made: str, racy: bool) -> None:
    kinds = {("unlocked-read", "Counts.size")} if racy else set()
    assert found(PARTS % (wait, made), "Counts.words") == kinds


DONE = """
func Count(names []string) {
    var group sync.WaitGroup
    seen := map[string]int{}
    work := make(chan string)
    group.Add(len(names))
    go func() { %s; println(len(seen)) }()
    go func() { for name := range work { %s } }()
    for _, name := range names { work <- name }
}
"""


@pytest.mark.parametrize(
    ("waits", "does", "racy"),
    [
        ("group.Wait()", "seen[name]++; group.Done()", False),
        ("group.Wait()", "defer group.Done(); seen[name]++", False),
        ("group.Wait()", "group.Done(); seen[name]++", True),
        ("println()", "seen[name]++; group.Done()", True),
        ("if len(names) > 1 { group.Wait() }", "seen[name]++; group.Done()", True),
    ],
)
def test_who_waits_until_a_group_is_done_comes_behind_it(waits: str, does: str, racy: bool) -> None:
    both = {("unguarded", "Count.func1"), ("unguarded", "Count.func2")}
    assert found(DONE % (waits, does), "Count.seen") == (both if racy else set())


PIPE = """
type Names struct { seen map[string]int }
func (n *Names) hide(name string) int { n.seen[name]++; return n.seen[name] }
type Report struct { names *Names }
func (r *Report) All() { for { r.add(); r.addAgain() } }
func (r *Report) add() { reader, writer := io.Pipe(); go r.feed(writer); %s }
func (r *Report) addAgain() { reader, writer := io.Pipe(); go func() { r.feed(writer) }(); %s }
func (r *Report) feed(writer *io.PipeWriter) { defer writer.Close(); r.names.hide("a") }
"""


def test_who_drains_a_pipe_waits_for_the_goroutine_that_fills_it() -> None:
    imports = IMPORTS.replace('"iter"', '"io"\n    "iter"')
    drained, kept = "io.Copy(io.Discard, reader)", "_ = reader"
    for body, racy in ((drained, False), (kept, True)):
        model = program({"m.go": imports + PIPE % (body, body)})
        violations = model.races.violations(model.sites["example.com/m.Names.seen"])
        assert any(one.confidence >= Confidence.MEDIUM for one in violations) is racy


STREAM = """
type Proxy struct { mu sync.Mutex; watched map[string]int }
func (p *Proxy) watch(name string) { p.mu.Lock(); defer p.mu.Unlock(); p.watched[name]++ }
func (p *Proxy) push() (n int) { for _, each := range p.watched { n += each }; return n }
type Conn struct { proxy *Proxy }
type Server struct { known map[string]*Proxy; conns chan *Conn }
func (s *Server) Stream(names chan string) {
    c := &Conn{}
    c.proxy = s.known["a"]
    s.conns <- c
    for name := range names { c.proxy.watch(name); c.proxy.push() }
}
"""


def test_what_is_kept_elsewhere_too_may_be_used_by_those_who_are_not_seen() -> None:
    assert found(STREAM, "Proxy.watched") == {("unlocked-read", "Proxy.push")}


CLOSED = """
type Tracker struct { mu sync.Mutex; other, wg sync.WaitGroup; stop chan string; seen map[string]int }
func (t *Tracker) Start() { t.wg.Add(1); go t.loop() }
func (t *Tracker) loop() { %s; for event := range t.stop { t.mu.Lock(); t.seen[event]++; t.mu.Unlock() } }
func (t *Tracker) wait() { t.wg.Wait() }
func (t *Tracker) Has(event string) bool { t.mu.Lock(); defer t.mu.Unlock(); return t.seen[event] > 0 }
func (t *Tracker) Close() int { close(t.stop); %s; return len(t.seen) }
"""


@pytest.mark.parametrize(
    ("done", "wait", "racy"),
    [
        ("defer t.wg.Done()", "t.wg.Wait()", False),
        ("defer t.wg.Done()", "t.wait()", False),
        ("defer t.wg.Done()", "if t.stop != nil { t.wg.Wait() }", False),
        ("defer t.wg.Done()", "if len(t.stop) > 3 { t.wg.Wait() }", True),
        ("defer t.wg.Done()", "defer t.wg.Wait()", True),
        ("defer t.wg.Done()", "t.other.Wait()", True),
        ("t.wg.Done()", "t.wg.Wait()", True),
    ],
)
def test_behind_a_wait_for_a_group_its_goroutines_are_over(done: str, wait: str, racy: bool) -> None:
    kinds = {("unlocked-read", "Tracker.Close")} if racy else set()
    assert found(CLOSED % (done, wait), "Tracker.seen") == kinds


HANDED_OUT = """
type Loop struct { mu sync.Mutex; wg sync.WaitGroup; stop chan string; seen map[string]int }
func (l *Loop) Start() { l.wg.Add(1); go l.run() }
func (l *Loop) run() {
    defer l.wg.Done()
    for name := range l.stop { l.mu.Lock(); l.seen[name]++; l.mu.Unlock() }
}
func (l *Loop) all() map[string]int { l.mu.Lock(); defer l.mu.Unlock(); return l.seen }
func (l *Loop) Close() int { close(l.stop); %s; return len(l.all()) }
"""


@pytest.mark.parametrize(("wait", "racy"), [("l.wg.Wait()", False), ("println()", True)])
def test_a_map_that_is_handed_out_when_its_writers_are_over_is_no_escape(wait: str, racy: bool) -> None:
    kinds = {("escape", "Loop.all")} if racy else set()
    assert found(HANDED_OUT % wait, "Loop.seen") == kinds


NESTED = """
type Counts struct { mu sync.Mutex; words map[string]int }
func (c *Counts) add(word string) { c.mu.Lock(); defer c.mu.Unlock(); c.words[word]++ }
func (c *Counts) top() (n int) { for _, each := range c.words { n += each }; return n }
func scan(c *Counts, words []string) {
    var all, rest sync.WaitGroup
    all.Go(func() { for _, word := range words { %s.Go(func() { c.add(word) }) } })
    all.Wait()
}
type Builder interface { Build(words []string) }
type local struct { counts *Counts }
func (l *local) Build(words []string) { scan(l.counts, words) }
func NewLocal(c *Counts) Builder { return &local{counts: c} }
func Top(words []string) {
    c := &Counts{words: map[string]int{}}
    defer func() { println(c.top()) }()
    b := NewLocal(c)
    b.Build(words)
}
"""


@pytest.mark.parametrize(("group", "racy"), [("all", False), ("rest", True)])
def test_who_waits_for_a_group_waits_for_what_its_goroutines_start_in_it(group: str, racy: bool) -> None:
    kinds = {("unlocked-read", "Counts.top")} if racy else set()
    assert found(NESTED % group, "Counts.words") == kinds


BAGS = """
type Bag struct { mu sync.Mutex; names map[string]bool }
func (b *Bag) Store(name string) { b.mu.Lock(); defer b.mu.Unlock(); b.names[name] = true }
func (b *Bag) Drop(name string) { b.mu.Lock(); defer b.mu.Unlock(); delete(b.names, name) }
func (b *Bag) Unwrap() map[string]bool { b.mu.Lock(); defer b.mu.Unlock(); return b.names }
type Worker struct { bags []Bag }
func (w *Worker) Run(count int, names []string) (sum int) {
    var wg sync.WaitGroup
    w.bags = make([]Bag, count)
    for i := range count {
        wg.Go(func() { for _, name := range names { w.bags[i].Store(name); w.bags[i].Drop("") } })
    }
    %s
    for i := range w.bags { sum += len(w.bags[i].Unwrap()) }
    return sum
}
"""


def test_a_map_that_is_handed_out_to_those_alone_who_have_waited_is_no_escape() -> None:
    assert found(BAGS % "wg.Wait()", "Bag.names") == set()
    assert found(BAGS % "", "Bag.names") == {("escape", "Bag.Unwrap")}


REQUEST = """
type Request struct { mu sync.Mutex; wg *sync.WaitGroup; seen map[string]int }
func New() *Request { return &Request{wg: new(sync.WaitGroup), seen: map[string]int{}} }
func (r *Request) Start(k string) { r.wg.Go(func() { r.add(k) }) }
func (r *Request) add(k string) { r.mu.Lock(); defer r.mu.Unlock(); r.seen[k] = 1 }
func (r *Request) drop(k string) { r.mu.Lock(); defer r.mu.Unlock(); delete(r.seen, k) }
func (r *Request) Result() int { %s; return len(r.seen) }
func (r *Request) sync() int { r.Start("a"); r.Start("b"); return r.Result() }
func Handle(w http.ResponseWriter, q *http.Request) { println(New().sync()); r := New(); r.Start("c"); %s }
func main() { http.HandleFunc("/", Handle) }
"""


@pytest.mark.parametrize(
    ("wait", "then", "racy"),
    [
        ("r.wg.Wait()", "", False),
        ("r.wg.Wait()", "go r.drop(`c`)", True),
        ("println()", "", True),
    ],
)
def test_who_waits_for_all_writers_comes_behind_them_whoever_calls_it(
    wait: str, then: str, racy: bool
) -> None:
    kinds = {("unlocked-read", "Request.Result")} if racy else set()
    assert found(REQUEST % (wait, then), "Request.seen") == kinds


REPORT = """
type Report struct { mu sync.Mutex; wg sync.WaitGroup; lines map[string]int }
func newReport() *Report { return &Report{lines: map[string]int{}} }
func (r *Report) add(k string) { r.mu.Lock(); defer r.mu.Unlock(); r.lines[k] = 1; r.wg.Done() }
func (r *Report) ready() map[string]int { r.wg.Wait(); r.mu.Lock(); defer r.mu.Unlock(); return r.lines }
func disks(r *Report) { r.wg.Add(1); go func() { r.add("disk"); %s }() }
func Stats() map[string]int { r := newReport(); r.wg.Add(1); r.add("host"); disks(r); return r.ready() }
"""


def test_each_writer_is_over_for_a_reason_of_its_own() -> None:
    assert found(REPORT % "println()", "Report.lines") == set()
    late = REPORT.replace("r.lines[k] = 1; r.wg.Done()", "r.wg.Done(); r.lines[k] = 1")
    assert found(late % "println()", "Report.lines") == {("escape", "Report.ready")}


LOCAL = """
func Fix(n int, all *sync.WaitGroup) {
    failed := map[int]error{}
    var mu sync.Mutex
    var writers %s
    for i := 0; i < n; i++ {
        writers.Add(1)
        go func() {
            for range i { mu.Lock(); failed[i] = nil; mu.Unlock() }
            err := os.Remove("lock")
            if err != nil { %s }
            writers.Done()
        }()
    }
    go func() { %s.Wait(); for k := range failed { println(k) }; all.Done() }()
}
"""


@pytest.mark.parametrize(
    ("fails", "waits", "racy"),
    [("panic(err)", "writers", False), ("return", "writers", True), ("panic(err)", "all", True)],
)
def test_a_goroutine_waits_for_the_others_by_a_group_of_their_function(
    fails: str, waits: str, racy: bool
) -> None:
    kinds = {("unlocked-read", "Fix.func2")} if racy else set()
    assert found(LOCAL % ("sync.WaitGroup", fails, waits), "Fix.failed") == kinds


FOREIGN = """
func Load(names []string) int {
    loaded := map[string]int{}
    var mu sync.Mutex
    var group, other syncutil.Group
    for _, name := range names {
        group.Go(func() error { mu.Lock(); defer mu.Unlock(); loaded[name] = 1; return nil })
    }
    if err := %s.Err(); err != nil { return 0 }
    return len(loaded)
}
"""


@pytest.mark.parametrize("group", ["group", "other"])
def test_who_asks_a_group_of_another_module_what_came_of_it_has_waited(group: str) -> None:
    imports = IMPORTS.replace('"sync"', '"sync"; "example.org/syncutil"')
    model = program({"m.go": imports + FOREIGN % group})
    violations = model.races.violations(model.sites["example.com/m.Load.loaded"])
    assert {one.kind for one in violations} == ({"unlocked-read"} if group == "other" else set())


FETCH = """
type Server struct { logs map[string]int }
func (s *Server) fetch(k string) {
    var wg sync.WaitGroup
    wg.Add(1)
    go func() { s.logs[k] = 1; wg.Done() }()
    %s
}
func (s *Server) step(k string) { s.fetch(k) }
func (s *Server) act(k string) { s.step(k); println(s.logs[k]) }
func (s *Server) Start() { go s.act("a") }
func Handle(w http.ResponseWriter, q *http.Request) { go server.act(q.URL.Path) }
var server = &Server{logs: map[string]int{}}
func main() { server.Start(); http.HandleFunc("/", Handle); select {} }
"""


@pytest.mark.parametrize("wait", ["wg.Wait()", "println()"])
def test_a_goroutine_is_a_part_of_what_waits_for_it_on_its_way(wait: str) -> None:
    beside = set() if wait == "wg.Wait()" else {("unguarded", "Server.act")}
    assert found(FETCH % wait, "Server.logs") == {("unguarded", "Server.fetch.func1")} | beside


FETCHER = """
type fetcher struct { term chan bool; seen map[string]int }
func newFetcher() *fetcher { f := &fetcher{term: make(chan bool), seen: map[string]int{}}; go f.loop(); return f }
func (f *fetcher) loop() { %s; for range time.Tick(time.Second) { f.seen["a"] = 1; if len(f.seen) > 9 { return } } }
func (f *fetcher) wait() { %s }
type Prefetcher struct { fetchers map[string]*fetcher }
func (p *Prefetcher) Fetch(name string) { p.fetchers[name] = newFetcher() }
func (p *Prefetcher) Report() { for _, f := range p.fetchers { f.wait(); println(len(f.seen)) } }
"""


@pytest.mark.parametrize(
    ("closes", "waits", "racy"),
    [
        ("defer close(f.term)", "<-f.term", False),
        ("defer close(f.term)", "if f.term != nil { <-f.term }", True),
        ("defer println()", "<-f.term", True),
    ],
)
def test_a_method_that_is_called_first_may_wait_for_the_end_of_the_goroutine(
    closes: str, waits: str, racy: bool
) -> None:
    assert bool(found(FETCHER % (closes, waits), "fetcher.seen")) is racy
