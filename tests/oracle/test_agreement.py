"""maplint knows the maps of Go code as well as Go's own type checker does.

The disagreements are printed; run with `-rP` to read them where all bars hold. Further modules to compare are named
by the variable MAPLINT_ORACLE_MODULES, folders separated by colons.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from agreement import Listed, agree, checked, disagreements, goroot, listed, tool_tags, undecided_variables

OUTSIDE = ["golang.org/x/tools", "golang.org/x/net", "github.com/google/pprof"]
"""Modules outside the standard library that come with every Go toolchain."""
YOURS = [folder for folder in os.environ.get("MAPLINT_ORACLE_MODULES", "").split(":") if folder]


def folders(root: str) -> list[str]:
    """The folders below a root whose Go files belong to it."""
    found = []
    for folder, below, files in os.walk(root):
        kept = (
            name for name in below if name not in ("vendor", "testdata", "builtin") and name[0] not in "_."
        )
        below[:] = sorted(name for name in kept if not os.path.exists(os.path.join(folder, name, "go.mod")))
        if any(name.endswith(".go") and not name.endswith("_test.go") for name in files):
            found.append(folder)
    return found


def hold(theirs: Listed, ours: Listed, bars: Mapping[str, float]) -> None:
    """Prints the figures and all disagreements, and asserts the bars."""
    figures = agree(theirs, ours)
    for kind, each in figures.items():
        print(
            f"{kind}: {each.known}, recall {each.recall:.4f}, precision {each.precision:.4f},"
            f" same {each.same:.4f}, undecided {each.undecided}"
        )
    missed = theirs.variables.keys() - ours.variables.keys()
    undecided = undecided_variables(theirs, ours)
    print(f"variables: {len(theirs.variables)}, missed {len(missed)}, undecided {len(undecided)}")
    print(*disagreements(theirs, ours), sep="\n")
    for kind, bar in bars.items():
        assert figures[kind].recall >= bar, kind
        assert figures[kind].precision >= bar, kind
        assert figures[kind].same >= 0.99, kind
    assert len(missed) <= 0.01 * len(theirs.variables)


def test_the_standard_library() -> None:
    root, tags = os.path.join(goroot(), "src"), tool_tags()
    theirs = checked(folders(root), tags=tags)
    assert len({os.path.dirname(path) for path in theirs.files}) > 300
    hold(
        theirs,
        listed(root, ["./..."], tags),
        {"insert": 0.995, "remove": 0.995, "range": 0.99, "other": 0.99},
    )


def test_the_commands_of_the_go_tree() -> None:
    root, tags = os.path.join(goroot(), "src", "cmd"), tool_tags()
    theirs = checked(folders(root), tags=tags)
    assert len(theirs.files) > 900
    hold(theirs, listed(root, ["./..."], tags), dict.fromkeys(("insert", "remove", "range", "other"), 0.99))


@pytest.mark.parametrize("name", [*OUTSIDE, *YOURS])
def test_modules_outside_the_standard_library(tmp_path: Path, name: str) -> None:
    root = name if os.path.isabs(name) else planted(tmp_path, name)
    words = Path(root, "go.mod").read_text(encoding="utf-8").split()
    theirs = checked(folders(root), [(words[words.index("module") + 1], root)])
    hold(theirs, listed(root, ["./..."]), dict.fromkeys(("insert", "remove", "range", "other"), 0.99))


def planted(folder: Path, module: str) -> str:
    """A module of the toolchain's vendor folders on its own, with the others in a vendor folder below it."""
    own, commands = Path(goroot(), "src", "vendor"), Path(goroot(), "src", "cmd", "vendor")
    vendored = own if (own / module).exists() else commands
    root = folder / module
    shutil.copytree(vendored / module, root)
    shutil.copytree(vendored, root / "vendor", ignore=shutil.ignore_patterns(root.name))
    (root / "go.mod").write_text(f"module {module}\n\ngo 1.25\n")
    return str(root)
