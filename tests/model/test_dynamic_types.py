"""Which objects an interface holds: a goroutine that runs the one kind's methods does not run another's."""

from __future__ import annotations

import pytest
from test_races import found

SERVED = """
type Source interface { Get(name string) int }
type Files struct { sizes map[string]int }
type Table struct { rows map[string]int }
type Named struct { Source; name string }
func (f *Files) Get(name string) int { f.sizes[name]++; return f.sizes[name] }
func (t *Table) Get(name string) int { t.rows[name]++; return t.rows[name] }
type server struct { from Source }
func (s *server) page(w http.ResponseWriter, r *http.Request) { s.from.Get(r.URL.Path) }
func open(kind string) (Source, error) {
    if kind == "" { return nil, errors.New("none") }
    %s
}
func main() {
    table := &Table{rows: map[string]int{}}
    table.Get("first")
    from, err := open("files")
    if err != nil { return }
    s := &server{from: from}
    http.HandleFunc("/", s.page)
    %s
}
"""
FILES = "var f Source = &Files{sizes: map[string]int{kind: 1}}; return f, nil"


@pytest.mark.parametrize(
    ("made", "later", "files", "table"),
    [
        (FILES, "", True, False),
        (FILES, "s.from = table", True, True),
        (FILES.replace("return f", "return &Named{Source: f}"), "", True, False),
        (FILES.replace("return f", "return &Named{Source: f}"), "s.from = Named{Source: table}", True, True),
        ("return &Table{rows: map[string]int{}}, nil", "", False, True),
        # What other modules hand over may be of any type.
        ("return unknown.Open(kind), nil", "", True, True),
    ],
)
def test_a_call_through_an_interface_runs_methods_of_what_the_interface_is_given(
    made: str, later: str, files: bool, table: bool
) -> None:
    text = SERVED.replace("package m", "package main") % (made, later)
    assert bool(found(text, "Files.sizes")) is files
    assert bool(found(text, "Table.rows")) is table


def test_structs_that_embed_what_may_be_of_their_own_kind_come_to_an_end() -> None:
    wrap = "func wrap(s Source) Source { return &Cached{Source: &Cached{Source: s}} }\n"
    text = (
        "type Cached struct { Source }\n"
        + wrap
        + SERVED % (FILES.replace("return f", "return wrap(wrap(f))"), "")
    )
    assert found(text, "Files.sizes")
    assert not found(text, "Table.rows")


KEPT = """
type Source interface { Get(name string) int }
type Files struct { sizes map[string]int }
type Table struct { rows map[string]int }
func (f *Files) Get(name string) int { f.sizes[name]++; return f.sizes[name] }
func (t *Table) Get(name string) int { t.rows[name]++; return t.rows[name] }
type pool struct { all []Source; named map[string]Source }
func (p *pool) pick(name string) Source {
    if one, ok := p.named[name]; ok { return one }
    return p.all[0]
}
type server struct { from Source }
func (s *server) page(w http.ResponseWriter, r *http.Request) { s.from.Get(r.URL.Path) }
func serve(from Source, table *Table) { s := &server{from: from}; http.HandleFunc("/", s.page) }
func main() {
    table := &Table{rows: map[string]int{}}
    p := &pool{named: map[string]Source{}}
    p.all = append(p.all, &Files{sizes: map[string]int{}})
    p.named["files"] = p.all[0]
    %s
    serve(p.pick("files"), table)
}
"""


@pytest.mark.parametrize(
    ("put", "table"),
    [
        ("", False),
        ("p.all = append(p.all, table)", True),
        ('p.named["table"] = table', True),
        ('known := p.named; known["table"] = table', True),
        ("p.all = []Source{table}", True),
        ("p.all = unknown.Sources()", True),
    ],
)
def test_elements_are_of_the_types_that_are_put_into_their_containers(put: str, table: bool) -> None:
    assert found(KEPT % put, "Files.sizes")
    assert bool(found(KEPT % put, "Table.rows")) is table
