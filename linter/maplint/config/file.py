"""Find the configuration file, read it, and refuse what it should not say."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from maplint.config.keys import BY_NAME, Key, parted, strings, value_of
from maplint.config.nearest import did_you_mean
from maplint.errors import MaplintError
from maplint.rule import Option, Rule

OWN_NAMES = ("maplint.toml", ".maplint.toml")
SHARED_NAME = "pyproject.toml"
"""The file that counts only with a table `[tool.maplint]`."""

TABLES = ("per-file-ignores", "rules")
"""The keys that only a file can set."""


class Configuration(NamedTuple):
    """What one file says, checked."""

    path: str
    """Absolute path with `/`."""
    shown: str
    """The path as errors name it, relative to the working directory."""
    values: Mapping[str, object]
    """Key name to value, as `keys.value_of` returns it; only the keys that the file sets."""
    per_file_ignores: Mapping[str, tuple[str, ...]]
    """Pattern to ids, prefixes or names."""
    rules: Mapping[str, Mapping[str, object]]
    """Rule id to the options that the file sets."""


class _Table(NamedTuple):
    """A table of the file and what errors in it need."""

    shown: str
    text: str
    """The whole file."""
    path: tuple[str, ...]
    """The keys that lead to the table, such as ("tool", "maplint")."""
    entries: Mapping[str, object]


def find(cwd: str) -> str | None:
    """The configuration file nearest upwards from `cwd`, up to the repository root or else the file system's."""
    folder = os.path.abspath(cwd)
    while True:
        for name in (*OWN_NAMES, SHARED_NAME):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != SHARED_NAME or _has_table(path, cwd)):
                return path
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


def read(path: str, cwd: str, rules: Iterable[Rule]) -> Configuration:
    """Read and check the file at `path` (absolute, or relative to `cwd`).

    `rules` are those whose options it may set. A MaplintError names the file, the line where that is known,
    and the nearest key where one is misspelt.
    """
    path = os.path.abspath(os.path.join(cwd, path))
    table = _table(path, cwd)
    if table is None:
        raise MaplintError(f"{os.path.relpath(path, cwd)} has no table [tool.maplint]")
    for name in table.entries:
        if name not in BY_NAME and name not in TABLES:
            hint = did_you_mean(name, (*BY_NAME, *TABLES))
            raise _error(table, (name,), f"unknown key {name!r}{hint}")
    values = {
        name: _value(table, BY_NAME[name], raw) for name, raw in table.entries.items() if name in BY_NAME
    }
    return Configuration(
        path.replace(os.sep, "/"), table.shown, values, _per_file_ignores(table), _options(table, rules)
    )


def _has_table(path: str, cwd: str) -> bool:
    return _table(path, cwd) is not None


def _table(path: str, cwd: str) -> _Table | None:
    """The file's own table; None for a pyproject.toml without one."""
    shown = os.path.relpath(path, cwd).replace(os.sep, "/")
    shared = os.path.basename(path) == SHARED_NAME
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise MaplintError(f"cannot read {shown}: {error.strerror}") from error
    if shared and b"maplint" not in data:
        return None
    whole = _parse(data, shown)
    if not shared:
        return _Table(shown, data.decode(), (), whole)
    tool = whole.get("tool")
    if not isinstance(tool, dict) or "maplint" not in tool:
        return None
    if not isinstance(tool["maplint"], dict):
        raise MaplintError(f"{shown}: tool.maplint must be a table")
    return _Table(shown, data.decode(), ("tool", "maplint"), tool["maplint"])


def _parse(data: bytes, shown: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MaplintError(f"cannot read {shown}: {error}") from error


def _value(table: _Table, key: Key, raw: object) -> object:
    try:
        return value_of(key, raw)
    except MaplintError as error:
        raise _error(table, (key.name,), f"{key.name}: {error}") from error


def _per_file_ignores(table: _Table) -> Mapping[str, tuple[str, ...]]:
    ignores: dict[str, tuple[str, ...]] = {}
    for pattern, raw in _subtable(table, "per-file-ignores").items():
        try:
            ignores[pattern] = parted(strings(raw))
        except MaplintError as error:
            raise _error(table, ("per-file-ignores", pattern), f"{pattern}: {error}") from error
    return ignores


def _options(table: _Table, rules: Iterable[Rule]) -> Mapping[str, Mapping[str, object]]:
    """Rule id to its options, each of the type of its default."""
    known = {word: rule for rule in rules for word in (rule.id, rule.name)}
    options: dict[str, Mapping[str, object]] = {}
    for word, given in _subtable(table, "rules").items():
        if word not in known:
            raise _error(table, ("rules", word), f"unknown rule {word!r}{did_you_mean(word, known)}")
        if not isinstance(given, dict):
            raise _error(table, ("rules", word), f"rules.{word}: expected a table, not {given!r}")
        if not known[word].options:
            raise _error(table, ("rules", word), f"rules.{word}: this rule has no options")
        for name, value in given.items():
            _check_option(table, word, known[word].options, name, value)
        options[known[word].id] = given
    return options


def _check_option(table: _Table, word: str, options: tuple[Option, ...], name: str, value: object) -> None:
    defaults = {option.name: option.default for option in options}
    where = ("rules", word, name)
    if name not in defaults:
        raise _error(table, where, f"unknown option {name!r} of {word}{did_you_mean(name, defaults)}")
    wanted = type(defaults[name])
    if type(value) is not wanted:
        words = {bool: "true or false", int: "a number", str: "a string"}
        raise _error(table, where, f"rules.{word}.{name}: expected {words[wanted]}, not {value!r}")


def _subtable(table: _Table, name: str) -> Mapping[str, object]:
    entries = table.entries.get(name, {})
    if not isinstance(entries, dict):
        raise _error(table, (name,), f"{name}: expected a table, not {entries!r}")
    return entries


def _error(table: _Table, path: tuple[str, ...], message: str) -> MaplintError:
    line = _line_of(table.text, (*table.path, *path))
    place = table.shown if line is None else f"{table.shown}:{line}"
    return MaplintError(f"{place}: {message}")


def _line_of(text: str, path: tuple[str, ...]) -> int | None:
    """The line on which the last key of `path` probably stands: each key at or below the one that holds it."""
    lines = text.splitlines()
    at = 0
    for key in path:
        word = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        found = (n for n in range(at, len(lines)) if word.search(lines[n].partition("#")[0]))
        at = next(found, -1)
        if at < 0:
            return None
    return at + 1
