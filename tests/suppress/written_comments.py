"""Comments of a made-up file, placed as the model hands them over."""

from __future__ import annotations

from maplint.finding import Comment


def written(text: str, line: int = 3, own_line: bool = False, path: str = "/m/a.go") -> Comment:
    """A comment in columns 9 to 39 of a line."""
    return Comment(path, line, 9, 40, text, own_line)
