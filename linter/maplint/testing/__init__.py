"""The corpus harness, for our own rules and for rule packs: Go programs that say where something is found.

from maplint.testing import check_case, find_cases, run_check

findings = run_check(corpus)
for case in find_cases(corpus):
    assert check_case(case, findings) == []
"""

from __future__ import annotations

from maplint.testing.expectations import Mark, read_marks, read_run
from maplint.testing.harness import Reported, check_case, find_cases, run_check

__all__ = ["Mark", "Reported", "check_case", "find_cases", "read_marks", "read_run", "run_check"]
