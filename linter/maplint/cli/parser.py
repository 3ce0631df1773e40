"""From the arguments of a process to what they ask for."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from maplint import __version__
from maplint.cli import usage
from maplint.config.keys import BY_NAME, KEYS, Key, value_of
from maplint.config.nearest import did_you_mean
from maplint.errors import MaplintError


class Line(NamedTuple):
    """A command line, understood."""

    command: str
    """check, maps, rules or explain."""
    paths: tuple[str, ...] = ()
    settings: Mapping[str, object] = {}
    """Key name to value, as `keys.value_of` returns it; only the flags that were given."""
    config: str | None = None
    isolated: bool = False
    all: bool = False
    """Whether the inventory lists every variable."""
    format: str = "text"
    """The format of the catalogue."""
    rule: str = ""
    """The rule to explain."""


_INVENTORY_FORMAT = BY_NAME["format"]._replace(
    choices=("text", "json"), help="format of the inventory: text or json (default: text)"
)
MAPS_KEYS = (_INVENTORY_FORMAT, BY_NAME["output"], *(key for key in KEYS if key.maps))
"""The flags of `maplint maps`; what the file says of formats is meant for reports."""


def parse(arguments: Sequence[str]) -> Line:
    """What `arguments` ask for; the command `check` may be left out.

    Raises MaplintError for what is not understood, and SystemExit(0) after `--help` or `--version`.
    """
    command, rest = _command(arguments)
    if not command:
        _overview().parse_args(rest)
    return _COMMANDS[command](rest)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are MaplintErrors."""

    def error(self, message: str) -> NoReturn:
        raise MaplintError(message)


def _command(arguments: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command and what follows it; no command for `--help` and `--version` alone."""
    first = arguments[0] if arguments else ""
    if first in _COMMANDS:
        return first, arguments[1:]
    return ("" if first in ("-h", "--help", "--version") else "check"), arguments


def _overview() -> _Parser:
    return _parser("maplint", usage.OVERVIEW_USAGE, usage.OVERVIEW, usage.OVERVIEW_END)


def _parser(name: str, synopsis: str, description: str, end: str = "") -> _Parser:
    parser = _Parser(
        prog=name,
        usage=synopsis,
        description=description,
        epilog=end,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("--version", action="version", version=f"maplint {__version__}")
    return parser


def _check(arguments: Sequence[str]) -> Line:
    parser = _parser("maplint check", usage.CHECK_USAGE, usage.CHECK, usage.CHECK_END)
    return _analysis("check", parser, KEYS, arguments)


def _maps(arguments: Sequence[str]) -> Line:
    parser = _parser("maplint maps", usage.MAPS_USAGE, usage.MAPS, usage.MAPS_END)
    parser.add_argument("--all", action="store_true", help="list every variable, locals and parameters too")
    return _analysis("maps", parser, MAPS_KEYS, arguments)


def _rules(arguments: Sequence[str]) -> Line:
    parser = _parser("maplint rules", usage.RULES_USAGE, usage.RULES)
    parser.add_argument("--format", choices=("text", "json"), help="default: text")
    return Line("rules", **_parsed(parser, arguments))


def _explain(arguments: Sequence[str]) -> Line:
    parser = _parser("maplint explain", usage.EXPLAIN_USAGE, usage.EXPLAIN)
    parser.add_argument("rule", metavar="ID", help="id or name of the rule")
    return Line("explain", **_parsed(parser, arguments))


_COMMANDS: Mapping[str, Callable[[Sequence[str]], Line]] = {
    "check": _check,
    "maps": _maps,
    "rules": _rules,
    "explain": _explain,
}


def _analysis(command: str, parser: _Parser, keys: Sequence[Key], arguments: Sequence[str]) -> Line:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="./..., a folder or Go files (default: ./...)"
    )
    for key in keys:
        _add(parser, key)
    parser.add_argument("--config", metavar="FILE", help="the configuration file to use")
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")
    # What argparse makes of `--` depends on the Python version.
    end = arguments.index("--") if "--" in arguments else len(arguments)
    given = _parsed(parser, arguments[:end])
    paths = (*given.pop("paths", ()), *arguments[end + 1 :])
    if "config" in given and "isolated" in given:
        raise MaplintError("--config and --isolated exclude each other")
    settings = {key.name: _value(key, given.pop(key.name)) for key in keys if key.name in given}
    for path in paths:
        _check_path(path)
    return Line(command, paths=paths or ("./...",), settings=settings, **given)


def _add(parser: _Parser, key: Key) -> None:
    shape: dict[str, Any] = {"metavar": key.metavar}
    if key.kind == "flag":
        shape = {"action": argparse.BooleanOptionalAction}
    elif key.kind == "choice":
        shape = {"metavar": "|".join(key.choices)}
    elif key.kind == "number":
        shape["type"] = int
    elif key.kind != "text":
        shape["action"] = "append"
    parser.add_argument(f"--{key.name}", dest=key.name, help=key.help, **shape)


def _parsed(parser: _Parser, arguments: Sequence[str]) -> dict[str, Any]:
    """The arguments given, by name."""
    known, unknown = parser.parse_known_intermixed_args(arguments)
    if unknown:
        flag = unknown[0].partition("=")[0]
        flags = [option for action in parser._actions for option in action.option_strings]
        what = "flag" if flag.startswith("-") else "argument"
        raise MaplintError(f"unknown {what} {flag!r}{did_you_mean(flag, flags)}; see {parser.prog} --help")
    return vars(known)


def _value(key: Key, raw: object) -> object:
    try:
        return value_of(key, raw)
    except MaplintError as error:
        raise MaplintError(f"--{key.name}: {error}") from error


def _check_path(path: str) -> None:
    """Refuse what is no path but was perhaps meant as a command."""
    if not path.isalpha() or os.path.exists(path):
        return
    if path in _COMMANDS:
        raise MaplintError(f"no folder {path!r}; as a command it comes first: maplint {path}")
    hint = did_you_mean(path, _COMMANDS)
    if hint:
        raise MaplintError(f"no command and no folder {path!r}{hint}")
