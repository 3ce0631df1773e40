"""Reports as JSON and back again.

A record becomes a list of its fields. What is read back must be what the annotations of the records say, to
the last type: a report that another hand or another maplint wrote is refused, never half understood.
"""

from __future__ import annotations

import enum
import json
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

from maplint.finding import Report

Reader = Callable[[Any], Any]
"""From what JSON holds to the value; raises ValueError where it is something else."""


def encode(report: Report) -> bytes:
    """The report as ASCII."""
    return json.dumps(report, separators=(",", ":")).encode("ascii")


def decode(data: bytes) -> Report:
    """The report that `encode` made these bytes of; raises ValueError or RecursionError for all others."""
    report = _reader(Report)(json.loads(data.decode("ascii")))
    assert isinstance(report, Report)
    return report


@cache
def _reader(hint: Any) -> Reader:
    """The reader for an annotation: a record, an enumeration, `tuple[X, ...]`, `X | None` or a plain type."""
    if typing.get_origin(hint) is tuple:
        return _items(_reader(typing.get_args(hint)[0]))
    if isinstance(hint, types.UnionType):
        return _optional(_reader(typing.get_args(hint)[0]))
    if issubclass(hint, enum.IntEnum):
        return lambda value: hint(_exact(value, int))
    if issubclass(hint, tuple):
        return _record(hint)
    return lambda value: _exact(value, hint)


def _items(item: Reader) -> Reader:
    return lambda value: tuple(map(item, _exact(value, list)))


def _optional(present: Reader) -> Reader:
    return lambda value: None if value is None else present(value)


def _record(kind: type[tuple[Any, ...]]) -> Reader:
    fields = [_reader(hint) for hint in typing.get_type_hints(kind).values()]

    def read(value: Any) -> Any:
        values = _exact(value, list)
        return kind(*(field(each) for field, each in zip(fields, values, strict=True)))

    return read


def _exact(value: Any, kind: type) -> Any:
    """The value if it is of that very type; True is no number."""
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} expected, not {type(value).__name__}")
    return value
