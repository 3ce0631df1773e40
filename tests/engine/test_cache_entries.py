"""The entries of the cache: whole, of this run and of this shape, or none; and not too many of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.engine import cache
from maplint.engine.cache import Slot, keep, recall
from maplint.engine.records_json import decode, encode
from maplint.finding import Confidence, Fault, Finding, Level, Place, Report, Summary, Suppressed, Suppression

PLACE = Place("/m/\udcff/a.go", 1, 2, 3, 4)
FINDING = Finding(
    "ML401", "x", "race", Level.ERROR, Confidence.LOW, "It is “said”.", PLACE, "m.a", "m", fingerprint="0"
)
REPORT = Report(
    (FINDING,),
    (Suppressed(FINDING, Suppression("inSource", "")),),
    (Fault("no"), Fault("no", "/a", 3)),
    Summary(1),
)
KEY = "ab" * 32


@given(st.from_type(Report))
def test_a_report_survives_its_way_through_json(report: Report) -> None:
    again = decode(encode(report))
    assert again == report
    assert repr(again) == repr(report)


@pytest.fixture
def slot(tmp_path: Path) -> Slot:
    """The place of REPORT, which is kept there."""
    slot = Slot(str(tmp_path / "reports"), KEY)
    keep(slot, REPORT)
    return slot


def test_what_was_kept_is_recalled(slot: Slot) -> None:
    assert recall(slot) == REPORT
    assert os.listdir(slot.folder) == [f"{KEY}.json"]


def test_no_damaged_byte_and_no_cut_goes_unnoticed(slot: Slot) -> None:
    data = Path(slot.path).read_bytes()
    for at in range(len(data)):
        Path(slot.path).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert recall(slot) is None
        Path(slot.path).write_bytes(data[:at])
        assert recall(slot) is None


def test_the_report_of_another_run_is_not_believed(slot: Slot) -> None:
    other = slot._replace(key="cd" * 32)
    os.rename(slot.path, other.path)
    assert recall(other) is None


def forged(edit: Callable[[list[Any]], None]) -> bytes:
    document = json.loads(encode(REPORT))
    edit(document)
    return json.dumps(document).encode()


def put(value: object, *path: int) -> Callable[[list[Any]], None]:
    def edit(document: list[Any]) -> None:
        for step in path[:-1]:
            document = document[step]
        document[path[-1]] = value

    return edit


@pytest.mark.parametrize(
    "data",
    [
        b"null",
        b"{}",
        b"[]",
        b"[[],[],[]]",
        b"[[],[],[],[],[]]",
        b"[" * 100_000,
        b"9" * 10_000,
        b"\xff",
        forged(put("1", 0, 0, 6, 1)),
        forged(put(1.0, 0, 0, 6, 1)),
        forged(put(True, 0, 0, 6, 1)),
        forged(put(9, 0, 0, 3)),
        forged(put(None, 0, 0, 5)),
        forged(put([], 0, 0, 6)),
        forged(put(["a"], 0, 0)),
        forged(put({"a": 1}, 1)),
        forged(put([None], 2)),
        forged(lambda document: document[0][0].append("more")),
        forged(lambda document: document[3].pop()),
    ],
    ids=lambda data: data[:12].decode("latin-1"),
)
def test_a_forged_report_is_not_believed(slot: Slot, data: bytes) -> None:
    digest = blake2b(data, key=bytes.fromhex(KEY), digest_size=32).hexdigest().encode()
    Path(slot.path).write_bytes(digest + b"\n" + data)
    assert recall(slot) is None


def test_the_newest_reports_stay_and_other_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "notes.json").write_text("mine")
    (folder / f"{'f' * 64}.json.{'0' * 16}").write_text("of a run that was killed")
    os.utime(folder / f"{'f' * 64}.json.{'0' * 16}", (1, 1))
    slots = [Slot(str(folder), f"{number:064x}") for number in range(cache.MOST_ENTRIES + 3)]
    for age, slot in enumerate(slots):
        keep(slot, REPORT)
        os.utime(slot.path, (age + 9, age + 9))
    assert recall(slots[-cache.MOST_ENTRIES]) == REPORT
    keep(Slot(str(folder), "e" * 64), REPORT)
    left = {path.name for path in folder.iterdir()}
    assert len(left) == cache.MOST_ENTRIES + 1
    assert {"notes.json", f"{'e' * 64}.json", f"{slots[-cache.MOST_ENTRIES].key}.json"} <= left


def test_reports_do_not_outgrow_their_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 2 * len(encode(REPORT)))
    for number in range(5):
        keep(Slot(str(tmp_path), f"{number:064x}"), REPORT)
    assert len(list(tmp_path.iterdir())) == 1


def test_runs_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    slot = Slot(str(tmp_path / "reports"), KEY)

    def work(_: int) -> Report | None:
        keep(slot, REPORT)
        return recall(slot)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(80))) == [REPORT] * 80
    assert os.listdir(slot.folder) == [f"{KEY}.json"]
