"""What a user asked to see: by the files named, by generated files, by pattern and by confidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from maplint.config.settings import Settings
from maplint.engine.selection import resolve
from maplint.finding import Confidence, Finding
from maplint.rule import Rule

if TYPE_CHECKING:
    from maplint.workspace.records import GoFile


def in_scope(finding: Finding, files: Mapping[str, GoFile], generated: bool) -> bool:
    """Whether the finding or a related place of it lies in a file that was named.

    One whose own place is in a generated file counts only with `generated`. `files` is by absolute path.
    """
    own = files.get(finding.place.path)
    if own is not None and own.generated and not generated:
        return False
    paths = {finding.place.path, *(note.place.path for note in finding.related)}
    return any(path in files and files[path].selected for path in paths)


def confident(finding: Finding, settings: Settings) -> bool:
    """Whether the finding has at least the confidence that is shown."""
    return finding.confidence >= Confidence[settings.min_confidence.upper()]


def ignored_in_file(settings: Settings, rules: Sequence[Rule]) -> Callable[[Finding], bool]:
    """A test of whether `per-file-ignores` hides a finding; patterns are relative to the configuration file."""
    if settings.file is None or not settings.per_file_ignores:
        return lambda finding: False
    from pathspec import GitIgnoreSpec

    base = os.path.dirname(settings.file)
    where = f"{os.path.basename(settings.file)}: per-file-ignores"
    ignores = [
        (GitIgnoreSpec.from_lines([pattern]), resolve(words, rules, where))
        for pattern, words in settings.per_file_ignores.items()
    ]

    def ignored(finding: Finding) -> bool:
        path = os.path.relpath(finding.place.path, base).replace(os.sep, "/")
        return not path.startswith("../") and any(
            finding.rule in ids and spec.match_file(path) for spec, ids in ignores
        )

    return ignored
