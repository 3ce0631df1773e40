"""The short way in which the tables write functions, methods and fields."""

from __future__ import annotations

from collections.abc import Iterator


def spelt_out(packages: str, words: str) -> Iterator[tuple[str, str, str]]:
    """Import path, owner and name of all that `Echo|Group.GET|POST` stands for in each of the packages.

    The packages have spaces between them; the owner is the type of a method or field, empty for a function.
    """
    owners, _, names = words.rpartition(".")
    for package in packages.split():
        for owner in owners.split("|"):
            for name in names.split("|"):
                yield package, owner, name


def function_key(package: str, owner: str, name: str) -> str:
    """How the tables name a function or method: `net/http.HandleFunc`, `(net/http.ServeMux).HandleFunc`."""
    return f"({package}.{owner}).{name}" if owner else f"{package}.{name}"
