"""How often what maplint reports was judged right: `MIRROR=… python accuracy/shares.py [elsewhere|unseen] [--list]`.

`judgements.jsonl` holds what readers said of findings, one line each: `reader`, `repo`, `commit`, `path`, `line`,
`symbol`, `rule`, `function` (races), `verdict` (real, plausible, bounded, safe), `reason`, `note`. Readers did not see
the confidence, nor each other. MIRROR names a folder with the repositories' git folders as owner+name/repo; each is
laid out at its commit, without tests and vendored code, and analysed. A finding that nobody read counts as unread; a
finding that readers disagree about counts for each of them.

`elsewhere.jsonl` holds the same of repositories that no rule was fitted to before they were read, by one reader each,
in eight rounds, each of which was learnt from before the next: all default findings of growth, and one for each map
with races. `unseen.jsonl` holds those of a ninth round, the last one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
RACES = "ML4"
RIGHT = ("real", "plausible")


class Judgement(NamedTuple):
    """What one reader said of one finding."""

    reader: str
    repo: str
    commit: str
    rule: str
    symbol: str
    function: str
    """The function of a race finding; empty for others."""
    verdict: str
    """real, plausible, bounded or safe."""
    note: str


class Shown(NamedTuple):
    """A finding of today's maplint, with what was said of it."""

    repo: str
    rule: str
    confidence: str
    level: str
    place: str
    """`path:line`."""
    symbol: str
    function: str
    verdicts: tuple[str, ...]
    """One for each reader."""


def judgements(readings: str = "judgements") -> list[Judgement]:
    """All judgements of one file of readings: of the reading list, `elsewhere` or `unseen`."""
    data = (HERE / f"{readings}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in data.splitlines()]
    return [Judgement(**{name: row.get(name, "") for name in Judgement._fields}) for row in rows]


def laid_out(mirror: Path, repo: str, commit: str, folder: Path) -> None:
    """Writes the Go sources and module files of a commit into a folder, tests and vendored code left out."""
    git = ["git", "-C", str(mirror / repo.replace("/", "+") / "repo")]
    archive = [*git[:1], "--literal-pathspecs", *git[1:], "archive", commit, "--", *sources(git, commit)]
    # It complains of large files of other kinds that a snapshot lacks, whatever is asked for.
    with subprocess.Popen(archive, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as packed:
        subprocess.run(["tar", "-x", "-C", str(folder)], stdin=packed.stdout, check=True)


def sources(git: list[str], commit: str) -> list[str]:
    """The product code of a commit, as far as the snapshot has it: it may lack large files."""
    listed = subprocess.run([*git, "ls-tree", "-r", "-z", commit], capture_output=True, check=True, text=True)
    blobs = {}
    for row in filter(None, listed.stdout.split("\0")):
        about, _, name = row.partition("\t")
        if is_source(name):
            blobs[name] = about.split()[2]
    asked = subprocess.run(
        [*git, "cat-file", "--batch-check"],
        input="\n".join(blobs.values()),
        env=os.environ | {"GIT_NO_LAZY_FETCH": "1"},
        capture_output=True,
        check=True,
        text=True,
    )
    missing = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith("missing")}
    return [name for name, blob in blobs.items() if blob not in missing]


def is_source(name: str) -> bool:
    """Whether a path is product code or tells of the module."""
    if name.endswith(("go.mod", "go.work")):
        return True
    return name.endswith(".go") and not name.endswith("_test.go") and "/vendor/" not in f"/{name}"


def findings(folder: Path) -> list[dict[str, Any]]:
    """What `maplint check ./...` says of a folder, whatever the confidence."""
    command = [
        sys.executable,
        "-m",
        "maplint",
        "check",
        "--format",
        "json",
        "--min-confidence",
        "low",
        "./...",
    ]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(run.stdout)["findings"]
    return found


def shown(mirror: Path, said: Iterable[Judgement]) -> Iterator[Shown]:
    """Today's findings in the repositories that were read."""
    by_finding: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    commits = {}
    for each in said:
        by_finding[each.repo, each.rule, each.symbol, each.function].append(each.verdict)
        commits[each.repo] = each.commit
    for repo, commit in sorted(commits.items()):
        with tempfile.TemporaryDirectory() as folder:
            laid_out(mirror, repo, commit, Path(folder))
            for found in findings(Path(folder)):
                function = found["function"] or "" if found["rule"].startswith(RACES) else ""
                key = (repo, found["rule"], found["symbol"], function)
                place = f"{found['path']}:{found['line']}"
                verdicts = tuple(by_finding.get(key, ()))
                yield Shown(*key[:2], found["confidence"], found["level"], place, *key[2:], verdicts)


def share(name: str, rows: list[Shown]) -> str:
    """One line of the table: how many findings, how many verdicts, and how many of these are right."""
    verdicts = Counter(verdict for row in rows for verdict in row.verdicts)
    total, right = verdicts.total(), sum(verdicts[verdict] for verdict in RIGHT)
    unread = sum(not row.verdicts for row in rows)
    split = sum(len({verdict in RIGHT for verdict in row.verdicts}) == 2 for row in rows)
    part = f"{right / total:.0%}" if total else "-"
    each = ", ".join(f"{verdicts[name]} {name}" for name in ("real", "plausible", "bounded", "safe"))
    return f"| {name} | {len(rows)} | {each} | {part} | {split} | {unread} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--family", choices=("growth", "races"), help="one family only")
    parser.add_argument(
        "readings",
        nargs="?",
        default="judgements",
        choices=("elsewhere", "judgements", "unseen"),
    )
    parser.add_argument("--list", action="store_true", help="list the default findings with their verdicts")
    args = parser.parse_args()
    rows = list(shown(Path(os.environ["MIRROR"]), judgements(args.readings)))
    print("| findings | number | verdicts | right | readers disagree | unread |")
    print("| --- | --- | --- | --- | --- | --- |")
    for family in [args.family] if args.family else ["growth", "races"]:
        mine = [row for row in rows if row.rule.startswith(RACES) is (family == "races")]
        default = [row for row in mine if row.confidence != "low"]
        print(share(f"{family}, by default", default))
        print(share(f"{family}, high", [row for row in mine if row.confidence == "high"]))
        if family == "races":
            print(share("races, errors", [row for row in default if row.level == "error"]))
        print(share(f"{family}, low", [row for row in mine if row.confidence == "low"]))
        if args.list:
            for row in default:
                print(*row[:6], *row.verdicts or ("unread",), sep="\t")


if __name__ == "__main__":
    main()
