"""Entries that are passed over once they are too old, and stay in their map."""

from __future__ import annotations

import pytest
from programs import IMPORTS, signs_of

CACHE = """
type entry struct { value string; expires time.Time; until int64; hits int }
func (e *entry) expired() bool { return time.Now().After(e.expires) }
var entries = map[string]*entry{}
func Put(user string) { entries[user] = &entry{expires: time.Now().Add(time.Minute)} }
"""
TIMES = """
var entries sync.Map
func Put(user string) { entries.Store(user, time.Now().Add(time.Minute)) }
"""


def signs(text: str) -> set[str]:
    return signs_of({"m.go": f"{IMPORTS}{text}"}, "example.com/m.entries")


@pytest.mark.parametrize(
    "body",
    [
        'e := entries[user]; if time.Now().After(e.expires) { return "" }; return e.value',
        'if e, ok := entries[user]; ok && e.expires.After(time.Now()) { return e.value }; return ""',
        'if e := entries[user]; time.Since(e.expires) < time.Minute { return e.value }; return ""',
        'if e := entries[user]; e.expired() { return "" } else { return e.value }',
    ],
)
def test_a_reader_that_minds_the_age_and_removes_nothing(body: str) -> None:
    assert "expired-on-read" in signs(f"{CACHE} func Get(user string) string {{ {body} }}")


@pytest.mark.parametrize(
    "body",
    [
        "until, ok := entries.Load(user); return ok && time.Now().Before(until.(time.Time))",
        "v, _ := entries.Load(user); if t, ok := v.(time.Time); ok { return time.Until(t) > 0 }; return false",
    ],
)
def test_entries_that_are_times(body: str) -> None:
    assert "expired-on-read" in signs(f"{TIMES} func Fresh(user string) bool {{ {body} }}")


@pytest.mark.parametrize(
    "body",
    [
        "return entries[user].value",
        'if e := entries[user]; e.hits > 0 { return e.value }; return ""',
        'if e := entries[user]; e.expired() { entries[user] = &entry{} }; return ""',
    ],
)
def test_a_reader_that_does_not_mind_or_renews(body: str) -> None:
    found = signs(f"{CACHE} func Get(user string) string {{ {body} }}")
    assert "expired-on-read" not in found
    assert "entry-has-expiry" in found
