"""What is part of the product, and what only serves it."""

from __future__ import annotations

import pytest
from programs import program, signs_of

STORE = """package store

IMPORT

type Mem struct { seen map[string]int }

func New() *Mem { return &Mem{seen: map[string]int{}} }
func (m *Mem) Put(id string) { m.seen[id]++ }
"""
MAIN = """package main

import "example.com/m/store"

var mem *store.Mem

func main() { MADE }
"""


def signs(imported: str, made: str) -> set[str]:
    files = {"store/a.go": STORE.replace("IMPORT", imported), "main.go": MAIN.replace("MADE", made)}
    return signs_of(files, "example.com/m/store.Mem.seen")


@pytest.mark.parametrize(
    ("made", "is_made"),
    [("store.New().Put(`a`)", True), ("f := store.New; f()", True), ("var _ *store.Mem", False)],
)
def test_a_type_that_no_command_makes_is_hardly_in_use(made: str, is_made: bool) -> None:
    assert ("owner-never-made" not in signs("", made)) is is_made


@pytest.mark.parametrize(
    ("imported", "is_product"),
    [
        ('import "github.com/stretchr/testify/require"', False),
        ('import "testing"', False),
        ('import "github.com/other/testing-free"', True),
    ],
)
def test_what_imports_a_framework_for_tests_serves_them(imported: str, is_product: bool) -> None:
    assert ("no-product" not in signs(imported, "mem = store.New()")) is is_product


IDLE = """package main

import "net/http"

type Scores struct { byPeer map[string]int }

func (s *Scores) Put(id string) { s.byPeer[id]++ }

func (s *Scores) Report(id string) { s.Put(id) }

var scores = &Scores{byPeer: map[string]int{}}

func main() { http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { CALLS }) }
"""


@pytest.mark.parametrize(("calls", "is_reached"), [("scores.Report(r.Host)", True), ("_ = scores", False)])
def test_what_a_command_never_calls_does_not_reach_the_insert(calls: str, is_reached: bool) -> None:
    found = signs_of({"main.go": IDLE.replace("CALLS", calls)}, "example.com/m.Scores.byPeer")
    assert ("reached-by-nobody" not in found) is is_reached


PLUGINS = """package main

import "net/http"

type plugin interface { Stop(id string) }

type store struct { seen map[string]int }

func (s *store) Stop(id string) { delete(s.seen, id) }

var all = &store{seen: map[string]int{}}
var plugins []plugin

MORE

func handle(w http.ResponseWriter, r *http.Request) {
	all.seen[r.Host]++
	for _, one := range plugins { STOPS }
}

func main() { plugins = append(plugins, all); http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(("stops", "verdict"), [("one.Stop(r.Host)", "bounded"), ("_ = one", "unbounded")])
def test_a_method_of_more_plugins_than_are_followed_may_be_called(stops: str, verdict: str) -> None:
    more = "\n".join(f"type p{n} struct{{}}\nfunc (p{n}) Stop(string) {{}}" for n in range(50))
    found = program({"main.go": PLUGINS.replace("MORE", more).replace("STOPS", stops)})
    assert found.judge.growth(found.sites["example.com/m.store.seen"]).verdict == verdict


DELEGATE = """package main

import (
	"net/http"

	"example.org/gossip"
)

type delegate struct { seen map[string]int }

func (d *delegate) NotifyJoin(name string) { d.seen[name]++ }

func main() {
	config := gossip.Defaults()
	one := &delegate{seen: map[string]int{}}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { _ = len(one.seen) })
	GIVEN
}
"""


@pytest.mark.parametrize(
    ("given", "is_reached"),
    [
        ("config.Events = one", True),
        ("config.Notify(one)", True),
        ("gossip.Create(gossip.Config{Events: one})", True),
        ("_ = config", False),
    ],
)
def test_a_method_of_what_another_module_is_given_may_be_called(given: str, is_reached: bool) -> None:
    found = signs_of({"main.go": DELEGATE.replace("GIVEN", given)}, "example.com/m.delegate.seen")
    assert ("reached-by-nobody" not in found) is is_reached


UNUSED = """package main

import (
	"net/http"
	"sync"
)

type locker struct { locks map[string]*sync.Mutex }

func (l *locker) Lock(id string) { l.make(id).Lock() }

func (l *locker) make(id string) *sync.Mutex { l.locks[id] = new(sync.Mutex); return l.locks[id] }

func handle(w http.ResponseWriter, r *http.Request) { USES }

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("uses", "is_dead"), [("println()", True), ("one := locker{}; one.Lock(r.Host)", False)]
)
def test_a_type_without_objects_is_no_product(uses: str, is_dead: bool) -> None:
    found = signs_of({"main.go": UNUSED.replace("USES", uses)}, "example.com/m.locker.locks")
    assert ("no-product" in found) is is_dead


@pytest.mark.parametrize(("folder", "is_product"), [("generator", True), ("codegen", False)])
def test_what_generates_while_it_serves_is_product(folder: str, is_product: bool) -> None:
    signs = signs_of({f"{folder}/a.go": STORE.replace("IMPORT", "")}, f"example.com/m/{folder}.Mem.seen")
    assert ("no-product" not in signs) is is_product
