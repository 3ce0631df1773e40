"""From facts to the program that rules ask: types, map sites, call graph, contexts, locks, lifetimes, verdicts."""

from maplint.model.build import build
from maplint.model.program import Package, Program

__all__ = ["Package", "Program", "build"]
