"""Strongly connected components of a graph, callees first (Tarjan, 1972), without recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node")


def components(nodes: Iterable[Node], successors: Callable[[Node], Iterable[Node]]) -> Iterator[list[Node]]:
    """The components, each after those that it leads to."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    path: list[Node] = []
    on_path: set[Node] = set()
    for start in nodes:
        if start in index:
            continue
        work = [(start, _enter(start, index, low, path, on_path, successors))]
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    yield _leave(node, path, on_path)
            elif following not in index:
                work.append((following, _enter(following, index, low, path, on_path, successors)))
            elif following in on_path:
                low[node] = min(low[node], index[following])


def _enter(
    node: Node,
    index: dict[Node, int],
    low: dict[Node, int],
    path: list[Node],
    on_path: set[Node],
    successors: Callable[[Node], Iterable[Node]],
) -> Iterator[Node]:
    index[node] = low[node] = len(index)
    path.append(node)
    on_path.add(node)
    return iter(list(successors(node)))


def _leave(node: Node, path: list[Node], on_path: set[Node]) -> list[Node]:
    at = path.index(node) if path[-1] is not node else len(path) - 1
    found = path[at:]
    del path[at:]
    on_path.difference_update(found)
    return found
