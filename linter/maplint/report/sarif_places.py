"""Places in SARIF's terms: relative URIs, columns in UTF-16 units, and GitHub's hash of a line."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import sarif_om  # type: ignore[import-untyped]

from maplint.finding import Note, Place
from maplint.report.characters import utf16_column
from maplint.report.context import Context
from maplint.report.line_hash import line_hashes
from maplint.report.paths import file_uri, in_repository, is_outside, relative_uri
from maplint.report.sarif_text import message
from maplint.report.source import LineReader, line_reader

ROOT_ID = "%SRCROOT%"
"""The `uriBaseId` of every relative URI: the repository root. Its own URI is nowhere in the file."""


class Files(NamedTuple):
    """What the locations of one report need to know of files; each file is read once."""

    line: LineReader
    artifact: Callable[[str], sarif_om.ArtifactLocation]
    """Absolute path → how SARIF names the file."""
    hashes: Callable[[str], list[str]]
    """Absolute path → the hash of each line, none where the file is gone."""


def files_of(context: Context) -> Files:
    """The files as the context shows them."""

    @functools.cache
    def artifact(path: str) -> sarif_om.ArtifactLocation:
        known = in_repository(path, context.root)
        if is_outside(known):
            return sarif_om.ArtifactLocation(uri=file_uri(path))
        return sarif_om.ArtifactLocation(uri=relative_uri(known), uri_base_id=ROOT_ID)

    @functools.cache
    def hashes(path: str) -> list[str]:
        try:
            return line_hashes(context.read(path))
        except OSError:
            return []

    return Files(line_reader(context), artifact, hashes)


def region(place: Place, files: Files) -> sarif_om.Region:
    """Lines and columns of a place; a file that is gone keeps its columns in bytes."""
    return sarif_om.Region(
        start_line=place.line,
        start_column=_column(place.path, place.line, place.column, files),
        end_line=place.end_line,
        end_column=_column(place.path, place.end_line, place.end_column, files),
    )


def location(place: Place, files: Files) -> sarif_om.Location:
    """A place as a location without words."""
    artifact = files.artifact(place.path)
    physical = sarif_om.PhysicalLocation(artifact_location=artifact, region=region(place, files))
    return sarif_om.Location(physical_location=physical)


def noted(note: Note, files: Files) -> sarif_om.Location:
    """A place with what stands there."""
    where = location(note.place, files)
    where.message = message(note.message)
    return where


def line_hash(place: Place, files: Files) -> str | None:
    """GitHub's `primaryLocationLineHash` of the line a place begins in; None where file or line is gone."""
    hashes = files.hashes(place.path)
    return hashes[place.line - 1] if place.line <= len(hashes) else None


def _column(path: str, line: int, column: int, files: Files) -> int:
    source = files.line(path, line)
    return column if source is None else utf16_column(source, column, first=line == 1)
