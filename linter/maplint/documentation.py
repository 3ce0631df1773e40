"""A rule's documentation: one Markdown text, from which help, web pages and SARIF are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from maplint.errors import MaplintError

HEADINGS = (
    "What it finds",
    "Why it matters",
    "Example",
    "How to fix",
    "What it cannot see",
    "How to silence",
)
"""The second-level headings that every rule has, in this order."""

_FENCE = "```"


class Documentation(NamedTuple):
    """A rule's text, taken apart."""

    short: str
    """One sentence: the first line."""
    sections: Mapping[str, str]
    """Heading → the Markdown under it, without blank lines around, for each of HEADINGS."""


def parse(doc: str, rule: str = "a rule") -> Documentation:
    """Takes a rule's text apart; `rule` is the id that an error names.

    Raises MaplintError when the first line or a heading is missing, or a heading is empty, unknown or out of
    order.
    """
    short, *lines = doc.strip().splitlines() or [""]
    if not short.strip() or short.startswith("#"):
        raise MaplintError(f"the documentation of {rule} must begin with a line that describes it")
    titles, (lead, *bodies) = _split(lines)
    _check_titles(titles, rule)
    if lead:
        raise MaplintError(f"the documentation of {rule} has text above the heading '## {HEADINGS[0]}'")
    sections = dict(zip(titles, bodies, strict=True))
    for title, body in sections.items():
        if not body:
            raise MaplintError(f"the documentation of {rule} has nothing under '## {title}'")
    return Documentation(short.strip(), sections)


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """The sections' titles, and the text above the first and under each; fenced blocks have no titles."""
    titles: list[str] = []
    bodies: list[list[str]] = [[]]
    fenced = False
    for line in lines:
        if line.lstrip().startswith(_FENCE):
            fenced = not fenced
        if line.startswith("## ") and not fenced:
            titles.append(line.removeprefix("## ").strip())
            bodies.append([])
        else:
            bodies[-1].append(line)
    return titles, ["\n".join(body).strip() for body in bodies]


def _check_titles(titles: list[str], rule: str) -> None:
    for wanted, found in zip(HEADINGS, (*titles, *[None] * len(HEADINGS)), strict=False):
        if found != wanted:
            instead = f", found '## {found}' in its place" if found else ""
            raise MaplintError(f"the documentation of {rule} lacks the heading '## {wanted}'{instead}")
    if len(titles) > len(HEADINGS):
        extra = titles[len(HEADINGS)]
        raise MaplintError(f"the documentation of {rule} has an unknown heading '## {extra}' at its end")
