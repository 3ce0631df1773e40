"""Columns in UTF-16 units, widths on a terminal, and paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.finding import Place
from maplint.report.characters import expand, one_line, utf16_column, width
from maplint.report.paths import file_uri, in_repository, is_outside, position, relative, relative_uri


@pytest.mark.parametrize(
    ("line", "column", "first", "expected"),
    [
        ("x := m[k]", 6, False, 6),
        ("é := m", 3, False, 2),
        ("世界 m", 8, False, 4),
        ("😀 m", 6, False, 4),
        ("\t\tm", 3, False, 3),
        ("m = 1\r", 7, False, 7),
        ("\ufeffpackage a", 4, True, 1),
        ("\ufeffpackage a", 12, True, 9),
        ("\ufeffx", 4, False, 2),
        ("short", 99, False, 6),
        ("", 1, True, 1),
    ],
    ids=["ascii", "é", "cjk", "emoji", "tab", "crlf", "bom", "after-bom", "bom-later", "beyond", "empty"],
)
def test_a_byte_column_becomes_a_utf16_column(line: str, column: int, first: bool, expected: int) -> None:
    assert utf16_column(line.encode(), column, first=first) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_the_column_after_a_text_counts_its_utf16_units(text: str) -> None:
    column = utf16_column(text.encode() + b"m", len(text.encode()) + 1, first=False)
    assert column == len(text.encode("utf-16-le")) // 2 + 1


@pytest.mark.parametrize(
    ("source", "start", "expected"),
    [
        ("\tx", 0, "    x"),
        ("ab\tx", 0, "ab  x"),
        ("\tx", 3, " x"),
        ("世\tx", 0, "世  x"),
        ("\ufeffx", 0, "x"),
        ("\x1b[31m\u202e", 0, "\ufffd[31m\ufffd"),
    ],
)
def test_a_source_line_is_safe_and_without_tabs(source: str, start: int, expected: str) -> None:
    assert expand(source.encode(), start) == expected


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("世界", 4), ("e\N{COMBINING ACUTE ACCENT}", 1), ("", 0)]
)
def test_width_is_in_terminal_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def test_one_line_folds_white_space_and_hides_control_characters() -> None:
    assert one_line("a\n\tb\x1b[0m  c\udcff") == "a b\ufffd[0m c\ufffd"


def test_paths_are_relative_to_the_base_with_slashes() -> None:
    assert relative("/a/b/c.go", "/a/b") == "c.go"
    assert relative("/a/x/c.go", "/a/b") == "../x/c.go"
    assert position(Place("/a/b/c.go", 3, 7, 3, 9), "/a") == "b/c.go:3:7"


def test_uris_are_percent_encoded() -> None:
    assert relative_uri("a b/ö#%:[x].go") == "a%20b/%C3%B6%23%25%3A%5Bx%5D.go"
    assert relative_uri("\udcff.go") == "%FF.go"
    assert file_uri("/a b/c.go") == "file:///a%20b/c.go"
    assert file_uri("C:/a/c.go") == "file:///C:/a/c.go"


def test_a_forge_knows_a_file_by_its_real_place(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.go").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert in_repository(f"{tmp_path}/link/a.go", str(tmp_path)) == "real/a.go"
    assert not is_outside("real/a.go")
    assert is_outside(in_repository(str(tmp_path), f"{tmp_path}/real") + "/x.go")
