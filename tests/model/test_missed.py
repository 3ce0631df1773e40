"""Inserts whose removal a way out of the function misses."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program

from maplint.finding import Confidence
from maplint.model import ir

CLIENT = """
type client struct {
    mu      sync.Mutex
    pending map[string]chan int
    quit    chan int
}

func (c *client) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.call(r.RemoteAddr) }
func (c *client) send(id string) error { return errors.New(id) }
func (c *client) forget(id string) { delete(c.pending, id) }
func other() bool { return false }
"""
CALL = """
func (c *client) call(id string) error {
    reply := make(chan int)
    c.pending[id] = reply
"""


def missed(rest: str, more: str = "") -> list[Confidence]:
    """The confidences of what is found in a `call` that ends with `rest`, beside further declarations."""
    found = program({"m.go": f"{IMPORTS}{CLIENT}{CALL}{rest}\n}}\n{more}"})
    site = found.sites["example.com/m.client.pending"]
    return [one.confidence for one in found.leaks.missed_removals.of(site)]


@pytest.mark.parametrize(
    "rest",
    [
        "if err := c.send(id); err != nil { return err }; delete(c.pending, id); return nil",
        "if err := c.send(id); err != nil { return err }; c.forget(id); return nil",
        "if err := c.send(id); err != nil { return err }; defer delete(c.pending, id); return nil",
        "if err := c.send(id); err != nil { return err }; defer func() { delete(c.pending, id) }(); return nil",
        "select { case <-time.After(1): return errors.New(id); case <-reply: }; delete(c.pending, id); return nil",
        "if err := c.send(id); err != nil { delete(c.pending, id); return err }\n"
        "if err := c.send(id); err != nil { return err }; return nil",
    ],
    ids=["early return", "helper", "late defer", "late deferred literal", "time-out", "one rollback of two"],
)
def test_a_failure_that_skips_the_removal_is_found(rest: str) -> None:
    assert missed(rest) == [Confidence.HIGH]


@pytest.mark.parametrize(
    "rest",
    [
        "defer delete(c.pending, id); if err := c.send(id); err != nil { return err }; return nil",
        "if err := c.send(id); err != nil { delete(c.pending, id); return err }; return nil",
        "if err := c.send(id); err != nil { c.forget(id); return err }; delete(c.pending, id); return nil",
        "err := c.send(id); delete(c.pending, id); if err != nil { return err }; return nil",
        "if other() { delete(c.pending, id) }; if err := c.send(id); err != nil { return err }; return nil",
        "if _, ok := c.pending[id]; !ok { return errors.New(id) }; delete(c.pending, id); return nil",
        "return c.send(id)",
    ],
    ids=[
        "deferred",
        "stays on success",
        "both",
        "before the check",
        "removed for another reason",
        "gone already",
        "never removed here",
    ],
)
def test_a_function_that_keeps_its_books_is_left_alone(rest: str) -> None:
    assert missed(rest) == []


def test_a_removal_deferred_before_the_insert_covers_it() -> None:
    source = (
        f"{IMPORTS}{CLIENT}"
        """
        func (c *client) call(id string) error {
            defer c.forget(id)
            c.pending[id] = make(chan int)
            if err := c.send(id); err != nil { return err }
            c.forget(id)
            return nil
        }"""
    )
    found = program({"m.go": source})
    assert not list(found.leaks.missed_removals.of(found.sites["example.com/m.client.pending"]))


def test_who_answers_may_have_removed_the_entry() -> None:
    answered = "select { case <-reply: return nil; case <-time.After(1): delete(c.pending, id); return nil }"
    reader = "func (c *client) read(id string) { c.pending[id] <- 1; delete(c.pending, id) }"
    assert missed(answered, reader) == []
    assert missed(f"if err := c.send(id); err != nil {{ return err }}; {answered}", reader) != []


def test_a_sweep_of_the_whole_map_makes_it_doubtful() -> None:
    rest = "if err := c.send(id); err != nil { return err }; delete(c.pending, id); return nil"
    sweep = "func (c *client) Sweep() { for id := range c.pending { delete(c.pending, id) } }"
    assert missed(rest, sweep) == [Confidence.MEDIUM]


def test_a_caller_that_cleans_up_makes_it_doubtful() -> None:
    rest = "if err := c.send(id); err != nil { return err }; delete(c.pending, id); return nil"
    caller = """
        func (c *client) Try(id string) error {
            if err := c.call(id); err != nil {
                delete(c.pending, id)
                return err
            }
            return nil
        }"""
    assert missed(rest, caller) < [Confidence.HIGH]


def test_a_failure_behind_an_insert_that_others_remove_is_doubtful() -> None:
    rest = "if err := c.send(id); err != nil { return err }; return nil"
    assert missed(rest, "func (c *client) Done(id string) { delete(c.pending, id) }") == [Confidence.LOW]
    assert missed(rest, "func (c *client) Done() { clear(c.pending) }") == []


def test_a_way_out_that_excludes_the_insert_is_not_one() -> None:
    source = (
        f"{IMPORTS}{CLIENT}"
        """
        func (c *client) call(id string) error {
            _, active := c.pending[id]
            if !active {
                c.pending[id] = make(chan int)
            }
            if active {
                return errors.New(id)
            }
            delete(c.pending, id)
            return nil
        }"""
    )
    found = program({"m.go": source})
    assert not list(found.leaks.missed_removals.of(found.sites["example.com/m.client.pending"]))


def test_an_end_that_the_owner_is_told_is_no_failure() -> None:
    rest = "select { case <-c.quit: return errors.New(id); case <-reply: }; delete(c.pending, id); return nil"
    assert missed(rest) == []


def test_a_round_of_a_loop_that_is_cut_short_is_a_way_out() -> None:
    source = (
        f"{IMPORTS}{CLIENT}"
        """
        func (c *client) call(id string) {
            for next := range names {
                c.pending[next] = nil2
                if err := c.send(next); err != nil { continue }
                delete(c.pending, next)
            }
        }
        var nil2 = make(chan int)
        var names = make(chan string)"""
    )
    found = program({"m.go": source})
    (one,) = found.leaks.missed_removals.of(found.sites["example.com/m.client.pending"])
    assert [exit.instruction.kind for exit in one.exits if isinstance(exit.instruction, ir.Jump)] == [
        "continue"
    ]
