"""Broken and mutated Go goes through every stage without an exception, and always gives the same findings."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from maplint.model.build import build
from maplint.rule import Pass
from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions
from maplint_rules import RULES

CORPUS = Path(__file__).parent.parent / "corpus"
SEEDS = sorted(CORPUS.glob("ml*/*/*.go"))
TOKENS = (
    b"{ } ( ) [ ] := = , ; . map[string]int func go defer return range for if else switch case select chan <- * & ... "
    b"make new delete len type struct interface var const x m mu.Lock() \" ` ' // /* \n \x00 \xff 0x 1e9 [T any]"
).split(b" ")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The text with a few pieces cut, doubled, swapped or replaced by tokens."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(out) + 1)
        end = min(len(out), start + chance.choice((0, 1, 3, 10, 60)))
        piece = bytes(out[start:end])
        out[start:end] = chance.choice(
            (b"", piece * 2, chance.choice(TOKENS), b" " + chance.choice(TOKENS) + b" ")
        )
    return bytes(out)


def said(folder: Path) -> list[str]:
    """What every rule says of a folder, as comparable text."""
    program = build(load(["./..."], str(folder), LoadOptions()))
    return sorted(
        f"{rule.id} {draft.place} {draft.message}"
        for rule in RULES
        for package in program.packages
        for draft in rule.check(Pass(program, package, {}))
    )


@pytest.mark.parametrize("seed", range(60))
def test_mutated_go_is_survived(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    (tmp_path / "go.mod").write_text("module example.com/fuzz\n\ngo 1.24\n")
    for number in range(3):
        original = chance.choice(SEEDS).read_bytes()
        (tmp_path / f"f{number}.go").write_bytes(mutated(original, chance))
    assert said(tmp_path) == said(tmp_path)


@pytest.mark.parametrize("seed", range(20))
def test_random_tokens_are_survived(seed: int, tmp_path: Path) -> None:
    chance = random.Random(1000 + seed)
    tokens = b" ".join(chance.choice(TOKENS) for _ in range(400))
    (tmp_path / "f.go").write_bytes(b"package p\n\nfunc f() {\n" + tokens)
    said(tmp_path)


def operations(folder: Path, package: str) -> list[str]:
    """Every operation that is written in a package of the module in a folder, with what it is resolved to."""
    program = build(load(["./..."], str(folder), LoadOptions()))
    return sorted(
        f"{site.symbol} {use.op} {use.place.line}:{use.place.column} {use.variable}"
        for site in program.inventory(True).sites
        for use in (*site.inserts, *site.removes, *site.resets, *site.reads)
        if use.place.path.startswith(f"{folder}/{package}/")
    )


@pytest.mark.parametrize("seed", range(30))
def test_operations_do_not_depend_on_unrelated_code(seed: int, tmp_path: Path) -> None:
    chance = random.Random(2000 + seed)
    (tmp_path / "go.mod").write_text("module example.com/fuzz\n\ngo 1.24\n")
    for name in ("sound", "broken"):
        (tmp_path / name).mkdir()
    (tmp_path / "sound" / "a.go").write_bytes(chance.choice(SEEDS).read_bytes())
    alone = operations(tmp_path, "sound")
    (tmp_path / "broken" / "b.go").write_bytes(mutated(chance.choice(SEEDS).read_bytes(), chance))
    assert operations(tmp_path, "sound") == alone


PAST_FAULTS = {
    "brackets that never close": b"package p\n\nfunc f() { x := " + b"new(" * 3_000,
    "comment openers without an end": b"package p\n" + b"/* nolint " * 3_000,
    "a directive below a directive": b"package p\n" + b"//nolint:maplint\n" * 300,
    "a slash in a string before a directive": b'package p\n\nvar u = "http://x" //nolint:maplint // why\n',
}
"""What once took minutes, failed, or was missed."""


@pytest.mark.parametrize("code", PAST_FAULTS.values(), ids=PAST_FAULTS.keys())
def test_past_faults_are_survived(code: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.go").write_bytes(code)
    assert said(tmp_path) == said(tmp_path)
