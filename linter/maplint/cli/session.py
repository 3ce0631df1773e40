"""What the commands that analyse code have in common: their settings, their context, their asides."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from maplint import __version__
from maplint.cli import streams
from maplint.cli.color import wants_color
from maplint.cli.outputs import Output
from maplint.cli.parser import Line
from maplint.config.file import Configuration, find, read
from maplint.config.keys import BY_NAME
from maplint.config.settings import Settings, settle
from maplint.engine.run import Loaded
from maplint.errors import MaplintError
from maplint.finding import Fault
from maplint.report.context import Context
from maplint.report.summary import fault_line
from maplint.rule import Rule


class Session(NamedTuple):
    """One run of a command."""

    cwd: str
    """Absolute working directory, with `/`."""
    settings: Settings


def begin(line: Line, catalogue: Sequence[Rule]) -> Session:
    """Read the configuration file, if there is one, and lay the command line over it."""
    try:
        cwd = os.getcwd().replace(os.sep, "/")
    except OSError as error:
        raise MaplintError("the working directory does not exist any more") from error
    settings = settle(_configuration(line, cwd, catalogue), line.settings, cwd)
    if settings.quiet and settings.verbose:
        raise MaplintError("--quiet and --verbose exclude each other")
    return Session(cwd, settings)


def context(session: Session, loaded: Loaded, rules: Sequence[Rule], output: Output) -> Context:
    """What the reporter of `output` may know; `rules` are those that ran."""
    files = loaded.files

    def contents(path: str) -> bytes:
        if path in files:
            return files[path].data
        with open(path, "rb") as file:
            return file.read()

    return Context(
        cwd=session.cwd,
        root=loaded.workspace.root,
        read=contents,
        version=__version__,
        rules=tuple(rules),
        color=_color(session.settings, output),
        show_suppressed=session.settings.show_suppressed,
    )


def unsound(session: Session, loaded: Loaded, faults: Sequence[Fault]) -> bool:
    """Whether too little could be analysed for any status but 2."""
    return loaded.blind or (session.settings.strict and bool(faults))


def tell_faults(session: Session, loaded: Loaded, faults: Sequence[Fault]) -> None:
    """Name on standard error what was not analysed, also with `--quiet`."""
    here = context(session, loaded, (), Output("text", None))
    for fault in faults:
        streams.say(f"maplint: {fault_line(fault, here)}")


def tell_notices(session: Session, loaded: Loaded) -> None:
    """Say on standard error what was left out, and with `--verbose` what the run was based on."""
    settings = session.settings
    if settings.verbose:
        streams.say(f"maplint: configuration: {settings.file or 'none'}")
        streams.say(f"maplint: repository root: {loaded.workspace.root}")
        for module in loaded.workspace.modules:
            streams.say(f"maplint: module {module.path or 'without go.mod'} in {module.directory}")
    if not settings.quiet:
        for notice in loaded.workspace.notices:
            streams.say(f"maplint: {notice}")


def _configuration(line: Line, cwd: str, catalogue: Sequence[Rule]) -> Configuration | None:
    if line.isolated:
        return None
    path = line.config or find(cwd)
    if path is None:
        return None
    file = read(path, cwd, catalogue)
    if line.command == "maps":
        return file._replace(values={name: file.values[name] for name in file.values if BY_NAME[name].maps})
    return file


def _color(settings: Settings, output: Output) -> bool:
    """Colour in a file only if it is asked for outright, since the environment speaks of terminals."""
    if output.file is not None:
        return settings.color == "always"
    return wants_color(settings.color, os.environ, sys.stdout is not None and sys.stdout.isatty())
