"""A rule is a value: who it is, what it says of itself, and the function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from maplint.finding import Confidence, Fix, Level, Note, Place

if TYPE_CHECKING:
    from maplint.model.program import Package, Program


class Draft(NamedTuple):
    """What a rule yields: a finding before the engine adds the rule's own name, level and fingerprint."""

    place: Place
    symbol: str
    message: str
    confidence: Confidence
    function: str | None = None
    related: tuple[Note, ...] = ()
    flows: tuple[tuple[Note, ...], ...] = ()
    evidence: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


class Pass(NamedTuple):
    """The whole world handed to a rule's check, once for each package."""

    program: Program
    package: Package
    """The package whose findings are asked for."""
    options: Mapping[str, object]
    """The rule's own table of the configuration, validated against `Rule.options`."""


Check = Callable[[Pass], Iterator[Draft]]


class Option(NamedTuple):
    """A setting of one rule, `[rules.ML109]` in the configuration."""

    name: str
    default: bool | int | str
    help: str


class Rule(NamedTuple):
    """One entry of the catalogue."""

    id: str
    """ML and three digits; the first digit is the family. Ids never change meaning."""
    name: str
    """The bad pattern in kebab case; it reads well after "allow"."""
    family: str
    level: Level
    """The level at high confidence."""
    doc: str
    """The module's docstring, under the headings that `maplint.documentation` checks."""
    check: Check
    default: bool = True
    """Whether it runs without being selected."""
    options: tuple[Option, ...] = ()
