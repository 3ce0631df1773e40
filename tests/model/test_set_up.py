"""Which functions make or set something up, and which only sound like it."""

from __future__ import annotations

import pytest
from programs import signs_of

LINES = """package m

import "net"

type stats struct { gauges map[string]int }

func (s *stats) NAME(line string) { s.add(line) }

func (s *stats) add(line string) { s.gauges[line]++ }

func (s *stats) serve(in net.Conn) {
    buffer := make([]byte, 100)
    for {
        n, err := in.Read(buffer)
        if err != nil { return }
        s.NAME(string(buffer[:n]))
    }
}

func Listen(l net.Listener) {
    s := &stats{gauges: map[string]int{}}
    for {
        in, _ := l.Accept()
        go s.serve(in)
    }
}
"""


@pytest.mark.parametrize(("name", "sets_up"), [("parseLine", False), ("newLine", True), ("count", False)])
def test_what_parses_messages_sets_nothing_up(name: str, sets_up: bool) -> None:
    signs = signs_of({"m.go": LINES.replace("NAME", name)}, "example.com/m.stats.gauges")
    assert ("reached-by-set-up" in signs) is sets_up


def test_what_parses_one_text_sets_up() -> None:
    head, _, _ = LINES.replace("NAME", "parseLine").partition("func (s *stats) serve")
    text = (
        head.replace('"net"', '"strings"')
        + "func (s *stats) Load(a string) { s.parseLine(strings.TrimSpace(a)) }"
    )
    assert "reached-by-set-up" in signs_of({"m.go": text}, "example.com/m.stats.gauges")
