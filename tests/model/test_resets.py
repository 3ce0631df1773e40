"""What keeps a map from growing: what takes its place, removes from it, or keeps its inserts from running."""

from __future__ import annotations

import pytest
from programs import program

CACHE = """package m

import "maps"

type cache struct { members map[string]int }

var current = &cache{members: map[string]int{}}
var other = &cache{members: map[string]int{}}

func load() *cache {
    loaded := &cache{members: map[string]int{}}
    loaded.members["a"]++
    return loaded
}

func Add(user string) { current.members[user]++ }

func Run(again chan bool) {
    for range again {
        c := current
        _ = maps.Clone(c.members)
        BODY
    }
}
"""


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("c.members = map[string]int{}", "bounded"),
        ("loaded := load(); c.members = loaded.members", "bounded"),
        ("loaded := &cache{members: map[string]int{}}; c.members = loaded.members", "bounded"),
        ("c.members = c.members", "unbounded"),
        ("c.members = maps.Clone(c.members)", "unbounded"),
        ("c.members = other.members", "unbounded"),
        ("if c.members == nil { c.members = map[string]int{} }", "unbounded"),
        ("*c = cache{}", "bounded"),
        ("*c = cache{members: map[string]int{}}", "bounded"),
        ("*c = cache{members: c.members}", "unbounded"),
        ("fresh := cache{}; fresh.members = nil", "unbounded"),
    ],
)
def test_a_new_map_takes_the_place_of_the_old_one(body: str, verdict: str) -> None:
    found = program({"m.go": CACHE.replace("BODY", body)})
    assert found.judge.growth(found.sites["example.com/m.cache.members"]).verdict == verdict


@pytest.mark.parametrize(
    ("condition", "verdict"), [("true", "bounded"), ("c.forgets", "unbounded"), ("!c.keeps", "bounded")]
)
def test_a_replacement_that_an_option_turns_on_bounds_nothing_without_it(
    condition: str, verdict: str
) -> None:
    options = "members map[string]int; forgets, keeps bool"
    body = f"if {condition} {{ c.members = map[string]int{{}} }}"
    found = program({"m.go": CACHE.replace("members map[string]int", options).replace("BODY", body)})
    growth = found.judge.growth(found.sites["example.com/m.cache.members"])
    assert growth.verdict == verdict
    assert ("replaced-by-option" in {sign.name for sign in growth.signs}) is (verdict == "unbounded")


SERVER = """package store

type Server struct { seen map[string]int }

func New() *Server { return &Server{MADE} }
func (s *Server) Start() { s.seen = map[string]int{}; INSIDE }
func (s *Server) Add(id string) { s.seen[id]++ }
func (s *Server) Forget(id string) { REMOVES }
"""
MAIN = """package main

import "example.com/m/store"

var server, ids = store.New(), make(chan string)

func main() { server.Start(); CALLS }
"""


def served(made: str, inside: str, around: str = "") -> tuple[str, bool]:
    text = SERVER.replace("MADE", made).replace("INSIDE", inside).replace("REMOVES", "") + around
    found = program({"store/a.go": text})
    growth = found.judge.growth(found.sites["example.com/m/store.Server.seen"])
    return growth.verdict, "made-at-start" in {sign.name for sign in growth.signs}


def test_what_alone_makes_a_map_starts_its_owner() -> None:
    assert served("", "") == ("unbounded", True)
    assert served("seen: map[string]int{}", "") == ("bounded", False)
    assert served("", "s.Add(`a`)") == ("bounded", False)
    assert served("", "", "func (s *Server) Run() { for { s.Start() } }") == ("bounded", False)


@pytest.mark.parametrize(
    ("calls", "verdict"),
    [
        ("server.Add(id)", "unbounded"),
        ("server.Add(id); server.Forget(id)", "bounded"),
        ("", "bounded"),
    ],
)
def test_a_removal_that_the_commands_insert_without_bounds_nothing(calls: str, verdict: str) -> None:
    made = SERVER.replace("s.seen = map[string]int{}; INSIDE", "").replace("MADE", "seen: map[string]int{}")
    text = made.replace("REMOVES", "delete(s.seen, id)")
    main = MAIN.replace("CALLS", f"for id := range ids {{ {calls} }}")
    found = program({"store/a.go": text, "main.go": main})
    assert found.judge.growth(found.sites["example.com/m/store.Server.seen"]).verdict == verdict


def test_what_inserts_and_removes_is_called_by_somebody() -> None:
    made = SERVER.replace("s.seen = map[string]int{}; INSIDE", "").replace("MADE", "seen: map[string]int{}")
    text = made.replace("REMOVES", "s.seen[id] = 1; delete(s.seen, id)")
    main = MAIN.replace("CALLS", "for id := range ids { server.Add(id) }")
    found = program({"store/a.go": text, "main.go": main})
    assert found.judge.growth(found.sites["example.com/m/store.Server.seen"]).verdict == "bounded"


