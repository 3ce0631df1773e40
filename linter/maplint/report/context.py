"""What a reporter knows beside the report itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from maplint.rule import Rule

TOOL = "maplint"
HOME = "https://github.com/maplint/maplint"


class Context(NamedTuple):
    """The run as a reporter sees it; all that a reporter may look at outside the report."""

    cwd: str
    """Absolute working directory with `/`: what paths are relative to in text, concise and JSON."""
    root: str
    """Absolute repository root with `/`, the working directory where there is none: the base in SARIF and
    GitHub annotations."""
    read: Callable[[str], bytes]
    """The contents of an analysed file by its absolute path; raises OSError when the file is gone."""
    version: str
    """maplint's own version."""
    rules: tuple[Rule, ...] = ()
    """The rules that ran, in the order of the catalogue."""
    color: bool = False
    """Whether to write ANSI escape sequences."""
    show_suppressed: bool = False
    """Whether findings that comments hide are shown too, marked as such."""
