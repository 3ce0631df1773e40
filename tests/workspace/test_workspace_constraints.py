"""Build constraints: read as the go command reads them, and exact on which files exclude each other."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.workspace.constraints import (
    KNOWN_GOARCH,
    KNOWN_GOOS,
    Constraint,
    by_default,
    conjunction,
    excludes,
    file_name,
    go_build,
    platform_tags,
    plus_build,
    satisfied,
)

LINUX = platform_tags("linux", "amd64")


@pytest.mark.parametrize(
    ("text", "tags", "holds"),
    [
        ("linux", {"linux"}, True),
        ("linux", {"darwin"}, False),
        ("!linux", {"darwin"}, True),
        ("linux && amd64", {"linux"}, False),
        ("linux&&amd64", {"linux", "amd64"}, True),
        ("a || b && c", {"a"}, True),
        ("(a || b) && c", {"a"}, False),
        ("a && b || c", {"c"}, True),
        ("!(a || b)", set(), True),
        ("!(a && b)", {"a"}, True),
        ("!(!a)", {"a"}, True),
        ("!a && b", {"b"}, True),
        ("go1.18", set(), True),
        ("!go1.18", set(), False),
        ("go1.9 && !go2", set(), True),
        ("goexperiment.jsonv2", {"goexperiment.jsonv2"}, True),
        ("386", {"386"}, True),
        ("größe_2", {"größe_2"}, True),
    ],
)
def test_go_build_expressions_hold_for_a_build(text: str, tags: set[str], holds: bool) -> None:
    assert satisfied(go_build(text), frozenset(tags)) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "a b",
        "a &&",
        "&& a",
        "a & b",
        "a | b",
        "(a",
        "a)",
        "()",
        "!",
        "!!a",
        "a // why",
        "a,b",
        "a !b",
    ],
)
def test_what_the_go_command_refuses_is_no_expression(text: str) -> None:
    with pytest.raises(ValueError, match="unexpected"):
        go_build(text)


def test_nesting_may_be_deep() -> None:
    constraint = go_build("(" * 5000 + "linux" + ")" * 5000)
    assert constraint == go_build("linux")


@pytest.mark.parametrize(
    ("text", "tags", "holds"),
    [
        ("linux darwin", {"darwin"}, True),
        ("linux,amd64", {"linux"}, False),
        ("linux,amd64 windows", {"windows"}, True),
        ("!linux", {"darwin"}, True),
        ("!linux,!darwin", {"darwin"}, False),
        ("", {"linux"}, False),
        ("!!linux", {"linux"}, False),
        ("!", set(), False),
        ("bad-tag", set(), False),
        ("!bad-tag", set(), True),
    ],
)
def test_old_build_lines_hold_for_a_build(text: str, tags: set[str], holds: bool) -> None:
    assert satisfied(plus_build(text), frozenset(tags)) is holds


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x_linux.go", "linux"),
        ("x_linux_test.go", "linux"),
        ("x_arm64.go", "arm64"),
        ("x_linux_arm64.go", "linux && arm64"),
        ("x_linux_arm64_test.go", "linux && arm64"),
        ("x_y_windows.go", "windows"),
        ("x_linux.pb.go", "linux"),
        ("x_linux_unix.go", None),
        ("x_arm64_linux.go", "linux"),
        ("linux.go", None),
        ("linux_test.go", None),
        ("x_unix.go", None),
        ("x_linux_x.go", None),
        ("x.linux.go", None),
        ("xlinux.go", None),
    ],
)
def test_file_names_constrain(name: str, text: str | None) -> None:
    assert file_name(name) == (None if text is None else go_build(text))


def test_a_file_needs_all_of_its_constraints() -> None:
    both = conjunction(go_build("linux || darwin"), None, go_build("cgo"))
    assert satisfied(both, frozenset({"darwin", "cgo"}))
    assert not satisfied(both, frozenset({"darwin"}))
    assert conjunction(None, None) is None


@pytest.mark.parametrize(
    ("goos", "implied"),
    [("android", "linux"), ("ios", "darwin"), ("illumos", "solaris"), ("linux", "unix"), ("ios", "unix")],
)
def test_a_platform_implies_others(goos: str, implied: str) -> None:
    assert implied in platform_tags(goos, "arm64")


def test_windows_is_no_unix() -> None:
    assert not {"unix", "linux"} & platform_tags("windows", "amd64")


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("linux", "windows", True),
        ("linux", "!linux", True),
        ("linux", "amd64", False),
        ("amd64", "arm64", True),
        ("linux && amd64", "linux && arm64", True),
        ("linux || windows", "darwin || windows", False),
        ("linux", "android", False),
        ("android", "!linux", True),
        ("ios", "darwin", False),
        ("illumos", "!solaris", True),
        ("unix", "windows", True),
        ("unix", "darwin", False),
        ("!unix", "linux", True),
        ("!windows && !plan9", "unix", False),
        ("cgo", "!cgo", True),
        ("gc", "gccgo", True),
        ("!gc", "!gccgo", True),
        ("go1.18", "!go1.18", True),
        ("integration", "!integration", True),
        ("integration", "e2e", False),
        ("integration && linux", "!integration || windows", True),
        ("integration && linux", "!integration || !windows", False),
        ("(a || b) && !a", "!b", True),
    ],
)
def test_files_that_no_build_can_hold_together_exclude_each_other(
    first: str, second: str, apart: bool
) -> None:
    assert excludes(go_build(first), go_build(second)) is apart
    assert excludes(go_build(second), go_build(first)) is apart


def test_a_file_without_constraint_excludes_only_what_is_in_no_build() -> None:
    assert not excludes(None, None)
    assert not excludes(None, go_build("ignore"))
    assert excludes(None, go_build("linux && windows"))
    assert excludes(None, go_build("!go1.4"))


def test_too_many_tags_to_try_count_as_compatible() -> None:
    many = " || ".join(f"tag{number}" for number in range(30))
    assert not excludes(go_build(many), go_build(f"!({many})"))


@pytest.mark.parametrize(
    ("text", "built"),
    [
        ("linux", True),
        ("!race", True),
        ("integration", False),
        ("ignore", False),
        ("cgo", True),
        ("go1.30", True),
    ],
)
def test_what_is_built_without_tags_of_the_user(text: str, built: bool) -> None:
    assert by_default(go_build(text)) is built
    assert by_default(None)


_TAGS = ["linux", "android", "windows", "unix", "amd64", "arm64", "cgo", "gccgo", "go1.9", "alpha", "beta"]
_TEXTS = st.recursive(
    st.sampled_from(_TAGS),
    lambda inner: st.one_of(
        inner.map(lambda text: f"!({text})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) && {pair[1]}"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} || ({pair[1]}))"),
    ),
    max_leaves=8,
)


def _builds() -> list[frozenset[str]]:
    """All tags of every build that differs in one of `_TAGS`."""
    platforms = itertools.product(sorted(KNOWN_GOOS), ["amd64", "arm64", "wasm"], ["gc", "gccgo"])
    tags = [
        set(some) for count in range(4) for some in itertools.combinations(["cgo", "alpha", "beta"], count)
    ]
    return [platform_tags(*platform) | some for platform in platforms for some in tags]


BUILDS = _builds()


@given(_TEXTS, _TEXTS)
def test_exclusion_is_what_trying_every_build_finds(first: str, second: str) -> None:
    one, other = go_build(first), go_build(second)
    together = any(satisfied(one, tags) and satisfied(other, tags) for tags in BUILDS)
    assert excludes(one, other) is not together


@given(_TEXTS, st.sets(st.sampled_from(_TAGS)))
def test_expressions_mean_what_they_mean_elsewhere(text: str, tags: set[str]) -> None:
    spelled = text.replace("!", " not ").replace("&&", " and ").replace("||", " or ").replace("go1.9", "True")
    meaning = eval(spelled, {tag: tag in tags for tag in _TAGS})
    assert satisfied(go_build(text), frozenset(tags)) is bool(meaning)


@given(st.text(alphabet="ab!&|() ", max_size=12))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    try:
        constraint = go_build(text)
    except ValueError:
        return
    assert isinstance(constraint, Constraint)
    assert satisfied(constraint, LINUX | {"a"}) in (True, False)


def test_the_known_platforms_are_those_of_go() -> None:
    assert {"linux", "windows", "darwin", "wasip1"} <= KNOWN_GOOS
    assert {"amd64", "arm64", "wasm", "riscv64"} <= KNOWN_GOARCH
    assert len(KNOWN_GOOS) == 18
    assert len(KNOWN_GOARCH) == 24
