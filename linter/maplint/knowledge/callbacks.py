"""Which functions of the standard library and of well-known packages run a func they are given, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from maplint.knowledge.callbacks_libraries import LIBRARIES
from maplint.knowledge.callbacks_servers import SERVERS
from maplint.knowledge.callbacks_std import STD
from maplint.knowledge.when import When
from maplint.knowledge.words import function_key, spelt_out


class Callback(NamedTuple):
    """One argument or field of func type, or of a type whose methods are called, and when it runs."""

    function: str
    """What it is given to: `net/http.HandleFunc`, `(net/http.ServeMux).HandleFunc`, or, with a field, the
    struct type `net/http.Server`. A func type stands for the conversion to it: `net/http.HandlerFunc`, 0."""
    argument: int | str
    """Index of the parameter, or name of the field. The value may be a func, a slice or map of funcs, or a
    func that returns funcs, as middleware does, and then these run so too. It may also be a value with
    methods: then those run that the type of the parameter lists, or all exported ones where it is `any`."""
    when: When
    and_following: bool = False
    """Whether every further argument is run as well: the parameter is variadic."""


@cache
def callbacks() -> Mapping[str, tuple[Callback, ...]]:
    """All that is known, by `Callback.function`."""
    found: dict[str, tuple[Callback, ...]] = {}
    for packages, when, words in (*STD, *SERVERS, *LIBRARIES):
        for word in words.split():
            for callback in _callbacks(packages, When(when), word):
                found[callback.function] = (*found.get(callback.function, ()), callback)
    return found


def _callbacks(packages: str, when: When, word: str) -> Iterator[Callback]:
    """The callbacks of one word: `HandleFunc:1`, `Group|Echo.GET|POST:1+` or `Server.ConnState`."""
    path, _, index = word.partition(":")
    for package, owner, name in spelt_out(packages, path):
        if index:
            key = function_key(package, owner, name)
            yield Callback(key, int(index.rstrip("+")), when, index.endswith("+"))
        else:
            yield Callback(f"{package}.{owner}", name, when)
