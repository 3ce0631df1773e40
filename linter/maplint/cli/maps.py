"""The command `maplint maps`."""

from __future__ import annotations

from collections.abc import Sequence

from maplint.cli import session
from maplint.cli.outputs import Output, deliver, outputs
from maplint.cli.parser import Line
from maplint.cli.stages import Stages
from maplint.engine.run import Request, inventory, model
from maplint.report.formats import inventory_renderer
from maplint.rule import Rule


def maps(line: Line, catalogue: Sequence[Rule]) -> int:
    """List the map sites; returns the exit status, which is 0 unless something could not be done."""
    run = session.begin(line, catalogue)
    settings = run.settings
    planned = outputs(settings.format, settings.output)
    stages = Stages(show=not settings.quiet)
    try:
        analysed = model(Request(line.paths, run.cwd, settings, stages.begin))
        stages.begin("listing")
        listed = inventory(analysed, line.all)
        stages.hush()

        def render(output: Output) -> str:
            context = session.context(run, analysed.loaded, (), output)
            return inventory_renderer(output.format)(listed, context)

        delivered = deliver(planned, render, settings.verbose)
    finally:
        stages.end()
    session.tell_faults(run, analysed.loaded, analysed.faults)
    session.tell_notices(run, analysed.loaded)
    return 2 if not delivered or session.unsound(run, analysed.loaded, analysed.faults) else 0
