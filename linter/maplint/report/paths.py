"""Paths as reports write them: relative, with `/`, and as URIs."""

from __future__ import annotations

import os

from maplint.finding import Place


def relative(path: str, base: str) -> str:
    """An absolute path as seen from the folder `base`; absolute still where it is on another drive."""
    try:
        return os.path.relpath(path, base).replace(os.sep, "/")
    except ValueError:
        return path


def position(place: Place, base: str) -> str:
    """`path:line:column`, the path relative to `base`: what editors and terminals jump to."""
    return f"{relative(place.path, base)}:{place.line}:{place.column}"


def in_repository(path: str, root: str) -> str:
    """The path relative to the repository root, links resolved: forges know files by their real place."""
    return relative(os.path.realpath(path), os.path.realpath(root))


def is_outside(path: str) -> bool:
    """Whether a path from `in_repository` leaves the repository."""
    return path.startswith("../") or os.path.isabs(path)


def relative_uri(path: str) -> str:
    """A relative path as a percent-encoded relative URI reference."""
    return _quoted(path, "/")


def file_uri(path: str) -> str:
    """An absolute path as a percent-encoded file URI."""
    encoded = _quoted(path.replace(os.sep, "/"), "/:")
    return f"file://{encoded}" if encoded.startswith("/") else f"file:///{encoded}"


def _quoted(path: str, safe: str) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(path), safe=safe)
