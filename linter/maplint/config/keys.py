"""Every setting that a flag or a configuration key can make, as one table.

The command line's flags, the reading of the file and the JSON Schema are all made from `KEYS`, so that they
cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from maplint.config.nearest import did_you_mean
from maplint.errors import MaplintError

Kind = Literal["flag", "choice", "number", "text", "words", "items", "formats"]
"""What a value looks like:

- flag: a boolean; number: a whole number from 1; text: any string; choice: one of `Key.choices`
- words: a list, of which several may stand in one string, parted by commas
- items: a list whose strings may hold commas themselves
- formats: a list of `FMT` or `FMT=FILE`, with `FMT` among `Key.choices`
"""


class Key(NamedTuple):
    """One setting."""

    name: str
    """The long flag without its dashes, which is also the key in the file."""
    kind: Kind
    help: str
    """A phrase for `--help` and for the schema."""
    choices: tuple[str, ...] = ()
    metavar: str = ""
    """How the help writes the value; empty for flags and choices."""
    maps: bool = False
    """Whether `maplint maps` heeds it too, on the command line and in the file."""


FORMATS = ("text", "concise", "json", "sarif", "github")

KEYS = (
    Key(
        "format",
        "formats",
        "report format; may be given several times, each with a file of its own (default: text)",
        choices=FORMATS,
        metavar="FMT[=FILE]",
    ),
    Key("output", "text", "where the one format without a file goes", metavar="FILE"),
    Key("select", "words", "rules to run instead of the default set", metavar="IDS"),
    Key("extend-select", "words", "rules to run as well", metavar="IDS"),
    Key("ignore", "words", "rules not to run", metavar="IDS"),
    Key(
        "min-confidence",
        "choice",
        "least confidence that is shown (default: medium)",
        choices=("high", "medium", "low"),
    ),
    Key(
        "fail-on",
        "choice",
        "least level that makes the exit status 1 (default: warning)",
        choices=("error", "warning", "note", "never"),
    ),
    Key("exit-zero", "flag", "exit with 0 in spite of findings"),
    Key("tests", "flag", "analyse _test.go files too", maps=True),
    Key("generated", "flag", "report in generated files too"),
    Key("tags", "words", "build tags that hold", metavar="TAGS", maps=True),
    Key("goos", "text", "operating system to analyse for (default: all)", metavar="GOOS", maps=True),
    Key("goarch", "text", "architecture to analyse for (default: all)", metavar="GOARCH", maps=True),
    Key(
        "exclude",
        "items",
        "files and folders to leave out, in gitignore syntax",
        metavar="PATTERN",
        maps=True,
    ),
    Key("jobs", "number", "accepted; one process does all the work, whatever N is", metavar="N", maps=True),
    Key("cache", "flag", "reuse the report of an earlier run where nothing has changed (default: yes)"),
    Key(
        "cache-dir",
        "text",
        "where such reports are kept (default: MAPLINT_CACHE, else maplint in the user's cache folder)",
        metavar="DIR",
    ),
    Key("statistics", "flag", "count the findings of each rule and time each stage"),
    Key("show-suppressed", "flag", "report what comments suppress too, marked as such"),
    Key("strict", "flag", "exit with 2 where a file could not be read or parsed", maps=True),
    Key(
        "color",
        "choice",
        "colour in text reports (default: auto)",
        choices=("auto", "always", "never"),
        maps=True,
    ),
    Key("quiet", "flag", "leave out the summary and notices", maps=True),
    Key("verbose", "flag", "say more, with the traceback of a fault in maplint", maps=True),
)

BY_NAME: Mapping[str, Key] = {key.name: key for key in KEYS}


def value_of(key: Key, raw: object) -> object:
    """The value of `key` as the settings hold it: lists become tuples, words parted by commas are parted.

    `raw` comes from a TOML file or from the command line. A MaplintError says what was expected instead of it,
    and leaves it to the caller to name the place.
    """
    if key.kind == "flag":
        return _expect(isinstance(raw, bool), raw, "true or false")
    if key.kind == "number":
        return _expect(isinstance(raw, int) and not isinstance(raw, bool) and raw > 0, raw, "a number from 1")
    if key.kind in ("text", "choice"):
        _expect(isinstance(raw, str), raw, "a string")
        return raw if key.kind == "text" else _chosen(key, str(raw))
    items = strings(raw)
    if key.kind == "words":
        return parted(items)
    if key.kind == "formats":
        for item in items:
            name, equals, file = item.partition("=")
            _chosen(key, name)
            if equals and not file:
                raise MaplintError(f"{item!r} names no file")
    return items


def strings(raw: object) -> tuple[str, ...]:
    """A list of strings as a tuple; one string counts as a list of one."""
    items = raw if isinstance(raw, list) else [raw]
    _expect(all(isinstance(item, str) for item in items), raw, "a list of strings")
    return tuple(items)


def parted(items: tuple[str, ...]) -> tuple[str, ...]:
    """The words in `items`, with those that are joined by commas taken apart."""
    return tuple(word.strip() for item in items for word in item.split(",") if word.strip())


def _chosen(key: Key, word: str) -> str:
    if word not in key.choices:
        hint = did_you_mean(word, key.choices)
        raise MaplintError(f"{word!r} is not one of {', '.join(key.choices)}{hint}")
    return word


def _expect(holds: bool, raw: object, wanted: str) -> object:
    if not holds:
        raise MaplintError(f"expected {wanted}, not {raw!r}")
    return raw
