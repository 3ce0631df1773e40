"""Suggest the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of an error message, ` (did you mean select?)`; empty where nothing known is near `word`."""
    import difflib

    spelled = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(word.lower(), spelled, n=1)
    return f" (did you mean {spelled[near[0]]}?)" if near else ""
