"""Methods that answer remote calls, which a server runs in a goroutine each."""

from __future__ import annotations

import pytest
from test_races import found

SERVICE = """
type OpenRequest struct { Name string }
type OpenResponse struct { ID int }
type Files_WatchServer interface { Send(*OpenResponse) error }
type Server struct { open map[string]int }
func NewServer() *Server { return &Server{open: map[string]int{}} }
%s { return nil%s }
func (s *Server) note(name string) { s.open[name]++ }
var server = NewServer()
"""
RACY = {("unguarded", "Server.note")}


@pytest.mark.parametrize(
    ("method", "kinds"),
    [
        ("(ctx context.Context, r *OpenRequest) (*OpenResponse, error) { s.note(r.Name)", RACY),
        ("(r *OpenRequest, stream Files_WatchServer) error { s.note(r.Name)", RACY),
        ("(stream Files_WatchServer) error { s.note(`a`)", RACY),
        (
            "(ctx context.Context, r *OpenRequest, opts ...string) (*OpenResponse, error) { s.note(r.Name)",
            set(),
        ),
        ("(ctx context.Context, name string) (*OpenResponse, error) { s.note(name)", set()),
        ("(r *OpenRequest) error { s.note(r.Name)", set()),
    ],
)
def test_a_method_that_answers_remote_calls_runs_for_several_at_once(
    method: str, kinds: set[tuple[str, str]]
) -> None:
    text = SERVICE.replace("{ return nil%s }", "; return nil%s }")
    assert (
        found(text % (f"func (s *Server) Open{method}", ", nil" if "(*Open" in method else ""), "Server.open")
        == kinds
    )


HELD = """
type Runtime struct { mu sync.RWMutex; kinds map[string]int; busy map[string]bool }
func NewRuntime() *Runtime { r := &Runtime{kinds: map[string]int{}}; go r.watch(); return r }
func (r *Runtime) watch() { for range time.Tick(time.Second) { %s } }
func (r *Runtime) Kind(name string) int { r.mu.RLock(); defer r.mu.RUnlock(); return r.kinds[name] }
"""


def test_a_lock_that_readers_alone_hold_keeps_no_writer_out() -> None:
    writes = {("unguarded", "Runtime.watch")}
    assert found(HELD % "r.kinds = map[string]int{}; r.kinds[`a`]++", "Runtime.kinds") == writes
    assert found(HELD % "r.mu.Lock(); r.kinds[`a`]++; r.mu.Unlock()", "Runtime.kinds") == set()
