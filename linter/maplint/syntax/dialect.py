"""Rewrites for what the grammar does not know yet, each of the same length, so that every position holds.

- `new(expr)` (Go 1.26), and `make(expr)` of a `make` that the code declares itself: the grammar takes the argument
  for a type, so the name becomes another identifier.
- generic methods (Go 1.27): the whole declaration is lost, so the type parameter list becomes spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAKES_TYPE = re.compile(rb"\b(new|make)\s*\(")
_TYPE_ARGUMENT = re.compile(
    rb"\s*(?:\*\s*)*(?:[\w\x80-\xff]+(?:\s*\.\s*[\w\x80-\xff]+)?\s*(?:\[.*\])?"
    rb"|(?:\[\w*\]|map\[|(?:<-\s*)?chan\b|func\b|struct\b|interface\b).*)\s*\Z",
    re.S,
)
_ELEMENT_OF = re.compile(rb"\A(?:map\[(?:[^][]|\[[^]]*\])*\]|\[\w*\]|(?:<-)?chan\b(?:<-)?|\*|\s)+")
_LITERAL_ARGUMENT = re.compile(rb"\s*[-+!^&]*(?:\d|true\b|false\b|nil\b)")
_GENERIC_METHOD = re.compile(rb"^func[ \t]*\([^()]*\)[ \t]*\w+[ \t]*\[", re.M)
_STAND_INS = {b"new": b"n_w", b"make": b"m_ke"}


def rewrite(data: bytes) -> bytes:
    """The same text in the dialect that the grammar reads; the very same object where nothing changes."""
    spans = [(start, end, b" " * (end - start)) for start, end in method_type_parameters(data)]
    spans += [(*match.span(1), _STAND_INS[match[1]]) for match in _with_expressions(data)]
    if not spans:
        return data
    out = bytearray(data)
    for start, end, text in spans:
        out[start:end] = text
    return bytes(out)


def bounded(data: bytes) -> bytes:
    """The same text with openings of comments that never end as spaces, where there are very many of them.

    The parser reads on to the end of the file for each, and begins again one byte further on.
    """
    start = data.rfind(b"*/") + 2 if b"*/" in data else 0
    if data.count(b"/*", start) * (len(data) - start) < _MAX_READING_ON:
        return data
    return data[:start] + data[start:].replace(b"/*", b"  ")


def method_type_parameters(data: bytes) -> list[tuple[int, int]]:
    """Where the type parameter lists of methods stand, brackets included."""
    found = []
    for match, end in _bracketed(_GENERIC_METHOD, data):
        if end is not None:
            found.append((match.end() - 1, end + 1))
    return found


def _bracketed(pattern: re.Pattern[bytes], data: bytes) -> Iterator[tuple[re.Match[bytes], int | None]]:
    """The matches of a pattern that ends with a bracket, each with where the bracket is closed."""
    unclosed = 0
    for match in pattern.finditer(data):
        end = _closing(data, match.end() - 1)
        unclosed += end is None
        if unclosed > _MAX_UNCLOSED:
            return
        yield match, end


def _with_expressions(data: bytes) -> list[re.Match[bytes]]:
    """Where `new` or `make` stands before an argument that reads as an expression alone."""
    found = []
    for match, end in _bracketed(_TAKES_TYPE, data):
        argument = _first(data[match.end() : end]) if end is not None else b""
        is_type = _TYPE_ARGUMENT.match(argument) and not _composite(argument)
        if not is_type or _LITERAL_ARGUMENT.match(argument):
            found.append(match)
    return found


def _first(arguments: bytes) -> bytes:
    """The first argument of several."""
    depth = 0
    for at, byte in enumerate(arguments):
        depth += (byte in b"([{") - (byte in b")]}")
        if byte == ord(",") and not depth:
            return arguments[:at]
    return arguments


def _composite(argument: bytes) -> bool:
    """Whether a type-like argument goes on as a value: `[]int{1}`, `func() {}()`, `map[K]V{}[k]`."""
    text = argument.strip()
    element = _ELEMENT_OF.sub(b"", text)
    if element.startswith((b"struct", b"interface")):
        end = _closing(element, element.find(b"{")) if b"{" in element else None
        return end is not None and end + 1 < len(element)
    return text.endswith((b"}", b"]", b")")) and b"{" in text


_MAX_READING_ON = 100_000_000
"""Bytes that may be read in search of ends of comments: less than a second."""
_MAX_UNCLOSED = 100
"""After so many brackets without an end a text is no Go, and the search for their ends would take long."""
_CLOSER = {ord("("): ord(")"), ord("["): ord("]"), ord("{"): ord("}")}


def _closing(data: bytes, start: int) -> int | None:
    """Offset of the bracket that closes the one at `start`, strings skipped; None within 4,000 bytes."""
    stack = []
    i, limit = start, min(len(data), start + 4000)
    while i < limit:
        byte = data[i]
        if byte in b"\"'`":
            i = _string_end(data, i, limit)
        elif byte in _CLOSER:
            stack.append(_CLOSER[byte])
        elif stack and byte == stack[-1]:
            stack.pop()
            if not stack:
                return i
        i += 1
    return None


def _string_end(data: bytes, start: int, limit: int) -> int:
    quote = data[start]
    i = start + 1
    while i < limit and data[i] != quote:
        i += 2 if data[i] == ord("\\") and quote != ord("`") else 1
    return i
