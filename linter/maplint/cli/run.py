"""One run of the command line: from arguments to an exit status."""

from __future__ import annotations

from collections.abc import Sequence

from maplint.cli import streams
from maplint.cli.bugs import tell_bug
from maplint.cli.parser import Line, parse
from maplint.errors import MaplintError


def run(arguments: Sequence[str]) -> int:
    """Do what `arguments` ask for and return the exit status; the one place that turns errors into one."""
    try:
        return _run(parse(arguments))
    except SystemExit as done:
        return int(done.code or 0)
    except MaplintError as error:
        streams.say(f"maplint: {error}")
        return 2
    except KeyboardInterrupt:
        streams.say("maplint: interrupted")
        return 130
    except Exception as error:  # noqa: BLE001 - nobody should meet a traceback
        tell_bug("the analysis", error, "--verbose" in arguments)
        return 2
    finally:
        streams.finish()


def _run(line: Line) -> int:
    """Each command is imported when it is asked for, since together they cost most of a start."""
    from maplint.cli.wiring import catalogue

    rules = catalogue()
    if line.command == "check":
        from maplint.cli.check import check

        return check(line, rules)
    if line.command == "maps":
        from maplint.cli.maps import maps

        return maps(line, rules)
    from maplint.cli.catalogue import explain, list_rules

    return list_rules(rules, line.format) if line.command == "rules" else explain(line.rule, rules)
