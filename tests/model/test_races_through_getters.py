"""Objects that code has from a function that hands out what others have as well, or that begins a goroutine for it."""

from __future__ import annotations

import pytest
from test_races import found

SINGLETON = """
type Meter struct { rates map[string]int }
var meter = newMeter()
func newMeter() *Meter { m := &Meter{rates: map[string]int{}}; return m }
func Get() *Meter { return %s }
func (m *Meter) clear() { for range time.Tick(time.Second) { m.rates = map[string]int{} } }
func (m *Meter) count(name string) { m.rates[name]++ }
func answer(w http.ResponseWriter, r *http.Request) { Get().count(r.URL.Path) }
func main() { go %s.clear(); http.HandleFunc("/", answer); http.ListenAndServe(":80", nil) }
"""


def test_what_a_getter_gives_back_is_what_its_package_variable_holds() -> None:
    racy = {("unguarded", "Meter.count")}
    assert found(SINGLETON % ("meter", "meter"), "Meter.rates") == racy
    assert found(SINGLETON % ("meter", "Get()"), "Meter.rates") == racy
    assert found(SINGLETON % ("newMeter()", "meter"), "Meter.rates") == set()
    sometimes = "meter }\nfunc Other() *Meter { if len(meter.rates) > 9 { return meter }; return newMeter()"
    text = (SINGLETON % (sometimes, "meter")).replace("Get().count", "Other().count")
    assert found(text, "Meter.rates") == set()


HUB = """
type Room struct { guests map[string]int; news chan string }
func newRoom() *Room {
    r := &Room{guests: map[string]int{}, news: make(chan string)}
    %s
    return r
}
func (r *Room) tell() { for range r.news { for range r.guests { } } }
func (r *Room) enter(name string) { r.guests[name] = 1 }
type Hub struct { rooms map[string]*Room }
func (h *Hub) room(name string) *Room {
    var room *Room
    if known, ok := h.rooms[name]; ok {
        room = known
    } else {
        room = newRoom()
        h.rooms[name] = room
    }
    return room
}
func (h *Hub) Enter(room, guest string) { %s }
"""


@pytest.mark.parametrize("enters", ["h.room(room).enter(guest)", "r := h.room(room); r.enter(guest)"])
def test_what_a_getter_has_in_a_map_meets_the_goroutine_that_began_with_it(enters: str) -> None:
    racy = {("unguarded", "Room.tell"), ("unguarded", "Room.enter")}
    assert found(HUB % ("go r.tell()", enters), "Room.guests") == racy
    assert found(HUB % ("", enters), "Room.guests") == set()


CLIENT = """
type Client struct { pending map[string]int; answers chan string }
func NewClient() (c *Client, err error) {
    c = &Client{pending: map[string]int{}, answers: make(chan string)}
    %s
    return c, err
}
func (c *Client) receive() { for answer := range c.answers { delete(c.pending, answer) } }
func (c *Client) Send(id string) { c.pending[id] = 1 }
"""


@pytest.mark.parametrize(
    ("begins", "by"),
    [
        ("go c.receive()", "Client.receive"),
        ("go func() { for answer := range c.answers { delete(c.pending, answer) } }()", "NewClient.func1"),
    ],
)
def test_a_goroutine_of_a_constructor_with_named_results_meets_the_methods(begins: str, by: str) -> None:
    assert found(CLIENT % begins, "Client.pending") == {("unguarded", by), ("unguarded", "Client.Send")}
    assert found(CLIENT % "", "Client.pending") == set()


KEPT = """
type Watcher struct { track map[string]int }
type Hooks struct { watcher *Watcher }
func Start() *Hooks { w := &Watcher{track: map[string]int{}}; h := &Hooks{watcher: w}; %s; return h }
func (w *Watcher) watch() { for { for range w.track { } } }
func (h *Hooks) Created(name string) { h.watcher.track[name] = 0 }
"""


def test_who_keeps_an_object_meets_the_goroutine_that_began_with_it() -> None:
    racy = {("unguarded", "Watcher.watch"), ("unguarded", "Hooks.Created")}
    assert found(KEPT % "go w.watch()", "Watcher.track") == racy
    assert found(KEPT % "", "Watcher.track") == set()


