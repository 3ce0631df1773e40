"""What `--exclude` leaves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maplint.errors import MaplintError
from maplint.workspace.files import relative, within

Exclusion = Callable[[str], bool]
"""Says of an absolute path (of a folder with a `/` at its end) whether it is left out."""


def exclusion(patterns: Sequence[str], base: str) -> Exclusion:
    """The paths below `base` that gitignore patterns match; raises MaplintError for what is no pattern.

    A folder is left out as a whole only where no pattern takes files back in (`!`).
    """
    if not patterns:
        return lambda path: False
    import pathspec

    try:
        spec = pathspec.GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise MaplintError(f"exclude: {error} (write it as in a .gitignore)") from error
    takes_back = any(pattern.startswith("!") for pattern in patterns)

    def excluded(path: str) -> bool:
        if not within(path, base) or (takes_back and path.endswith("/")):
            return False
        return spec.match_file(relative(path, base))

    return excluded
