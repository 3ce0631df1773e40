"""One piece of evidence for or against a leak, and what each kind of it counts.

The weights were set on read findings and judged candidates; `docs/accuracy.md` shows how often each sign was right,
and the command that recomputes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maplint.finding import Confidence

if TYPE_CHECKING:
    from maplint.model.sites import Use

WEIGHTS: dict[str, int] = {
    # How long the map lives
    "package-variable": 1,
    "owner-lives-long": 2,
    "owner-is-part-of-what-lives-long": 0,
    "owner-has-goroutines": 2,
    "owner-has-lock": 1,
    "owner-is-held": 2,
    "owner-named-like-a-server": 0,
    "owner-life-unknown": -3,
    "owner-is-tended": -1,
    "owner-is-removed": -3,
    "owner-named-like-a-task": -2,
    "owner-made-again": 0,
    "owner-made-to-pass": -2,
    "owner-never-made": -2,
    "untold-singleton": -1,
    "field-is-exported": -1,
    "field-is-written-down": -2,
    # What its keys are
    "key-open": 3,
    "key-of-many": 1,
    "key-open-from-afar": 1,
    "key-names-comers": 2,
    "key-names-installed": -2,
    "key-names-program-text": -2,
    "key-configured": -4,
    "key-unknown": 1,
    "key-is-number": -2,
    "key-is-object": 2,
    # What its entries are
    "lock-per-key": 3,
    "entry-has-expiry": 1,
    "expired-on-read": 1,
    "entries-named-program-text": -1,
    "functions-as-values": -1,
    "entries-are-marks": -3,
    "entries-are-metrics": -5,
    "entries-are-services": -1,
    "entries-are-handed-in": -3,
    # Who reaches the insert
    "reached-concurrently": 2,
    "reached-concurrently-from-afar": 0,
    "reached-in-a-loop": 2,
    "reached-in-a-goroutine": 1,
    "reached-from-outside": 2,
    "reached-by-nobody": -1,
    "reached-from-main-alone": -3,
    "reached-by-set-up": -2,
    # How it inserts
    "sync-map": 1,
    "insert-under-lock": 1,
    "looked-up-first": 1,
    "registration": -2,
    "fails-on-duplicate": -1,
    "copied-in-bulk": -1,
    "replaced-by-option": -3,
    "made-at-start": 0,
    "removal-unused": -1,
    # What betrays it
    "kind-removed-elsewhere": 2,
    "kind-released": 0,
    "sibling-removed": 1,
    "sibling-of-that-key-type": 2,
    "counted-down": 1,
    "released-not-removed": 3,
    "inner-emptied": 2,
    "no-product": -12,
}
"""Points by sign, positive for a leak."""


BETRAYALS = (
    "sibling-removed",
    "kind-removed-elsewhere",
    "sibling-of-that-key-type",
    "released-not-removed",
    "counted-down",
    "inner-emptied",
    "expired-on-read",
    "kind-released",
)
"""The signs that show a removal that was forgotten, most telling first."""


def grade(points: int, high: int, medium: int) -> Confidence:
    """The confidence that a sum of weights stands for."""
    return Confidence.HIGH if points >= high else Confidence.MEDIUM if points >= medium else Confidence.LOW


class Sign(NamedTuple):
    """One piece of evidence."""

    name: str
    """A key of `WEIGHTS`."""
    says: str
    """A short sentence."""
    use: Use | None = None
    """The operation it is about."""
    where: str = ""
    """The symbol of the function where a removal would have its place, for what betrays a leak."""

    @property
    def weight(self) -> int:
        return WEIGHTS[self.name]
