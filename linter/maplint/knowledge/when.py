"""When code that is handed to a library runs."""

from __future__ import annotations

import enum


class When(enum.StrEnum):
    """How the runs of a func or method lie to the call that hands it over, and to each other."""

    NOW = "now"
    """Before the call returns, in the caller's goroutine."""
    PARALLEL = "parallel"
    """Before the call returns, in several goroutines at once."""
    ONCE = "once"
    """At most once for each object it is given to, in the goroutine that asks for it, as `sync.Once` does."""
    LATER = "later"
    """After the call has returned, never twice at a time, mostly in the goroutine that uses the object."""
    GOROUTINE = "goroutine"
    """In another goroutine than the caller's; what one registration causes does not overlap."""
    TIMER = "timer"
    """In a goroutine of its own when the time comes, again where the timer repeats; seldom overlapping."""
    CONCURRENT = "concurrent"
    """After the call has returned, in several goroutines at once."""
