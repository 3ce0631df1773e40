"""The command `maplint check`."""

from __future__ import annotations

from collections.abc import Sequence

from maplint.cli import session, streams
from maplint.cli.outputs import Output, deliver, outputs
from maplint.cli.parser import Line
from maplint.cli.session import Session
from maplint.cli.stages import Stages
from maplint.cli.statistics import statistics
from maplint.config.settings import Settings
from maplint.engine.run import Outcome, Request, analyse
from maplint.finding import Level, Report
from maplint.report.formats import report_renderer
from maplint.report.summary import summary_line
from maplint.rule import Rule


def check(line: Line, catalogue: Sequence[Rule]) -> int:
    """Analyse, write the reports, say the rest on standard error; returns the exit status."""
    run = session.begin(line, catalogue)
    settings = run.settings
    planned = outputs(settings.format, settings.output)
    stages = Stages(show=not settings.quiet)
    try:
        outcome = analyse(Request(line.paths, run.cwd, settings, stages.begin), catalogue)
        stages.hush()
        stages.begin("reporting")

        def render(output: Output) -> str:
            context = session.context(run, outcome.loaded, outcome.rules, output)
            return report_renderer(output.format)(outcome.report, context)

        delivered = deliver(planned, render, settings.verbose)
    finally:
        times = stages.end()
    _tell(run, outcome)
    if settings.statistics:
        streams.say(statistics(outcome, times))
    faults = outcome.report.faults
    failed = not delivered or any(fault.rule for fault in faults)
    return 2 if failed or session.unsound(run, outcome.loaded, faults) else _status(outcome.report, settings)


def _status(report: Report, settings: Settings) -> int:
    """Whether the findings are such that the status is 1."""
    if settings.exit_zero or settings.fail_on == "never":
        return 0
    least = Level[settings.fail_on.upper()]
    return int(any(finding.level >= least for finding in report.findings))


def _tell(run: Session, outcome: Outcome) -> None:
    """Faults always; the summary and notices unless they are not wanted."""
    session.tell_faults(run, outcome.loaded, outcome.report.faults)
    if run.settings.verbose:
        for trace in outcome.traces:
            streams.say(trace.rstrip())
        streams.say(f"maplint: rules: {', '.join(rule.id for rule in outcome.rules)}")
        for remark in outcome.remarks:
            streams.say(f"maplint: {remark}")
    session.tell_notices(run, outcome.loaded)
    if not run.settings.quiet:
        streams.say(summary_line(outcome.report))
