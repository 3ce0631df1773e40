"""Go modules small enough to read, for tests that need one to analyse, and how to lay out files."""

from __future__ import annotations

import shutil
from pathlib import Path

SERVER = """package main

import "net/http"

var hits = map[string]int{}

func handle(w http.ResponseWriter, r *http.Request) {
	hits[r.RemoteAddr]++
}

func main() {
	http.HandleFunc("/", handle)
	http.ListenAndServe(":8080", nil)
}
"""
"""A server whose map grows with its clients (ML101, line 5) and is written by all at once (ML401, line 8)."""


def plant(folder: Path, files: dict[str, str]) -> None:
    """Writes a module `example.com/shop` with the given files into a folder."""
    for name, text in {"go.mod": "module example.com/shop\n\ngo 1.22\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    """Copies a file or folder, and makes the folders that it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)
