"""Files of which the declarations alone are wanted, while most of a file is bodies of functions."""

from __future__ import annotations

import re

_BODY = re.compile(rb"^(?:func |\)).*\{\r?\n(?P<body>(?:(?!func |[})])[^\n]*+\n)++)(?=\}[ \t\r]*$)", re.M)
"""As gofmt lays functions out: the body begins on a line of its own, and its brace closes at the margin."""


def without_bodies(data: bytes) -> bytes:
    """The same text with the bodies of functions as spaces, so that every offset holds.

    Where the layout is not gofmt's, or a string over several lines looks like the end of a body, the text may parse
    worse than before.
    """
    return _BODY.sub(_blank, data)


def _blank(function: re.Match[bytes]) -> bytes:
    start, end = function.span("body")
    head = function[0][: start - function.start()]
    return function[0] if function["body"].count(b"`") % 2 else head + b" " * (end - start)
