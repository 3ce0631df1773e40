"""Maps that go back to a pool with what is in them, and those that are meant to."""

from __future__ import annotations

import pytest
from programs import program

TEXT = """package m

import "sync"

type scratch struct { words map[string]int }

var pool = sync.Pool{New: func() any { return &scratch{words: map[string]int{}} }}

func count(word string) {
	s := pool.Get().(*scratch)
	FILLS
	s.Reset()
	pool.Put(s)
}

func (s *scratch) Reset() { RESETS }
"""


@pytest.mark.parametrize(
    ("fills", "resets", "expected"),
    [
        ("s.words[word]++", "", ["words"]),
        ("s.words[word]++", "clear(s.words)", []),
        ("s.words[word]++", "for word := range s.words { s.words[word] = 0 }", []),
        ("if len(s.words) < 1000 { s.words[word]++ }", "", []),
    ],
)
def test_what_is_made_ready_for_its_next_use_is_kept_on_purpose(
    fills: str, resets: str, expected: list[str]
) -> None:
    found = program({"m.go": TEXT.replace("FILLS", fills).replace("RESETS", resets)})
    assert [one.name for one in found.leaks.pooled_maps.of("example.com/m")] == expected
