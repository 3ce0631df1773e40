"""What stands at the top of a Go file, read lexically: no parse, and nothing after the imports matters."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import NamedTuple

from maplint.workspace.constraints import Constraint, conjunction, go_build, plus_build

_BOM = b"\xef\xbb\xbf"
_GAP = rb"(?:[ \t\r\n]++|//[^\n]*+|/\*(?s:.*?)\*/)*+"
_NAME = rb"(?P<name>[A-Za-z_\x80-\xff][\w\x80-\xff]*)"
_PACKAGE = re.compile(_GAP + rb"(?P<clause>package\b" + _GAP + _NAME + rb")")
_PACKAGE_LINE = re.compile(rb"^(?P<clause>package[ \t]+" + _NAME + rb")", re.MULTILINE)
_COMMENT = re.compile(rb"//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)")
_GO_BUILD = re.compile(rb"//go:build(?:[ \t\r]|$)")
_PLUS_BUILD = re.compile(rb"//[ \t]*\+build(?:[ \t\r]|$)")
_GENERATED = re.compile(rb"^// Code generated .* DO NOT EDIT\.\r?$", re.MULTILINE)
_IMPORTS = re.compile(
    rb"(?:[ \t\r\n;()]++|//[^\n]*+|/\*(?s:.*?)\*/|\"[^\"\n]*+\"|`[^`]*+`"
    rb"|(?!(?:func|var|const|type)\b)[\w.\x80-\xff]++)*+"
)


class Header(NamedTuple):
    """What a file says before its declarations."""

    package: str
    constraint: Constraint | None
    """From `//go:build` lines, or where there are none from `// +build` lines. One that does not parse
    constrains nothing."""
    generated: bool
    imports_c: bool
    """Whether it imports "C", so that only builds with cgo include it."""


def read_header(data: bytes) -> Header | None:
    """The header of a file's bytes; None where no package clause is found.

    Text that does not belong before a package clause, such as a conflict marker, is skipped.
    """
    data = data.removeprefix(_BOM)
    clause = _PACKAGE.match(data) or _PACKAGE_LINE.search(data)
    if clause is None:
        return None
    top = data[: clause.start("clause")]
    return Header(
        package=clause["name"].decode(errors="replace"),
        constraint=_constraint(top),
        generated=b"// Code generated " in top and _is_generated(top),
        imports_c=b'"C"' in data and _imports_c(data, clause.end()),
    )


def _is_generated(top: bytes) -> bool:
    return any(_GENERATED.search(comment[0]) for comment in _COMMENT.finditer(top))


def _imports_c(data: bytes, start: int) -> bool:
    """Whether "C" is among the imports, which begin after the package clause."""
    imports = _IMPORTS.match(data, start)
    return imports is not None and b'"C"' in _COMMENT.sub(b"", imports[0])


def _constraint(top: bytes) -> Constraint | None:
    """The constraint that the lines above the package clause state."""
    lines = _go_build_lines(top) if b"//go:build" in top else []
    parse: Callable[[str], Constraint] = go_build
    if not lines and b"+build" in top:
        lines, parse = _plus_build_lines(top), plus_build
    stated: list[Constraint] = []
    for line in lines:
        with contextlib.suppress(ValueError):
            stated.append(parse(line.decode(errors="replace").partition("build")[2]))
    return conjunction(*stated)


def _go_build_lines(top: bytes) -> list[bytes]:
    """The `//go:build` comments that begin their line."""
    return [
        comment[0]
        for comment in _COMMENT.finditer(top)
        if _GO_BUILD.match(comment[0])
        and not top[top.rfind(b"\n", 0, comment.start()) + 1 : comment.start()].strip()
    ]


def _plus_build_lines(top: bytes) -> list[bytes]:
    """The `// +build` lines of the leading run of `//` comments that stand above its last blank line."""
    kept: list[bytes] = []
    since_blank: list[bytes] = []
    *lines, _ = top.split(b"\n")
    for line in lines:
        stripped = line.strip()
        if not stripped:
            kept += since_blank
            since_blank = []
        elif stripped.startswith(b"//"):
            since_blank.append(stripped)
        else:
            break
    return [line for line in kept if _PLUS_BUILD.match(line)]
