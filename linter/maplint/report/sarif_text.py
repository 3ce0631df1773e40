"""Message texts in SARIF: plain text in which `[text](1)` links to the related location with that id."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sarif_om  # type: ignore[import-untyped]


def message(text: str) -> sarif_om.Message:
    """A message of plain words, without links."""
    return sarif_om.Message(text=_plain(text))


def linked_message(text: str, links: Sequence[str]) -> sarif_om.Message:
    """A sentence followed by one that links to the related locations 1, 2, … under the texts given."""
    sentences = [_sentence(_plain(text))]
    if links:
        listed = ", ".join(f"[{_escaped(link)}]({number})" for number, link in enumerate(links, 1))
        sentences.append(f"See {listed}.")
    return sarif_om.Message(text=" ".join(sentences))


def _plain(text: str) -> str:
    """Plain text, escaped only where it could be read as a link: `handlers[name](ctx)` is Go and no link.

    SARIF asks for no more, and not every viewer takes a backslash outside a link text away again.
    """
    return _escaped(text) if "](" in text else text


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _sentence(text: str) -> str:
    text = text.rstrip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
