"""GitHub's line hash, against values that GitHub's own tests hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.report.line_hash import line_hashes

_GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", _GREETINGS),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", _GREETINGS),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", _GREETINGS),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", _GREETINGS),
    ],
    ids=["empty", "blanks", "lf", "cr", "crlf", "mixed"],
)
def test_known_files(text: str, expected: list[str]) -> None:
    assert line_hashes(text.encode()) == expected


def test_equal_lines_are_counted() -> None:
    hashes = line_hashes(b"Lorem ipsum dolor sit amet.\n" * 10)
    assert hashes[:6] == [f"a7f2ff13bc495cf2:{count}" for count in range(1, 7)]
    assert hashes[6:] == [
        "a7f2ff1481e87703:1",
        "a9cf91f7bbf1862b:1",
        "55ec222b86bcae53:1",
        "cc97dc7b1d7d8f7b:1",
        "c129715d7a2bc9a3:1",
    ]


@given(st.lists(st.text(st.characters(exclude_characters="\r\n"), max_size=30), max_size=12))
def test_there_is_a_hash_for_each_line_and_blanks_do_not_matter(lines: list[str]) -> None:
    text = "\n".join(lines)
    hashes = line_hashes(text.encode("utf-8", "replace"))
    assert len(hashes) == text.count("\n") + 1
    blanker = "\r\n".join(f"\t {line} " for line in lines)
    assert line_hashes(blanker.encode("utf-8", "replace")) == hashes


@given(st.text(max_size=150))
def test_text_above_moves_a_hash_and_does_not_change_it(text: str) -> None:
    source = text.encode("utf-8", "replace")
    hashes = [value.split(":")[0] for value in line_hashes(source)]
    below = [value.split(":")[0] for value in line_hashes(b"// one\n// two\n" + source)]
    assert below[2:] == hashes
