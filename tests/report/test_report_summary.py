"""The words on standard error."""

from __future__ import annotations

from report_samples import CACHE, REPORT, context

from maplint.finding import Fault, Report, Summary
from maplint.report.summary import fault_line, summary_line


def test_the_summary_counts_findings_by_level_and_files_by_fate() -> None:
    assert summary_line(REPORT) == (
        "5 findings (1 error, 3 warnings, 1 note). "
        "1204 files in 1 package analysed (1 in part), 1 skipped. 1 finding suppressed."
    )


def test_the_summary_says_that_nothing_was_found() -> None:
    report = Report(summary=Summary(files=1, packages=2))
    assert summary_line(report) == "no findings. 1 file in 2 packages analysed (0 in part), 0 skipped."


def test_a_fault_is_named_with_its_file_and_line_or_its_rule_and_package() -> None:
    assert [fault_line(fault, context()) for fault in REPORT.faults] == [
        "store/secret.go: secret.go could not be read: permission denied",
        "größe [x]/a b%.go:4: expected '}', found the end of the file",
        "the rule inconsistent-lock failed: KeyError (ML402 in example.com/m/store)",
    ]
    assert fault_line(Fault("two\nlines", CACHE), context(cwd="/example/repo/store")) == "cache.go: two lines"
