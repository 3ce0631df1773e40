"""Build constraints: which builds include a file, and whether two files can ever be built together.

A constraint is read from `//go:build` and `// +build` lines and from the file's name. It is answered in two
ways by one evaluator: for one build, a tag is 0 or 1; for all builds at once, a tag is the set of builds in
which it holds, one bit for each, so that two files exclude each other exactly when their sets do not meet.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

_GOOS = """
    aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1
    windows zos
"""
_GOARCH = """
    386 amd64 amd64p32 arm arm64 arm64be armbe loong64 mips mips64 mips64le mips64p32 mips64p32le mipsle ppc
    ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm
"""
KNOWN_GOOS = frozenset(_GOOS.split())
KNOWN_GOARCH = frozenset(_GOARCH.split())
UNIX_GOOS = KNOWN_GOOS - {"js", "nacl", "plan9", "wasip1", "windows", "zos"}
IMPLIED_GOOS = {"android": "linux", "illumos": "solaris", "ios": "darwin"}

MOST_FREE_TAGS = 8
"""Each tag that is no platform doubles the number of builds; two files with more are taken as compatible."""

_BUILDS = len(KNOWN_GOOS) * len(KNOWN_GOARCH) * 2 * 2
_TOKEN = re.compile(r"[ \t]*(?:([\w.]+)|(&&|\|\||[!()]))")
_TAG = re.compile(r"[\w.]+")
_RELEASE = re.compile(r"go1\.\d+")
_BINDING = {"(": 0, "||": 1, "&&": 2, "!": 3}


class Constraint(NamedTuple):
    """A boolean expression over build tags."""

    postfix: tuple[str, ...]
    """Tags and the operators `!`, `&&`, `||`, operands first: `linux && !cgo` is `linux cgo ! &&`."""


@functools.lru_cache(maxsize=1 << 12)
def go_build(text: str) -> Constraint:
    """The expression that follows `//go:build`; raises ValueError where the go command would refuse it."""
    output: list[str] = []
    waiting: list[str] = []
    operand_next = True
    for is_tag, token in _tokens(text):
        if operand_next != (is_tag or token in ("!", "(")) or waiting[-1:] == [token] == ["!"]:
            raise ValueError(f"unexpected {token}")
        if is_tag:
            output.append(token)
        elif token == ")":
            _unwind(waiting, output, 1)
            if not waiting:
                raise ValueError("unexpected )")
            waiting.pop()
        else:
            if token in ("&&", "||"):
                _unwind(waiting, output, _BINDING[token])
            waiting.append(token)
        operand_next = not (is_tag or token == ")")
    _unwind(waiting, output, 1)
    if operand_next or waiting:
        raise ValueError("unexpected end")
    return Constraint(tuple(output))


def _tokens(text: str) -> list[tuple[bool, str]]:
    """Each token of an expression with whether it is a tag."""
    found: list[tuple[bool, str]] = []
    end = 0
    text = text.rstrip()
    while end < len(text):
        match = _TOKEN.match(text, end)
        if match is None:
            raise ValueError(f"unexpected {text[end]}")
        found.append((match[1] is not None, match[1] or match[2]))
        end = match.end()
    return found


def _unwind(waiting: list[str], output: list[str], binding: int) -> None:
    """Move the operators that bind at least as tightly from the waiting ones to the output."""
    while waiting and _BINDING[waiting[-1]] >= binding:
        output.append(waiting.pop())


def plus_build(text: str) -> Constraint:
    """The old form that follows `// +build`: a space is or, a comma is and; what is no tag is `ignore`."""
    options = [[_plus_literal(literal) for literal in option.split(",")] for option in text.split()]
    return _joined("||", [_joined("&&", option) for option in options] or [Constraint(("ignore",))])


def _plus_literal(literal: str) -> Constraint:
    if literal == "!" or literal.startswith("!!"):
        return Constraint(("ignore",))
    tag = literal.removeprefix("!")
    readable = tag if _TAG.fullmatch(tag) else "ignore"
    return Constraint((readable, "!") if literal.startswith("!") else (readable,))


def file_name(name: str) -> Constraint | None:
    """The constraint of a name such as `x_linux.go`, `x_arm64_test.go` or `x_linux_arm64.go`."""
    words = name.partition(".")[0].split("_")[1:]
    if words[-1:] == ["test"]:
        words.pop()
    if len(words) > 1 and words[-2] in KNOWN_GOOS and words[-1] in KNOWN_GOARCH:
        return Constraint((words[-2], words[-1], "&&"))
    if words and (words[-1] in KNOWN_GOOS or words[-1] in KNOWN_GOARCH):
        return Constraint((words[-1],))
    return None


def conjunction(*parts: Constraint | None) -> Constraint | None:
    """What holds where all parts hold; None constrains nothing."""
    given = [part for part in parts if part is not None]
    return (_joined("&&", given) if len(given) > 1 else given[0]) if given else None


def _joined(operator: str, parts: list[Constraint]) -> Constraint:
    first, *others = parts
    return Constraint((*first.postfix, *(token for part in others for token in (*part.postfix, operator))))


def platform_tags(goos: str, goarch: str, compiler: str = "gc") -> frozenset[str]:
    """The tags that a platform and a compiler make true, `unix` and implied systems among them."""
    implied = {IMPLIED_GOOS.get(goos, goos)} | ({"unix"} if goos in UNIX_GOOS else set())
    return frozenset({goos, goarch, compiler} | implied)


def satisfied(constraint: Constraint | None, tags: frozenset[str]) -> bool:
    """Whether the build in which exactly these tags hold (and every go1.N) includes the file."""
    if constraint is None:
        return True
    return bool(_evaluate(constraint, lambda tag: tag in tags or bool(_RELEASE.fullmatch(tag)), 1))


@functools.lru_cache(maxsize=1 << 16)
def excludes(first: Constraint | None, second: Constraint | None) -> bool:
    """Whether no build can include both files.

    Exact over one known GOOS, one known GOARCH, gc or gccgo, cgo or not, and any choice of the other tags;
    with more than MOST_FREE_TAGS others the answer is False. A file that no build includes excludes all.
    """
    free = tuple(sorted(_free_tags(first) | _free_tags(second)))
    if len(free) > MOST_FREE_TAGS:
        return False
    return not _builds(first, free) & _builds(second, free)


def by_default(constraint: Constraint | None) -> bool:
    """Whether some build to which the user adds no tag includes the file."""
    return bool(_builds(constraint, ()))


@functools.lru_cache(maxsize=1 << 12)
def _free_tags(constraint: Constraint | None) -> frozenset[str]:
    """The tags that a user sets or not, independent of platform, compiler and release."""
    tags = set() if constraint is None else set(constraint.postfix)
    free = tags - _platforms().keys() - _BINDING.keys()
    return frozenset(tag for tag in free if not _RELEASE.fullmatch(tag))


@functools.lru_cache(maxsize=1 << 12)
def _builds(constraint: Constraint | None, free: tuple[str, ...]) -> int:
    """The set of builds that include the file: all platforms, once for each choice of the free tags."""
    choices = range(1 << len(free))
    platforms = (1 << _BUILDS) - 1
    everywhere = sum(1 << _BUILDS * choice for choice in choices)

    def operand(tag: str) -> int:
        if tag in free:
            place = free.index(tag)
            return platforms * sum(1 << _BUILDS * choice for choice in choices if choice >> place & 1)
        return (platforms if _RELEASE.fullmatch(tag) else _platforms().get(tag, 0)) * everywhere

    full = platforms * everywhere
    return full if constraint is None else _evaluate(constraint, operand, full)


@functools.cache
def _platforms() -> dict[str, int]:
    """For each tag that a platform decides, the set of platforms in which it holds."""
    sets: dict[str, int] = {}
    choices = itertools.product(sorted(KNOWN_GOOS), sorted(KNOWN_GOARCH), ("gc", "gccgo"), ("", "cgo"))
    for number, (goos, goarch, compiler, cgo) in enumerate(choices):
        for tag in platform_tags(goos, goarch, compiler) | {cgo} - {""}:
            sets[tag] = sets.get(tag, 0) | 1 << number
    return sets


def _evaluate(constraint: Constraint, operand: Callable[[str], int], full: int) -> int:
    """The expression over sets of bits, of which `full` holds all."""
    stack: list[int] = []
    for token in constraint.postfix:
        if token == "!":
            stack.append(full & ~stack.pop())
        elif token == "&&":
            stack.append(stack.pop() & stack.pop())
        elif token == "||":
            stack.append(stack.pop() | stack.pop())
        else:
            stack.append(operand(token))
    return stack[-1]
