"""Standard output and standard error: the report alone on the one, everything else on the other."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def put(text: str) -> None:
    """Write a report to standard output, as UTF-8. A reader that has gone away is no error; another OSError is."""
    if not text:
        return
    if sys.stdout is None:
        raise OSError(None, "it is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)


def say(line: str) -> None:
    """Write a line to standard error; where that is impossible nobody can be told."""
    try:
        print(line, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _abandon(sys.stderr)
    except OSError:
        pass


def finish() -> None:
    """Flush both streams, so that nothing is left to fail at the interpreter's shutdown."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _abandon(stream)


def _abandon(stream: TextIO) -> None:
    """Let what is still buffered, and what is yet to come, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
