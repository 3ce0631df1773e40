"""What comments state of a map: that it is bounded, and which lock guards it.

`//maplint:bounded reason` and `//maplint:guarded-by mu` on a declaration, and the conventions `guarded by mu` and
`+checklocks:mu` that Go code uses already.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol

from maplint.model.sites import Site

_BOUNDED = re.compile(r"//\s*maplint:bounded\b")
_GUARDED = re.compile(r"(?:maplint:guarded-by\s+|[gG]uarded by:?\s+|\+checklocks:)[`*&]?(\w+(?:\.\w+)*)")


class _Comment(Protocol):
    """A placed comment, as `Program.comments` gives it."""

    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def own_line(self) -> bool: ...


class Contracts:
    """The statements of a program's comments, by the declaration they stand at."""

    def __init__(self, comments: Iterable[_Comment], line_of: Callable[[str, int], int]) -> None:
        self._line_of = line_of
        self._on: dict[tuple[str, int], list[str]] = defaultdict(list)
        """Texts by file and the line that they speak of: their own, or the one below a line of comments."""
        own = {(comment.path, comment.line) for comment in comments if comment.own_line}
        for comment in comments:
            line = comment.line
            while (comment.path, line) in own:
                line += 1
            self._on[comment.path, line].append(comment.text)

    def _texts(self, site: Site) -> list[str]:
        return self._on.get((site.path, self._line_of(site.path, site.pos)), []) if self._on else []

    def is_bounded(self, site: Site) -> bool:
        """Whether a comment states that the map cannot grow without end."""
        return any(_BOUNDED.search(text) for text in self._texts(site))

    def guard(self, site: Site) -> str:
        """Symbol of the lock that a comment names: a sibling of the field or variable; empty where none does."""
        for text in self._texts(site):
            match = _GUARDED.search(text)
            if match is not None:
                name = match.group(1).rpartition(".")[2]
                return f"{site.owner or site.package}.{name}"
        return ""
