"""How often each sign of growth was right: `MIRROR=… python accuracy/signs.py`.

For every growing map that a reader judged (in all files of readings) and that today's maplint still holds
for unbounded, the signs that the model sees are counted beside the verdicts; real and plausible are right. A map that
several readers judged counts once, by their majority, and as right where they are even.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from shares import RACES, RIGHT, judgements, laid_out

from maplint.model.build import build
from maplint.model.evidence import WEIGHTS
from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions


def judged() -> dict[tuple[str, str], dict[str, bool]]:
    """By repository and commit: whether each symbol is right."""
    votes: dict[tuple[str, str], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for each in (*judgements(), *judgements("elsewhere"), *judgements("unseen")):
        if not each.rule.startswith(RACES):
            votes[each.repo, each.commit][each.symbol].append(each.verdict in RIGHT)
    return {
        where: {symbol: 2 * sum(each) >= len(each) for symbol, each in symbols.items()}
        for where, symbols in votes.items()
    }


def seen() -> Iterator[tuple[frozenset[str], bool]]:
    """For each judged map that is held for unbounded: the names of its signs, and whether that is right."""
    mirror = Path(os.environ["MIRROR"])
    for (repo, commit), symbols in sorted(judged().items()):
        with tempfile.TemporaryDirectory() as folder:
            laid_out(mirror, repo, commit, Path(folder))
            program = build(load(["./..."], folder, LoadOptions(exclude_base=folder)))
            for site in program.sites.values():
                growth = program.judge.growth(site)
                if site.symbol in symbols and growth.verdict == "unbounded":
                    yield frozenset(sign.name for sign in growth.signs), symbols[site.symbol]


def main() -> None:
    rows = list(seen())
    total, right = Counter[str](), Counter[str]()
    for signs, is_right in rows:
        total.update(signs)
        if is_right:
            right.update(signs)
    base = sum(is_right for _, is_right in rows)
    print(f"{len(rows)} maps, {base} right ({base / len(rows):.0%})\n")
    print("| sign | weight | seen | right |")
    print("| --- | --- | --- | --- |")
    for name, weight in WEIGHTS.items():
        part = f"{right[name] / total[name]:.0%}" if total[name] else "-"
        print(f"| {name} | {weight:+d} | {total[name]} | {part} |")


if __name__ == "__main__":
    main()
