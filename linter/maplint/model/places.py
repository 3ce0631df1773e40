"""Where bytes of files stand, in lines and columns."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from maplint.finding import Place

if TYPE_CHECKING:
    from maplint.workspace.records import GoFile


class Places:
    """Answers for the files of a program; the lines of each are looked for once."""

    def __init__(self, files: Mapping[str, GoFile]) -> None:
        self._files = files
        self._starts: dict[str, array[int]] = {}

    def place(self, path: str, start: int, end: int) -> Place:
        """The place of a stretch of bytes, cut at the end of its first line."""
        line, column = self.line_column(path, start)
        end_line, end_column = self.line_column(path, max(start, end))
        if end_line > line:
            end_line, end_column = line, self._line_length(path, line) + 1
        return Place(path, line, column, end_line, end_column)

    def line_column(self, path: str, offset: int) -> tuple[int, int]:
        """Line and byte column, from 1, of a byte offset."""
        starts = self._line_starts(path)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _line_starts(self, path: str) -> Sequence[int]:
        known = self._starts.get(path)
        if known is None:
            data = self._files[path].data
            known = array("L", [0])
            at = data.find(b"\n")
            while at >= 0:
                known.append(at + 1)
                at = data.find(b"\n", at + 1)
            self._starts[path] = known
        return known

    def _line_length(self, path: str, line: int) -> int:
        starts = self._line_starts(path)
        data = self._files[path].data
        end = starts[line] - 1 if line < len(starts) else len(data)
        return len(data[starts[line - 1] : end].rstrip(b"\r"))
