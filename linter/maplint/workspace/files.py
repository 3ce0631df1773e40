"""Absolute paths with `/`, and the reading of one file that may turn out to be anything."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_PAGE = 4096
"""More than is there, so that a file which has not grown is read at once: what comes short is the end."""


def absolute(path: str, directory: str) -> str:
    """The path as seen from a folder, absolute, without `.` and `..`, with `/`; links are not resolved."""
    return os.path.normpath(os.path.join(directory, path)).replace(os.sep, "/")


def within(path: str, folder: str) -> bool:
    """Whether the path is the folder or lies below it, by its text."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def relative(path: str, folder: str) -> str:
    """The path below a folder that holds it, without a leading `/`; empty for the folder itself."""
    return path[len(folder.rstrip("/")) + 1 :]


def upwards(folder: str) -> Iterator[str]:
    """A folder and all above it, nearest first."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def shown(path: str) -> str:
    """The path for a reader: what is not UTF-8 is replaced."""
    return os.fsencode(path).decode(errors="replace")


def is_utf8(path: str) -> bool:
    """Whether the bytes of a path are UTF-8."""
    return path.isascii() or shown(path) == path


def read_regular(path: str, most: int | None = None) -> bytes:
    """The bytes of a regular file of that size at most.

    Raises OSError for all else, which is not opened: a pipe would block, and a huge file fill the memory.
    """
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "it is not a regular file")
    if most is not None and status.st_size > most:
        raise OSError(0, f"it is larger than {most >> 20} MiB")
    size = status.st_size + _PAGE
    descriptor = os.open(path, _READING)
    try:
        parts = [os.read(descriptor, size)]
        while len(parts[-1]) == size:
            parts.append(os.read(descriptor, size))
    finally:
        os.close(descriptor)
    return b"".join(parts)
