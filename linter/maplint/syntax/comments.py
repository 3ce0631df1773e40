"""Comments that say something to maplint: suppressions and conventions about locks.

Found lexically and then checked against the tree, which costs nothing in the many files that have none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from maplint.facts.file import Comment
from maplint.syntax.grammar import Node
from maplint.syntax.lowering import COMMENT

_IN_ANY = rb"[gG]uarded[ -]by|checklocks"
_WORDS = (b"nolint", b"maplint:", b"lint:ignore", b"lint:file-ignore", b"uarded", b"checklocks")
"""Looked for one by one, which is far faster than all at once."""
_WORD = re.compile(rb"nolint|maplint:|lint:ignore|lint:file-ignore|" + _IN_ANY)
_STARTS_BLOCK = re.compile(rb"/\*[^\n]*?(?:" + _IN_ANY + rb")")


def telling_comments(data: bytes, root: Node) -> tuple[Comment, ...]:
    """The comments of a file that contain one of the known words, in order."""
    if not any(word in data for word in _WORDS):
        return ()
    words = [match.start() for match in _WORD.finditer(data)]
    found = (_comment(data, node) for node in _comments_at(root, words))
    return tuple(comment for comment in found if _tells(comment.text.encode()))


def _tells(text: bytes) -> bool:
    """Whether a comment is of the kind that its word is used in: `/* */` states conventions about locks alone."""
    return text.startswith(b"//") or _STARTS_BLOCK.match(text) is not None


def _comment(data: bytes, node: Node) -> Comment:
    start, end = node.start_byte, node.end_byte
    line_start = data.rfind(b"\n", 0, start) + 1
    text = data[start:end].decode("utf-8", "replace").rstrip("\r")
    return Comment(start, end, text, not data[line_start:start].strip())


def _comments_at(root: Node, offsets: list[int]) -> Iterator[Node]:
    """The comments that hold some of these offsets, in order; each child of a node is looked at once."""
    waiting = [(root, offsets)]
    while waiting:
        node, inside = waiting.pop()
        if node.kind_id == COMMENT:
            yield node
            continue
        below = []
        for child in node.children if inside else ():
            first, last = bisect_left(inside, child.start_byte), bisect_left(inside, child.end_byte)
            if first < last:
                below.append((child, inside[first:last]))
        waiting += reversed(below)
