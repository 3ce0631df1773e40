"""Whether a text report is coloured."""

from __future__ import annotations

from collections.abc import Mapping


def wants_color(choice: str, environment: Mapping[str, str], terminal: bool) -> bool:
    """The first of these that says something decides: `--color always` or `never`; NO_COLOR; FORCE_COLOR and
    CLICOLOR_FORCE; TERM=dumb; whether standard output is a terminal.

    A variable says something if it is set and not empty, CLICOLOR_FORCE also only if it is not 0.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return terminal and environment.get("TERM") != "dumb"