def test_what_a_constant_keeps_from_running_inserts_nothing() -> None:
    text = """package m
        const debug = VALUE
        var seen = map[string]int{}
        func Note(id string) { if debug { seen[id]++ } }
    """
    for value, verdict in (("true", "unbounded"), ("false", "fixed")):
        found = program({"m.go": text.replace("VALUE", value)})
        assert found.judge.growth(found.sites["example.com/m.seen"]).verdict == verdict


@pytest.mark.parametrize(
    ("at_end", "verdict"), [("c.seen = nil", "bounded"), ("println(len(c.seen))", "unbounded")]
)
def test_a_map_that_a_run_lets_go_of_does_not_outlive_it(at_end: str, verdict: str) -> None:
    text = f"""package m

type command struct {{ seen map[string]int }}

var Verify = &command{{}}

func (c *command) Do(args []string) {{
    c.seen = make(map[string]int)
    defer func() {{ {at_end} }}()
    for _, arg := range args {{
        c.note(arg)
    }}
    go c.watch()
}}

func (c *command) note(id string) {{ c.seen[id]++ }}

func (c *command) watch() {{
    for id := range ids {{
        c.seen[id]++
    }}
}}

var ids chan string
"""
    found = program({"m.go": text})
    assert found.judge.growth(found.sites["example.com/m.command.seen"]).verdict == verdict


CHECKER = """package check

type Checker struct {{ used map[string]bool }}

var Shared = &Checker{{}}

func (c *Checker) Files(names []string) {{ c.prepare(); for _, name := range names {{ c.Use(name) }}; {at_end} }}
func (c *Checker) prepare() {{ c.used = map[string]bool{{}} }}
func (c *Checker) Use(name string) {{ c.used[name] = true }}
"""
TOOL = """package main

import "example.com/m/check"

func main() { check.Shared.Files(nil) }
"""


@pytest.mark.parametrize(("at_end", "verdict"), [("c.used = nil", "bounded"), ("", "fixed")])
def test_what_lets_go_of_a_map_never_makes_it_even_where_only_main_is_seen_to_call(
    at_end: str, verdict: str
) -> None:
    found = program({"check/a.go": CHECKER.format(at_end=at_end), "tool/main.go": TOOL})
    assert found.judge.growth(found.sites["example.com/m/check.Checker.used"]).verdict == verdict


MEMO = """package main

import "os"

var known = map[string]int{}

func measured(text string) int {
	size, ok := known[text]
	if !ok {
		if FULL { known = map[string]int{} }
		size = len(text)
		known[text] = size
	}
	return size
}

func main() {
	for { measured(os.Getenv("TEXT") + read()) }
}

func read() string
"""


@pytest.mark.parametrize(("full", "verdict"), [("len(known) >= 64", "bounded"), ("text == `x`", "unbounded")])
def test_a_map_that_is_full_is_replaced_also_in_main(full: str, verdict: str) -> None:
    found = program({"main.go": MEMO.replace("FULL", full)})
    assert found.judge.growth(found.sites["example.com/m.known"]).verdict == verdict


@pytest.mark.parametrize(("waits", "verdict"), [("done.Wait()", "bounded"), ("", "unbounded")])
def test_a_round_that_waits_for_its_goroutines_fills_a_map_of_its_own(waits: str, verdict: str) -> None:
    text = f"""package m

import "sync"

type Monitor struct {{
    mu      sync.Mutex
    servers []string
    info    map[string]string
}}

func (m *Monitor) Gather() {{
    var done sync.WaitGroup
    done.Add(len(m.servers))
    m.info = make(map[string]string)
    for _, server := range m.servers {{
        go func(id string) {{
            defer done.Done()
            m.mu.Lock()
            m.info[id] = "up"
            m.mu.Unlock()
        }}(server)
    }}
    {waits}
}}
"""
    found = program({"m.go": text})
    assert found.judge.growth(found.sites["example.com/m.Monitor.info"]).verdict == verdict


RECORD = """package m

type record struct { members map[string]int }

var current = &record{members: map[string]int{}}

func Add(user string) { current.members[user]++ }

func (r *record) METHOD(data []byte) error {
    r.members = map[string]int{}
    return nil
}
"""


@pytest.mark.parametrize(("method", "verdict"), [("UnmarshalJSON", "unbounded"), ("Load", "bounded")])
def test_an_object_that_reads_its_written_form_is_new(method: str, verdict: str) -> None:
    found = program({"m.go": RECORD.replace("METHOD", method)})
    assert found.judge.growth(found.sites["example.com/m.record.members"]).verdict == verdict
