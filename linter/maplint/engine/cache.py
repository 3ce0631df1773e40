"""The cache of reports: a folder with one file for each run that was not like another.

A file is a digest, a line feed and the report in JSON. What is missing, damaged or not maplint's own counts
as not there, and a folder that cannot be written costs nothing but time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import NamedTuple

from maplint.engine.records_json import decode, encode
from maplint.finding import Report
from maplint.workspace.files import read_regular

MOST_ENTRIES = 64
MOST_BYTES = 50 << 20
"""How much of a cache survives the next report that is kept; the newest stays."""

_ENTRY = re.compile(r"[0-9a-f]{64}\.json(\.[0-9a-f]{16})?")
"""The files of a cache, with those that a run did not come to finish."""


class Slot(NamedTuple):
    """Where the report of one run is kept."""

    folder: str
    """Absolute folder of all reports."""
    key: str
    """What `cache_key` says of the run."""

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.key}.json"


def default_folder(environment: Mapping[str, str], platform: str) -> str:
    """The folder of maplint's cache where no setting names one; `platform` is as in `sys.platform`.

    Empty for a user without a home.
    """
    named = environment.get("MAPLINT_CACHE")
    if named:
        return named
    if platform == "win32":
        base = environment.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    elif platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        given = environment.get("XDG_CACHE_HOME", "")
        base = given if os.path.isabs(given) else os.path.expanduser("~/.cache")
    return os.path.join(base, "maplint") if os.path.isabs(base) else ""


def recall(slot: Slot) -> Report | None:
    """The report that was kept there, and None for all that is no such report."""
    try:
        digest, _, data = read_regular(slot.path).partition(b"\n")
        if digest != _digest(data, slot.key):
            return None
        report = decode(data)
    except (OSError, ValueError, RecursionError, MemoryError):
        return None
    with suppress(OSError):
        os.utime(slot.path)
    return report


def keep(slot: Slot, report: Report) -> None:
    """Keep the report, whole or not at all, and drop what has grown old.

    Raises OSError, or ValueError for an impossible path, where the report cannot be written.
    """
    data = encode(report)
    os.makedirs(slot.folder, exist_ok=True)
    unfinished = f"{slot.path}.{os.urandom(8).hex()}"
    try:
        with open(unfinished, "xb") as file:
            file.write(_digest(data, slot.key) + b"\n" + data)
        os.replace(unfinished, slot.path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    with suppress(OSError):
        _prune(slot.folder)


def _digest(data: bytes, key: str) -> bytes:
    """A digest that holds for this run alone, so that a file under another's name is worth nothing."""
    return blake2b(data, key=bytes.fromhex(key), digest_size=32).hexdigest().encode()


def _prune(folder: str) -> None:
    """Remove the oldest reports beyond the number and the size that are kept; other files are left alone."""
    found: list[tuple[int, int, str]] = []
    for name in filter(_ENTRY.fullmatch, os.listdir(folder)):
        with suppress(OSError):
            status = os.stat(f"{folder}/{name}")
            found.append((status.st_mtime_ns, status.st_size, name))
    room = MOST_BYTES
    for number, (_, size, name) in enumerate(sorted(found, reverse=True)):
        room -= size
        if number >= MOST_ENTRIES or (number and room < 0):
            with suppress(OSError):
                os.unlink(f"{folder}/{name}")
