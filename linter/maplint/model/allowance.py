"""How much may be looked at for the sake of one question, and of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Allowance:
    """Counts steps: each question has some of its own, and what goes beyond comes out of what all share."""

    def __init__(self, own: int, most: int, shared: int) -> None:
        """`own` steps every question may take, `most` none exceeds, and `shared` is left beyond `own` for all."""
        self._own = own
        self._most = most
        self._shared = shared
        self._left = 0

    @contextmanager
    def question(self) -> Iterator[None]:
        """Counts the steps within as those of one question."""
        beyond = min(self._shared, self._most - self._own)
        self._left = self._own + beyond
        yield
        self._shared -= min(beyond, max(0, beyond - self._left))

    def step(self) -> bool:
        """Takes one step; False where the question has no more."""
        self._left -= 1
        return self._left >= 0

    @property
    def is_used_up(self) -> bool:
        """Whether the question asked for more than it has."""
        return self._left < 0
