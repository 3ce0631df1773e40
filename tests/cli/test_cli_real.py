"""The whole tool as a user starts it: the built-in rules on real Go, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
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


def maplint(folder: Path, source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (folder / "main.go").write_text(source)
    command = [sys.executable, "-m", "maplint", "--isolated", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_race_is_found_in_every_format(tmp_path: Path) -> None:
    done = maplint(
        tmp_path, SERVER, "--format", "json", "--format", "sarif=a.sarif", "--format", "github=a.txt"
    )
    assert done.returncode == 1
    (finding,) = (found for found in json.loads(done.stdout)["findings"] if found["rule"] == "ML401")
    assert (finding["path"], finding["line"], finding["symbol"]) == ("main.go", 8, "example.com/m.hits")
    assert finding["function"] == "example.com/m.handle"
    assert "ML401" in (tmp_path / "a.sarif").read_text() and "ML401" in (tmp_path / "a.txt").read_text()


def test_a_comment_on_the_declaration_silences_all_about_the_map(tmp_path: Path) -> None:
    source = SERVER.replace("var hits", "//nolint:maplint // a demo\nvar hits")
    done = maplint(tmp_path, source, "--min-confidence", "low", "--format", "concise")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_number_of_jobs_does_not_change_a_report(tmp_path: Path) -> None:
    one = maplint(tmp_path, SERVER, "--format", "json", "--jobs", "1")
    assert maplint(tmp_path, SERVER, "--format", "json", "--jobs", "2").stdout == one.stdout
