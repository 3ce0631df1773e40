"""Comments that state what holds of a map are believed."""

from __future__ import annotations

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
