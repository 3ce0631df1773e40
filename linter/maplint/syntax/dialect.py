"""Rewrites for what the grammar does not know yet, each of the same length, so that every position holds.

- `new(expr)` (Go 1.26): the grammar takes the argument for a type, so `new` becomes another identifier.
- generic methods (Go 1.27): the whole declaration is lost, so the type parameter list becomes spaces.
"""

from __future__ import annotations

import re

_NEW = re.compile(rb"\bnew\s*\(")
_TYPE_ARGUMENT = re.compile(
    rb"\s*(?:[\w.*\s]+|(?:\*|\[\w*\]|map\[|chan\b|func\b|struct\b|interface\b).*)\s*\Z", re.S
)
_LITERAL_ARGUMENT = re.compile(rb"\s*[-+!^&]*(?:\d|true\b|false\b|nil\b)")
_GENERIC_METHOD = re.compile(rb"^func[ \t]*\([^()]*\)[ \t]*\w+[ \t]*\[", re.M)
_STAND_IN = b"n_w"


def rewrite(data: bytes) -> bytes:
    """The same text in the dialect that the grammar reads; the very same object where nothing changes."""
    spans = [(start, end, b" " * (end - start)) for start, end in method_type_parameters(data)]
    spans += [(start, start + 3, _STAND_IN) for start in _new_expressions(data)]
    if not spans:
        return data
    out = bytearray(data)
    for start, end, text in spans:
        out[start:end] = text
    return bytes(out)


def method_type_parameters(data: bytes) -> list[tuple[int, int]]:
    """Where the type parameter lists of methods stand, brackets included."""
    found = []
    for match in _GENERIC_METHOD.finditer(data):
        start = match.end() - 1
        end = _closing(data, start)
        if end is not None:
            found.append((start, end + 1))
    return found


def _new_expressions(data: bytes) -> list[int]:
    """Where `new` stands before an argument that reads as an expression alone."""
    found = []
    for match in _NEW.finditer(data):
        end = _closing(data, match.end() - 1)
        argument = data[match.end() : end] if end is not None else b""
        is_type = _TYPE_ARGUMENT.match(argument) and not _composite(argument)
        if not is_type or _LITERAL_ARGUMENT.match(argument):
            found.append(match.start())
    return found


def _composite(argument: bytes) -> bool:
    """Whether a type-like argument goes on as a value: `[]int{1}`, `func() {}()`, `map[K]V{}[k]`."""
    text = argument.strip()
    if text.startswith((b"struct", b"interface")):
        return not text.endswith(b"}")
    return text.endswith((b"}", b"]", b")")) and b"{" in text


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
