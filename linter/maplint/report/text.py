"""The format `text`: what a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Finding, Report
from maplint.report.ansi import Paint, painter
from maplint.report.characters import encodable, one_line
from maplint.report.context import Context
from maplint.report.paths import position
from maplint.report.shown import Shown, shown
from maplint.report.snippet import snippet
from maplint.report.source import line_reader


def render(report: Report, context: Context) -> str:
    """A block for each finding, a blank line between blocks; empty when there is nothing to say."""
    line = line_reader(context)
    paint = painter(context.color)
    blocks = [
        _block(entry, line(entry.finding.place.path, entry.finding.place.line), context.cwd, paint)
        for entry in shown(report, context)
    ]
    return encodable("\n".join(blocks))


def _block(entry: Shown, source: bytes | None, cwd: str, paint: Paint) -> str:
    finding = entry.finding
    margin = " " * len(str(finding.place.line))
    lines = [_headline(entry, cwd, paint)]
    if source is not None:
        lines += _source_lines(finding, source, margin, paint)
    for note in finding.related:
        lines.append(f"{margin}   {one_line(f'{position(note.place, cwd)}: {note.message}')}")
    for label, text in _remarks(entry):
        lines.append(f"{margin} {paint('faint', '=')} {paint('strong', label)}: {one_line(text)}")
    return "\n".join(lines) + "\n"


def _headline(entry: Shown, cwd: str, paint: Paint) -> str:
    finding = entry.finding
    label = paint(finding.level.label, f"{finding.level.label}[{finding.rule}]")
    mark = " (suppressed)" if entry.suppression else ""
    place = paint("strong", one_line(position(finding.place, cwd)))
    return f"{place}: {label}{mark}: {one_line(finding.message)}"


def _source_lines(finding: Finding, source: bytes, margin: str, paint: Paint) -> Iterator[str]:
    shape = snippet(source, finding.place)
    bar = paint("faint", "|")
    yield f"{margin} {bar}"
    yield f"{paint('faint', str(finding.place.line))} {bar} {shape.source}".rstrip()
    yield f"{margin} {bar} {paint(finding.level.label, shape.carets)}"
    yield f"{margin} {bar}"


def _remarks(entry: Shown) -> Iterator[tuple[str, str]]:
    finding = entry.finding
    for sentence in finding.evidence:
        yield "why", sentence
    for fix in finding.fixes[:1]:
        yield "fix", fix.message
    if entry.suppression:
        yield "suppressed", entry.suppression.reason or "no reason given"
    confidence = f"{finding.confidence.label} confidence"
    yield "rule", f"{finding.name}, {confidence}; see `maplint explain {finding.rule}`"
