"""Guarded maps that functions hand out."""

from __future__ import annotations

import pytest
from test_races import found

STATISTICS = """
type Statistics struct { sync.RWMutex; byHost map[string]int }
type Message struct { ByHost map[string]int }
func (s *Statistics) Count(host string) { s.Lock(); defer s.Unlock(); s.byHost[host]++ }
func (s *Statistics) Forget(host string) { s.Lock(); defer s.Unlock(); delete(s.byHost, host) }
func (s *Statistics) Serialize() *Message { s.RLock(); defer s.RUnlock(); return &Message{ByHost: s.byHost} }
type Client struct { mu sync.Mutex; stats *Statistics }
func (c *Client) Ping() { m := c.stats.Serialize(); %s }
"""


@pytest.mark.parametrize(
    ("sends", "kinds"),
    [
        ("c.stats.RLock(); send(m); c.stats.RUnlock()", set()),
        ("send(m)", {"escape"}),
        ("c.mu.Lock(); send(m); c.mu.Unlock()", {"escape"}),
    ],
)
def test_who_takes_the_lock_again_behind_the_call_uses_what_it_was_given_under_it(
    sends: str, kinds: set[str]
) -> None:
    text = STATISTICS % sends + "\nfunc send(m *Message) { println(len(m.ByHost)) }"
    assert {kind for kind, _ in found(text, "Statistics.byHost")} == kinds
