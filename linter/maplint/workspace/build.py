"""The one build that `--tags`, `--goos` and `--goarch` ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection

from maplint.errors import MaplintError
from maplint.workspace.constraints import KNOWN_GOARCH, KNOWN_GOOS, platform_tags
from maplint.workspace.records import LoadOptions

_GOOS = {"win": "windows", "cygwin": "windows", "sunos": "solaris", "emscripten": "js", "wasi": "wasip1"}
_GOARCH = {
    "x86_64": "amd64",
    "i386": "386",
    "i686": "386",
    "x86": "386",
    "aarch64": "arm64",
    "armv6l": "arm",
    "armv7l": "arm",
    "armv8l": "arm",
    "loongarch64": "loong64",
    "wasm32": "wasm",
}


def build_tags(options: LoadOptions) -> frozenset[str] | None:
    """All tags that hold in the build asked for; None where every build is looked at.

    What is not given comes from GOFLAGS (tags), GOOS and GOARCH, else from this machine. cgo holds where
    CGO_ENABLED is 1, or is not 0 and the platform is this machine's. Raises MaplintError for an unknown one.
    """
    tags = options.tags if options.tags is not None else _flag_tags(os.environ.get("GOFLAGS", ""))
    if tags is None and options.goos is None and options.goarch is None:
        return None
    goos = options.goos or os.environ.get("GOOS") or host_goos()
    goarch = options.goarch or os.environ.get("GOARCH") or host_goarch()
    _require_known("GOOS", goos, KNOWN_GOOS)
    _require_known("GOARCH", goarch, KNOWN_GOARCH)
    native = (goos, goarch) == (host_goos(), host_goarch())
    cgo = os.environ.get("CGO_ENABLED") or ("1" if native else "0")
    return platform_tags(goos, goarch) | frozenset(tags or ()) | ({"cgo"} if cgo == "1" else set())


def _flag_tags(goflags: str) -> tuple[str, ...] | None:
    """The tags that GOFLAGS sets; the last of its `-tags` counts, as for the go command."""
    tags = None
    for flag in goflags.split():
        name, equals, value = flag.partition("=")
        if name in ("-tags", "--tags") and equals:
            tags = tuple(tag for tag in value.split(",") if tag)
    return tags


def host_goos() -> str:
    """GOOS of this machine."""
    name = sys.platform.rstrip("0123456789")
    return _GOOS.get(name, name)


def host_goarch() -> str:
    """GOARCH of this machine."""
    import platform

    machine = platform.machine().lower()
    return _GOARCH.get(machine, machine)


def _require_known(variable: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise MaplintError(f"unknown {variable} '{value}' (known are {', '.join(sorted(known))})")
