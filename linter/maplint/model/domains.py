"""How many different keys a map can get, which the rules speak of too: so it stands apart from the search."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Domain(enum.IntEnum):
    """How many different keys there can be."""

    CLOSED = 0
    """As many as the program text, its flags or its environment has."""
    CONFIGURED = 1
    """As many as somebody has written into its configuration."""
    UNKNOWN = 2
    NAMED = 3
    """The name or type speaks of things that come and go, but nothing shows where they come from."""
    OPEN = 4
    """As many as arrive at run time."""


_MANY = frozenset(("a network address", "the time", "a counter"))
"""What there is no end of, though a program may meet few: addresses of its own, one instant for each step."""


class Source(NamedTuple):
    domain: Domain
    what: str
    """A phrase for a message, such as "a request header"; empty where nothing is known."""
    hops: int = 0
    """Steps between the insert and the place where an open key arrives."""

    @property
    def is_told(self) -> bool:
        """Whether somebody else chooses the keys, of which a program could meet any number."""
        return self.domain is Domain.OPEN and self.what not in _MANY
