"""Python's search for garbage in cycles, which an analysis does without."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Keeps Python from searching for garbage in cycles, for a function that this decorates.

    A model is millions of records without a cycle, and the judgements make next to none: the search would take
    a tenth of the time and find nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
