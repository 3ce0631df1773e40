"""Comments that state what holds of a map are believed."""

from __future__ import annotations

import pytest
from programs import program

SERVER = """
    package m

    import "net/http"

    var seen = map[string]int{}%s

    type hub struct {
        mu int
        peers map[string]int%s
    }

    func handle(w http.ResponseWriter, r *http.Request) { seen[r.RemoteAddr]++ }

    func init() { http.HandleFunc("/", handle) }
"""


def test_a_bounded_map_is_believed_to_be_bounded() -> None:
    plain = program({"a.go": SERVER % ("", "")})
    stated = program({"a.go": SERVER % (" //maplint:bounded a dozen probes ask", "")})
    assert plain.judge.growth(plain.sites["example.com/m.seen"]).verdict == "unbounded"
    assert stated.judge.growth(stated.sites["example.com/m.seen"]).verdict == "bounded"


def test_the_comment_may_stand_above() -> None:
    text = SERVER.replace("    var seen", "    //maplint:bounded a dozen probes ask\n    var seen") % ("", "")
    found = program({"a.go": text})
    assert found.judge.growth(found.sites["example.com/m.seen"]).verdict == "bounded"


def test_conventions_name_the_guard() -> None:
    for comment in ("// guarded by mu", "//maplint:guarded-by mu", "// +checklocks:mu"):
        found = program({"a.go": SERVER % ("", f" {comment}")})
        assert found.contracts.guard(found.sites["example.com/m.hub.peers"]) == "example.com/m.hub.mu"


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ("hub.lock", "hub.lock"),
        ("peer.mu", "peer.mu"),
        ("h.lock", "hub.lock"),
        ("kept", "base.kept"),
        ("its owner", ""),
        ("peer.missing", ""),
    ],
)
def test_the_guard_that_a_comment_names_is_a_field_that_there_is(said: str, guard: str) -> None:
    types = "type base struct { kept int }; type peer struct { mu int }"
    hub = f"type hub struct {{\n base\n lock int\n m map[string]int // guarded by {said}\n}}"
    found = program({"a.go": f"package m\n{types}\n{hub}\n"})
    expected = f"example.com/m.{guard}" if guard else ""
    assert found.contracts.guard(found.sites["example.com/m.hub.m"]) == expected


def test_a_comment_on_a_variable_names_another_one() -> None:
    text = "package m\nvar mu int\nvar seen = map[string]int{} // guarded by %s\n"
    for said, guard in (("mu", "example.com/m.mu"), ("lock", "")):
        found = program({"a.go": text % said})
        assert found.contracts.guard(found.sites["example.com/m.seen"]) == guard
