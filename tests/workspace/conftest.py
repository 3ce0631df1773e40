"""No setting of the machine that runs the tests decides what they load."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("GOWORK", "GOFLAGS", "GOOS", "GOARCH", "CGO_ENABLED"):
        monkeypatch.delenv(variable, raising=False)
