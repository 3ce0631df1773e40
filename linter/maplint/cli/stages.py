"""The stages of a run: shown on a terminal while they last, timed for `--statistics`."""

from __future__ import annotations

import sys
import time


class Stages:
    """Begun stages; a stage lasts until the next one begins or `end` is called."""

    def __init__(self, show: bool) -> None:
        self._show = show and sys.stderr is not None and sys.stderr.isatty()
        self._begun: list[tuple[str, float]] = []

    def begin(self, stage: str) -> None:
        """A stage begins; this is the engine's `Watch`."""
        self._begun.append((stage, time.perf_counter()))
        self._draw(f"maplint: {stage} …")

    def hush(self) -> None:
        """Show no stage any more: the terminal is needed for the report."""
        self._draw("")
        self._show = False

    def end(self) -> list[tuple[str, float]]:
        """The last stage is over; returns each stage with its seconds."""
        self._begun.append(("", time.perf_counter()))
        self._draw("")
        return [
            (stage, end - begin)
            for (stage, begin), (_, end) in zip(self._begun, self._begun[1:], strict=False)
            if stage
        ]

    def _draw(self, text: str) -> None:
        if self._show:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
