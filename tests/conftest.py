"""The world around the tests: tools that pip installed beside this Python (go, npm), and a private cache."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
# A shell starts what runs in the background with Ctrl-C ignored, and every child would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is read from the user's cache, and nothing is left there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPLINT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
