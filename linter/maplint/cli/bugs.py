"""Own up to a fault in maplint itself: one line, and the traceback for those who ask."""

from __future__ import annotations

from maplint.cli import streams


def tell_bug(what: str, error: Exception, verbose: bool) -> None:
    """Name `what` failed and how on standard error, with the traceback only if `verbose`."""
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    streams.say(f"maplint: a fault in maplint itself, in {what}: {said}")
    if verbose:
        import traceback

        streams.say("".join(traceback.format_exception(error)).rstrip())
    else:
        streams.say("maplint: please report it, with what --verbose adds")
