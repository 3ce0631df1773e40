"""The hook as a developer meets it: installed by pre-commit from a repository, run by `git commit`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from go_samples import copy, plant

CHECKOUT = Path(__file__).resolve().parents[1]
SHIPPED = ("linter", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")

LOGIN = """package main

import (
	"net/http"
	"sync"
)

var mu sync.Mutex

var sessions = map[string]string{}

func login(w http.ResponseWriter, r *http.Request) {
	mu.Lock()
	defer mu.Unlock()
	sessions[r.FormValue("token")] = r.FormValue("user")
}

func main() {
	http.HandleFunc("/login", login)
	http.ListenAndServe(":8080", nil)
}
"""
LOGOUT = """package main

import "net/http"

func init() { http.HandleFunc("/logout", logout) }

func logout(w http.ResponseWriter, r *http.Request) {
	mu.Lock()
	defer mu.Unlock()
	delete(sessions, r.FormValue("token"))
}
"""
UNLOCKED = LOGOUT.replace("mu.Lock()", "").replace("defer mu.Unlock()", "").replace("logout", "forget")


class Repository(NamedTuple):
    """A repository of Go code in which the hook is installed."""

    root: Path
    environment: dict[str, str]

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False
        )

    def commit(self, *arguments: str) -> tuple[int, str]:
        """Commits all changes; the exit status, and what pre-commit said."""
        self.git("add", "--all")
        done = self.git("commit", "--message", "a change", *arguments)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository after its first commit, with the hook's environment made."""
    folder = tmp_path_factory.mktemp("precommit")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PRE_COMMIT_HOME": str(folder / "home"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "ann",
        "GIT_AUTHOR_EMAIL": "ann@example.com",
        "GIT_COMMITTER_NAME": "ann",
        "GIT_COMMITTER_EMAIL": "ann@example.com",
    }
    hook = Repository(folder / "maplint", environment)
    for name in SHIPPED:
        copy(CHECKOUT / name, hook.root / name)
    hook.git("init", "--quiet")
    assert hook.commit()[0] == 0
    shop = Repository(folder / "shop", environment)
    files = {"login.go": LOGIN, "logout.go": LOGOUT}
    plant(shop.root, {**files, ".pre-commit-config.yaml": configuration(hook)})
    shop.git("init", "--quiet")
    command = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    made = subprocess.run(
        command, cwd=shop.root, env=environment, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert_passed(shop.commit())
    return shop


@pytest.fixture
def shop(installed: Repository) -> Repository:
    """The repository as after its first commit."""
    assert installed.git("reset", "--quiet", "--hard", first_commit(installed)).returncode == 0
    return installed


def test_a_commit_with_a_race_is_refused(shop: Repository) -> None:
    (shop.root / "forget.go").write_text(UNLOCKED)
    status, said = shop.commit()
    assert (status, "forget.go:10:" in said, "[ML402]" in said) == (1, True, True), said
    assert shop.git("rev-parse", "HEAD").stdout.strip() == first_commit(shop)


def test_a_commit_that_only_deletes_the_delete_is_looked_at(shop: Repository) -> None:
    (shop.root / "logout.go").unlink()
    _, said = shop.commit()
    assert "login.go:10:5: " in said and "[ML101]" in said, said


@pytest.mark.parametrize("name", ["go.mod", "go.work"])
def test_a_commit_that_only_touches_the_module_is_looked_at(shop: Repository, name: str) -> None:
    text = {"go.mod": "module example.com/shop\n\ngo 1.23\n", "go.work": "go 1.22\n\nuse .\n"}[name]
    (shop.root / name).write_text(text)
    assert_passed(shop.commit())


def test_a_commit_of_many_files_starts_one_process(shop: Repository) -> None:
    for number in range(300):
        (shop.root / f"file{number}.go").write_text("package main\n")
    status, said = shop.commit()
    assert_passed((status, said))
    assert said.count(" analysed (") == 1, said


def assert_passed(committed: tuple[int, str]) -> None:
    """Asserts that the hook ran, let the commit pass, and showed its summary all the same."""
    status, said = committed
    assert (status, "Passed" in said, " analysed (" in said) == (0, True, True), said


def first_commit(repository: Repository) -> str:
    return repository.git("rev-list", "--max-parents=0", "HEAD").stdout.strip()


def configuration(hook: Repository) -> str:
    revision = hook.git("rev-parse", "HEAD").stdout.strip()
    return f"repos:\n  - repo: {hook.root}\n    rev: {revision}\n    hooks:\n      - id: maplint\n"
