"""What the model finds out about the function literals of a package of one file."""

from __future__ import annotations

from programs import IMPORTS, program

from maplint.finding import Confidence
from maplint.model.closures import Grown
from maplint.model.program import Program
from maplint.model.retained import Retained


def grown(text: str) -> list[Grown]:
    """The captured maps that grow; the text may use what `IMPORTS` imports."""
    return grown_in(program({"m.go": IMPORTS + text}))


def grown_in(found: Program) -> list[Grown]:
    """The captured maps that grow in a program."""
    return [one for site in found.sites.values() if (one := found.closures.grown(site)) is not None]


def retained(text: str) -> list[Retained]:
    """The captured maps that are kept for little; the text may use what `IMPORTS` imports."""
    return retained_in(program({"m.go": IMPORTS + text}))


def retained_in(found: Program) -> list[Retained]:
    """The captured maps that are kept for little in a program."""
    return [one for site in found.sites.values() for one in found.retentions.retained(site)]


def shown(found: list[Grown] | list[Retained]) -> list[str]:
    """The maps of what is shown at default settings."""
    certain = [one.site for one in found if one.confidence > Confidence.LOW]
    return [site.symbol.removeprefix("example.com/m.") for site in certain]
