"""Which objects never outlive the calls that make them."""

from __future__ import annotations

import pytest
from programs import program

from maplint.model.life import Life

JOBS = """package main

import (
	"context"
	"net/http"
	"sync"

	"example.org/other"
)

type jobs struct {
	mu   sync.Mutex
	seen map[string]bool
}

func newJobs() *jobs { return &jobs{seen: map[string]bool{}} }

func (j *jobs) add(id string) {
	j.mu.Lock()
	j.seen[id] = true
	j.mu.Unlock()
}

type report struct{ jobs *jobs }

func (r *report) write(id string) { r.jobs.add(id) }

HAS

func watch(ctx context.Context, j *jobs) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			j.add("tick")
		}
	}
}

func first(j *jobs, id string) int {
	for n := 0; ; n++ {
		for {
			j.add(id)
			if j.seen[id] { return n }
		}
	}
}

func retry(j *jobs) error {
	for {
		if err := try(j); err == nil || err == errEnd { return err }
	}
}

var errEnd error

func try(j *jobs) error { j.add("try"); return errEnd }

func push(w http.ResponseWriter, r *http.Request) {
	j := newJobs()
	DOES
	j.add(r.URL.Path)
}

func main() { http.HandleFunc("/push", push) }
"""

GONE = {
    "nothing else": "",
    "a part of another such object": "all := &report{jobs: j}; all.write(r.Host)",
    "a function that only uses it": "func() { j.add(r.Host) }()",
    "a goroutine that ends": "go j.add(r.Host)",
    "a goroutine that is waited for": """done := make(chan bool)
	go func() { watch(r.Context(), j); close(done) }()
	defer func() { <-done }()""",
    "a loop over a channel that is closed": """ids := make(chan string)
	go func() { ids <- r.Host; close(ids) }()
	for id := range ids { j.add(id) }""",
    "a loop that leads to an answer": "first(j, r.Host)",
    "a loop that returns and waits for nothing": "retry(j)",
    "code elsewhere that gets it": "other.Pull(r.Context(), j)",
    "code elsewhere that gets a callback": "other.Walk(func(id string) { j.add(id) })",
}
STAYS = {
    "a field of an object that is kept": ("kept.last = j", "type keeper struct{ last any }; var kept keeper"),
    "a package variable": ("all = append(all, j)", "var all []any"),
    "a channel": ("found <- j", "var found chan any"),
    "a goroutine that goes on": ("go watch(r.Context(), j)", ""),
    "a loop over a channel that nobody closes": (
        "ids := make(chan string); go func() { for id := range ids { j.add(id) } }()",
        "",
    ),
    "a registration elsewhere": ("other.Register(j)", ""),
    "a callback that is registered": ("other.OnEvent(func(id string) { j.add(id) })", ""),
    "a part of something else that is kept": (
        "b := bundle{part: part{jobs: j}}; keep(b)",
        """type part struct{ jobs *jobs }
type bundle struct{ part part }
var kept any
func keep(b bundle) { kept = b.part }""",
    ),
    "an unknown function value": ('r.Context().Value("f").(func(*jobs))(j)', ""),
}


def life(does: str, has: str = "") -> Life:
    text = JOBS.replace("DOES", does).replace("HAS", has)
    return program({"m.go": text}).lifetimes.of("example.com/m.jobs").life


@pytest.mark.parametrize("does", GONE.values(), ids=GONE)
def test_an_object_goes_with_the_calls_that_know_it(does: str) -> None:
    assert life(does) is Life.SHORT


@pytest.mark.parametrize(("does", "has"), STAYS.values(), ids=STAYS)
def test_an_object_that_something_keeps_stays(does: str, has: str) -> None:
    assert life(does, has) > Life.SHORT


def test_an_object_of_main_stays() -> None:
    text = (
        JOBS.replace("DOES", "")
        .replace("HAS", "")
        .replace("func main() {", "func main() { j := newJobs(); j.add(`a`);")
    )
    assert program({"m.go": text}).lifetimes.of("example.com/m.jobs").life > Life.SHORT


LIBRARY = """package m

import "sync"

type Set struct {
	mu   sync.Mutex
	seen map[string]bool
}

func NewSet() *Set { return &Set{seen: map[string]bool{}} }

func (s *Set) Add(id string) { s.seen[id] = true }

func Count(ids []string) int {
	set := NewSet()
	for _, id := range ids {
		set.Add(id)
	}
	return len(set.seen)
}
"""


def test_a_constructor_of_a_library_has_callers_that_are_not_seen() -> None:
    assert program({"m.go": LIBRARY}).lifetimes.of("example.com/m.Set").life > Life.SHORT


@pytest.mark.parametrize(("imports", "life"), [("_", Life.SHORT), ("", Life.LIKELY)])
def test_what_a_command_imports_without_a_name_is_part_of_it(imports: str, life: Life) -> None:
    files = {
        "set/set.go": LIBRARY.replace("package m", "package set"),
        "main.go": f"""package main

import (
	_ "os"
	{imports or '_ "log"'} {'"example.com/m/set"' if imports else ""}
)

func main() {{}}
""",
    }
    assert program(files).lifetimes.of("example.com/m/set.Set").life is life


PART = """package main

import "net/http"

type index struct{ seen map[string]bool }

type shelf struct{ index index }

var PLACE *shelf

func handle(w http.ResponseWriter, r *http.Request) {
	var own index
	own.seen = map[string]bool{r.Host: true}
	s := &shelf{}
	PLACE = s
	s.index.seen[r.URL.Path] = true
}

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(("place", "stays"), [("_", False), ("kept", True)])
def test_a_part_lives_as_long_as_the_whole(place: str, stays: bool) -> None:
    found = program({"m.go": PART.replace("PLACE", place)}).lifetimes.of("example.com/m.index")
    assert (found.life > Life.SHORT) is stays
