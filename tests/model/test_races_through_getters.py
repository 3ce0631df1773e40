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
