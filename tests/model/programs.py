"""Small Go programs through the real pipeline, for tests of what the model makes of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from textwrap import dedent

from maplint.model.build import build
from maplint.model.program import Program
from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions

IMPORTS = """
package m

import (
    "context"
    "errors"
    "iter"
    "net/http"
    "sync"
    "sync/atomic"
    "testing"
    "time"
)

var (
    _ context.Context
    _ = errors.New
    _ iter.Seq[int]
    _ http.Handler
    _ sync.Mutex
    _ atomic.Value
    _ testing.T
    _ time.Time
)
"""
"""The beginning of a Go file that imports, and uses, what many cases need."""


_GO_MOD = {"go.mod": "module example.com/m\n\ngo 1.24\n"}


def program(files: dict[str, str], tests: bool = False, is_module: bool = True) -> Program:
    """The model of the module example.com/m with these files, with its tests where they are asked for.

    A text may be indented as a whole. Without a go.mod the files are a tree.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, text in ({**_GO_MOD, **files} if is_module else files).items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        root = Path(folder).resolve().as_posix()
        return build(load(["./..."], root, LoadOptions(tests=tests, exclude_base=root)))


def signs_of(files: dict[str, str], symbol: str) -> set[str]:
    """The names of the evidence on the growth of a map in such a module."""
    found = program(files)
    return {sign.name for sign in found.judge.growth(found.sites[symbol]).signs}
