"""What a reader is told of a race: the access, the one it collides with, and how the two come to meet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
STORE = """package store

import "sync"

type Store struct {
	mu    sync.RWMutex
	items map[string]int
}

func (s *Store) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key] = 1
}

func (s *Store) vacuum() {
	for key := range s.items {
		s.drop(key)
	}
}

func (s *Store) drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, key)
}

func (s *Store) sweep() { s.vacuum() }

func Open() *Store {
	s := &Store{items: map[string]int{}}
	go s.sweep()
	return s
}
"""
LAZY = """package store

var codes = map[string]int{}

func Code(name string) int {
	if code, ok := codes[name]; ok {
		return code
	}
	codes[name] = len(name)
	return codes[name]
}
"""


def report(tmp_path: Path, text: str, form: str) -> dict[str, Any]:
    (tmp_path / "go.mod").write_text("module example.com/m\n")
    (tmp_path / "store.go").write_text(text)
    command = [sys.executable, "-m", "maplint", "check", "--isolated", "--no-cache", "--select", "ML4"]
    done = subprocess.run(
        [*command, "--format", form], check=False, cwd=tmp_path, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


def test_a_finding_names_the_other_access_its_lock_and_where_both_begin(tmp_path: Path) -> None:
    (finding,) = report(tmp_path, STORE, "json")["findings"]
    assert (finding["rule"], finding["line"]) == ("ML404", 17)
    assert [(note["line"], note["message"]) for note in finding["related"]] == [
        (13, "Store.Put writes it under Store.mu here"),
        (32, "Store.sweep starts in a goroutine here, and calls Store.vacuum"),
        (10, "Store.Put is exported, so any goroutine may call it"),
        (7, "declared here"),
    ]
    assert finding["evidence"] == [
        "Store.mu is expected: 2 of 3 accesses hold it, and it is declared beside the map",
        "Store.vacuum runs in a goroutine beside others",
    ]


def test_the_story_is_the_one_that_is_easiest_to_follow(tmp_path: Path) -> None:
    longer = """
func (s *Store) audit()   { s.inspect() }
func (s *Store) inspect() { s.vacuum() }

func (s *Store) Audit() {
	for range 2 {
		go s.audit()
	}
}
"""
    (finding,) = report(tmp_path, STORE + longer, "json")["findings"]
    starts = [note["message"] for note in finding["related"] if "starts" in note["message"]]
    assert starts == ["Store.sweep starts in a goroutine here, and calls Store.vacuum"]


def test_sarif_has_a_thread_flow_for_each_side(tmp_path: Path) -> None:
    (result,) = report(tmp_path, STORE, "sarif")["runs"][0]["results"]
    (flow,) = result["codeFlows"]
    steps = [[_step(one) for one in side["locations"]] for side in flow["threadFlows"]]
    assert steps == [
        [
            (32, "Store.sweep starts in a goroutine here, and calls Store.vacuum"),
            (28, "Store.sweep calls Store.vacuum here"),
            (17, "ranges over items here, without Store.mu"),
        ],
        [
            (10, "Store.Put is exported, so any goroutine may call it"),
            (13, "Store.Put writes it under Store.mu here"),
        ],
    ]


def _step(visited: dict[str, Any]) -> tuple[int, str]:
    location = visited["location"]
    return location["physicalLocation"]["region"]["startLine"], location["message"]["text"]


def test_a_look_up_collides_with_its_own_insert(tmp_path: Path) -> None:
    (finding,) = report(tmp_path, LAZY, "json")["findings"]
    assert [(note["line"], note["message"]) for note in finding["related"]] == [
        (9, "Code writes it here, with no lock"),
        (5, "Code is exported, so any goroutine may call it"),
        (3, "declared here"),
    ]


def test_every_race_of_the_corpus_has_two_sides(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "maplint", "check", "--isolated", "--no-cache", "--select", "ML4"]
    done = subprocess.run(
        [*command, "--format", "sarif", "./..."], check=False, cwd=CORPUS, capture_output=True, text=True
    )
    results = json.loads(done.stdout)["runs"][0]["results"]
    sides = {len(one["codeFlows"][0]["threadFlows"]) for one in results}
    assert len(results) > 100
    assert sides == {2}
