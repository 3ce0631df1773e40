"""From sarif_om's objects to plain JSON values.

The serialiser that comes with sarif_om drops every value that equals the schema's default. For `level` that
changes the meaning: a result without one takes the level of its rule. So this walk keeps it.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import attr

_ALWAYS = {"level"}


class _Property(NamedTuple):
    """One property of a SARIF object."""

    attribute: str
    """Its name in Python."""
    key: str
    """Its name in JSON."""
    default: object
    """What its absence means, such as -1 for "not set"; a required property has `attr.NOTHING`."""


def to_json(value: object) -> object:
    """The JSON value for a SARIF object, a list, a property bag or a scalar, defaults left out."""
    if attr.has(type(value)):
        return _properties(value)
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value


def _properties(value: Any) -> dict[str, object]:
    document = {}
    for name, key, default in _schema(value.__class__):
        item = getattr(value, name)
        if key in _ALWAYS or item != default:
            document[key] = to_json(item)
    return document


@functools.cache
def _schema(kind: type) -> tuple[_Property, ...]:
    return tuple(
        _Property(field.name, field.metadata["schema_property_name"], _default(field.default))
        for field in attr.fields(kind)
    )


def _default(default: object) -> object:
    return getattr(default, "factory", lambda: default)()
