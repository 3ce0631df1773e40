"""Where keys come from."""

from __future__ import annotations

import pytest
from programs import program

NAMED = """package m

type scheduler interface { Name() string }
type fast struct{}
type slow struct{ id string }
func (fast) Name() string { return "fast" }
func (s slow) Name() string { return %s }
var counts = map[string]int{}

func Run(due chan scheduler) {
    for one := range due { counts[one.Name()]++ }
}

func Start(id string) {
    due := make(chan scheduler)
    go Run(due)
    due <- fast{}
    due <- slow{id}
}
"""


@pytest.mark.parametrize(("name", "verdict"), [('"slow"', "fixed"), ("s.id", "unbounded")])
def test_what_all_that_implement_a_method_return_is_a_closed_set(name: str, verdict: str) -> None:
    found = program({"m.go": NAMED % name})
    assert found.judge.growth(found.sites["example.com/m.counts"]).verdict == verdict


FILE = """package m

import ("os"; "time")

type version struct { path string; at time.Time }
var known = map[version]string{}

func Describe(path string) {
    info, _ := os.Stat(path)
    known[version{"ssh", %s}] = info.Name()
}
"""


@pytest.mark.parametrize(("time", "arrives"), [("info.ModTime()", False), ("time.Now()", True)])
def test_the_time_of_a_file_is_not_that_of_the_clock(time: str, arrives: bool) -> None:
    found = program({"m.go": FILE % time})
    growth = found.judge.growth(found.sites["example.com/m.known"])
    assert ("key-of-many" in {sign.name for sign in growth.signs}) is arrives
