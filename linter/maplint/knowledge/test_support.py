"""Types that only tests have values of. Tables only."""

from __future__ import annotations

from typing import Final

TEST_TYPES: Final = frozenset(
    (
        "testing.B",
        "testing.F",
        "testing.M",
        "testing.T",
        "github.com/onsi/ginkgo.GinkgoTInterface",
        "github.com/onsi/ginkgo/v2.FullGinkgoTInterface",
        "github.com/onsi/ginkgo/v2.GinkgoTInterface",
        "gopkg.in/check.v1.C",
    )
)
"""What a function takes, or an object holds, that is part of a test, wherever it is declared."""

TEST_NAMES: Final = frozenset(("TB", "TestingT", "TestingTB"))
"""What types are called, `testing.TB` first, that stand for a test without naming the package testing."""
