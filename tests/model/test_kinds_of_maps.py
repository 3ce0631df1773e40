"""What the field and its entries say of a map: parts of a record, services of a program."""

from __future__ import annotations

import pytest
from programs import program

TEXT = """package main

import "net/http"

type service interface { Serve(id string) error }

type table struct { FIELD map[string]ENTRY TAG }

var all = &table{FIELD: map[string]ENTRY{}}

func handle(w http.ResponseWriter, r *http.Request) { var one ENTRY; all.FIELD[r.Host] = one }

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("field", "entry", "expected"),
    [
        ("hosts", "int", set()),
        ("hosts", 'int `yaml:"hosts"`', {"field-is-written-down"}),
        ("Hosts", "int", {"field-is-exported"}),
        ("hosts", "service", {"entries-are-services"}),
        ("hosts", "any", set()),
        ("hosts", "error", set()),
    ],
)
def test_the_field_and_its_entries_speak(field: str, entry: str, expected: set[str]) -> None:
    kind, _, tag = entry.partition(" ")
    text = TEXT.replace("FIELD", field).replace("TAG", tag).replace("ENTRY", kind)
    found = program({"main.go": text})
    growth = found.judge.growth(found.sites[f"example.com/m.table.{field}"])
    signs = {sign.name for sign in growth.signs}
    assert signs & {"field-is-exported", "field-is-written-down", "entries-are-services"} == expected
