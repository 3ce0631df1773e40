"""What comments state of a map: that it is bounded, and which lock guards it.

`//maplint:bounded reason` and `//maplint:guarded-by mu` on a declaration, and the conventions `guarded by mu` and
`+checklocks:mu` that Go code uses already.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from maplint.finding import Comment
from maplint.model.sites import Site

_BOUNDED = re.compile(r"//\s*maplint:bounded\b")
_GUARDED = re.compile(r"(?:maplint:guarded-by\s+|[gG]uarded by:?\s+|\+checklocks:)[`*&]?(\w+(?:\.\w+)*)")

_Line = tuple[str, int]
"""A file and a line of it."""


class Contracts:
    """The statements of a program's comments, by the declaration they stand at."""

    def __init__(
        self,
        comments: Iterable[Comment],
        line_of: Callable[[str, int], int],
        declared: Callable[[str, str, str], str],
    ) -> None:
        """`declared` gives the symbol of a field or package variable from package, type and name; else ""."""
        self._line_of = line_of
        self._declared = declared
        self._on: dict[_Line, list[str]] = defaultdict(list)
        """Texts by the line that they speak of: their own, or the one below a line of comments."""
        telling = tuple(comments)
        below = _below(telling)
        for comment in telling:
            if _BOUNDED.search(comment.text) or _GUARDED.search(comment.text):
                line = comment.path, comment.line
                self._on[below.get(line, line)].append(comment.text)

    def _texts(self, site: Site) -> list[str]:
        return self._on.get((site.path, self._line_of(site.path, site.pos)), []) if self._on else []

    def is_bounded(self, site: Site) -> bool:
        """Whether a comment states that the map cannot grow without end."""
        return any(_BOUNDED.search(text) for text in self._texts(site))

    def guard(self, site: Site) -> str:
        """Symbol of the lock that a comment names; empty where none does, or where there is no such lock.

        `mu` is a sibling of the field or variable. What stands before it, as in `Pool.mu`, is a type of the package
        that has such a field, or else a name for the object.
        """
        for text in self._texts(site):
            match = _GUARDED.search(text)
            if match is not None:
                *holder, name = match.group(1).split(".")
                owner = site.owner.removeprefix(f"{site.package}.")
                for kind in (*holder[-1:], owner):
                    found = self._declared(site.package, kind, name)
                    if found:
                        return found
        return ""


def _below(comments: Iterable[Comment]) -> dict[_Line, _Line]:
    """For each line that holds nothing but a comment, the first one below that does not."""
    own = {(comment.path, comment.line) for comment in comments if comment.own_line}
    below: dict[_Line, _Line] = {}
    for path, line in sorted(own, reverse=True):
        follows = path, line + 1
        below[path, line] = below.get(follows, follows)
    return below