WORKER = """
type Worker struct { seen map[string]bool; jobs chan string }
func NewWorker() *Worker { return &Worker{seen: map[string]bool{}, jobs: make(chan string)} }
func (w *Worker) Run() { for i := 0; i < %s; i++ { go w.work() }; select {} }
func (w *Worker) work() { for job := range w.jobs { w.seen[job] = true } }
func Main() { NewWorker().Run() }
"""


def test_what_a_call_is_made_on_may_have_just_been_made() -> None:
    assert found(WORKER % "8", "Worker.seen") == {("unguarded", "Worker.work")}
    assert found((WORKER % "8").replace("go w.work()", "w.work()"), "Worker.seen") == set()


RETURNED = """
type Server struct { conns map[int]string; next int }
func NewServer() *Server { s := &Server{conns: map[int]string{}}; return s }
func (s *Server) Run() { for { s.next++; s.conns[s.next] = ""; %s func(id int) { delete(s.conns, id) }(s.next) } }
type Control struct { start func() }
func configure(s *Server) func() { return func() { s.Run() } }
func (c *Control) Start() { go c.start() }
func Main() { c := &Control{start: configure(NewServer())}; c.Start(); select {} }
"""


def test_a_literal_that_others_keep_is_about_what_its_maker_was_handed() -> None:
    racy = {("unguarded", "Server.Run.func1")}
    assert found(RETURNED % "go", "Server.conns") == racy
    assert found(RETURNED % "", "Server.conns") == set()


KEPT_EACH = """
type Accumulator struct { record func(string) }
func (a *Accumulator) RecordTo(seen map[string]int) { a.record = func(name string) { seen[name]++ } }
func (a *Accumulator) add(name string) { if a.record != nil { a.record(name) } }
func answer(w http.ResponseWriter, r *http.Request) {
    a := &Accumulator{}
    seen := map[string]int{}
    a.RecordTo(seen)
    a.add(r.URL.Path)
}
func Main() { http.HandleFunc("/", answer); http.ListenAndServe(":80", nil) }
"""


def test_a_literal_that_each_object_keeps_is_not_run_at_once_by_the_goroutines_of_all() -> None:
    assert found(KEPT_EACH, "Accumulator.RecordTo.seen") == set()


EMITTERS = """
var last = map[string]int{}
type events struct { mu sync.Mutex }
func (e *events) send(name string) { e.mu.Lock(); defer e.mu.Unlock(); note(name) }
type objects struct { mu sync.Mutex }
func (o *objects) send(name string) { o.mu.Lock(); defer o.mu.Unlock(); note(name) }
func note(name string) { if last[name] < 9 { last[name]++ } }
func first(w http.ResponseWriter, r *http.Request) { e := &events{}; e.send(r.URL.Path) }
func second(w http.ResponseWriter, r *http.Request) { %s }
func Main() { http.HandleFunc("/", first); http.HandleFunc("/2", second); http.ListenAndServe(":80", nil) }
"""


def test_callers_with_locks_of_their_own_are_not_kept_apart() -> None:
    assert found(EMITTERS % "o := &objects{}; o.send(r.URL.Path)", "last") == {("unguarded", "note")}
    assert found(EMITTERS % "e := &events{}; e.send(r.URL.Path)", "last") == set()


FAR = """
type Sender interface { Send(string) }
type Authority interface { Issue(string) }
type client struct { pending map[string]int; answers chan string }
func newClient() *client { c := &client{pending: map[string]int{}, answers: make(chan string)}; %s; return c }
func (c *client) receive() { for answer := range c.answers { delete(c.pending, answer) } }
func (c *client) Send(id string) { c.pending[id] = 1 }
type authority struct { to Sender }
func (a *authority) Issue(id string) { a.to.Send(id) }
type front struct { by Authority }
func (f *front) answer(w http.ResponseWriter, r *http.Request) { f.by.Issue(r.URL.Path) }
func Main() { f := &front{&authority{newClient()}}; http.HandleFunc("/", f.answer); http.ListenAndServe(":1", nil) }
"""


def test_behind_interfaces_every_object_has_the_goroutine_that_begins_with_it() -> None:
    both = {("unguarded", "client.receive"), ("unguarded", "client.Send")}
    assert found(FAR % "go c.receive()", "client.pending") == both
    assert found(FAR % "", "client.pending") == set()
