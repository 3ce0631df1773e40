"""Recognise the comments that suppress findings, in the words of golangci-lint, staticcheck and maplint.

The forms, each on a line of its own or after code:

    //nolint                            everything
    //nolint:maplint,errcheck // reason maplint, among others
    //lint:ignore ML101,SA1019 reason   the reason is needed, as staticcheck needs it
    //lint:file-ignore ML101 reason
    //maplint:ignore ML101 reason
    //maplint:file-ignore ML101 reason
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from maplint.finding import Comment

Expand = Callable[[str], frozenset[str]]
"""From an id, a prefix, a name or ALL to the ids meant, in any case of letters; empty for an unknown word."""

Read = Callable[[str], bytes]
"""From the absolute path of an analysed file to its bytes."""


class Item(NamedTuple):
    """One word of a directive's list that concerns maplint."""

    word: str
    """As it is written; empty for what a bare `//nolint` says without a word."""
    rules: frozenset[str]
    """Ids it suppresses; empty where maplint knows no such rule."""
    ours: bool = True
    """Whether it names maplint or a rule, and so is worth a remark when it suppresses nothing."""


class Directive(NamedTuple):
    """A comment that suppresses findings, or means to."""

    comment: Comment
    lines: range | None
    """The lines it speaks of; None for the whole file."""
    items: tuple[Item, ...]
    reason: str = ""
    wrong: str = ""
    """Why it suppresses nothing whatever stands there, as the end of a sentence; empty for a sound one."""
    foreign: bool = False
    """Whether it names other linters too."""


class _Words(NamedTuple):
    """A comment taken apart."""

    tool: str
    """nolint, lint or maplint."""
    verb: str
    """ignore or file-ignore; for maplint whatever stands there."""
    words: tuple[str, ...] | None
    """None where a bare `//nolint` has no list."""
    reason: str


_NOLINT = re.compile(r"nolint(?::(?P<list>.*)|\s.*|)")
_VERB = re.compile(
    r"//\s*(?P<tool>lint|maplint):(?P<verb>[\w-]+)"
    r"(?:\s+(?P<list>[^\s,]+(?:\s*,\s*[^\s,]+)*))?(?:\s+(?P<reason>.*))?"
)
_LIKE_AN_ID = re.compile(r"ML\d+", re.IGNORECASE)
MAX_DISTANCE = 100
"""How many lines a directive may stand above the code that it speaks of, other comments between them."""
_OTHER_VERBS = ("bounded", "guarded-by")
"""Directives of maplint that state a contract; the model reads them."""


def directives(comments: Iterable[Comment], expand: Expand, read: Read) -> tuple[Directive, ...]:
    """The comments that suppress findings of maplint, or fail to, in the order given."""
    code = cache(lambda path: _code(read(path)))
    return tuple(found for comment in comments for found in _directive(comment, expand, code))


def _directive(comment: Comment, expand: Expand, code: Callable[[str], _Code]) -> Iterator[Directive]:
    parts = _take_apart(comment.text)
    if parts is None:
        return
    if parts.tool == "maplint" and parts.verb not in ("ignore", "file-ignore"):
        if parts.verb not in _OTHER_VERBS:
            yield Directive(comment, None, (), wrong=f"maplint knows no directive maplint:{parts.verb}")
        return
    items = _items(parts, expand)
    if not items and parts.tool != "maplint":
        return
    yield Directive(
        comment,
        None if parts.verb == "file-ignore" else _lines(comment, parts.tool, code(comment.path)),
        items,
        parts.reason,
        _wrong(parts, items),
        foreign=len(items) < len(parts.words or ()),
    )


def _take_apart(text: str) -> _Words | None:
    head, _, reason = text.lstrip("/ \t").partition("//")
    nolint = _NOLINT.fullmatch(head.rstrip())
    if nolint is not None:
        listed = nolint["list"]
        words = (
            None if listed is None else _split(word.split()[0] for word in listed.split(",") if word.strip())
        )
        return _Words("nolint", "ignore", words, reason.strip())
    verb = _VERB.fullmatch(text.rstrip())
    if verb is None or (verb["tool"] == "lint" and verb["verb"] not in ("ignore", "file-ignore")):
        return None
    return _Words(verb["tool"], verb["verb"], _split((verb["list"] or "").split(",")), verb["reason"] or "")


def _split(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in words if word.strip())


def _items(parts: _Words, expand: Expand) -> tuple[Item, ...]:
    """The words that concern maplint."""
    if parts.words is None:
        return (Item("", expand("ALL"), ours=False),)
    items = (_item(word, parts.tool, expand) for word in parts.words)
    return tuple(item for item in items if item is not None)


def _item(word: str, tool: str, expand: Expand) -> Item | None:
    if word.lower() == "maplint":
        return Item(word, expand("ALL"))
    if word in ("all", "*"):
        return Item(word, expand("ALL"), ours=tool == "maplint")
    rules = expand(word.rstrip("*"))
    if rules or tool == "maplint" or _LIKE_AN_ID.match(word):
        return Item(word, rules)
    return None


def _wrong(parts: _Words, items: Sequence[Item]) -> str:
    if not items:
        return "it names no rule"
    if parts.tool == "lint" and not parts.reason:
        return f"a lint:{parts.verb} needs a reason after the rules"
    return ""


class _Code(NamedTuple):
    """The lines of a file."""

    lines: list[bytes]
    following: list[int]
    """For each line the number, from 1, of the first line from there on that is no comment line."""


def _code(data: bytes) -> _Code:
    lines = data.split(b"\n")
    following = [len(lines) + 1] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        following[at] = following[at + 1] if lines[at].lstrip().startswith(b"//") else at + 1
    return _Code(lines, following)


def _lines(comment: Comment, tool: str, code: _Code) -> range | None:
    """The lines a directive speaks of: its own, and for one on a line of its own up to the next with code.

    As for golangci-lint a `//nolint` on the package clause speaks of the whole file.
    """
    line = comment.line
    if comment.own_line:
        line = min(code.following[line], line + MAX_DISTANCE)
    at_package = line <= len(code.lines) and re.match(rb"\s*package\s", code.lines[line - 1])
    return None if at_package and tool == "nolint" else range(comment.line, line + 1)
