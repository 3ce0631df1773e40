"""What operations name in small Go programs: the marks in the code against the inventory.

A mark such as `m[k] = v //= assign F.m` lists what its line does to maps, each operation with the variable that it
names, in any order; the path of the module is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict

from programs import program

_MARK = re.compile(rb"//= (.*)")
Lines = dict[str, list[str]]
"""What each line does to maps, by file and line."""


def check(files: dict[str, str], tests: bool = False) -> None:
    """Asserts that the marks say what maplint says of a module with these files, its tests where they are asked for."""
    found = program(files, tests)
    marks: Lines = {}
    for path, file in found.files.items():
        for number, line in enumerate(file.data.split(b"\n"), 1):
            mark = _MARK.search(line)
            if mark is not None:
                marks[f"{path}:{number}"] = sorted(mark[1].decode().split(", "))
    lines: Lines = defaultdict(list)
    for site in found.inventory(all_variables=True).sites:
        variable = site.symbol.removeprefix("example.com/m.").removeprefix("example.com/m/")
        for each in (*site.inserts, *site.removes, *site.resets, *site.reads):
            assert each.variable == site.symbol
            lines[f"{each.place.path}:{each.place.line}"].append(f"{each.op} {variable}")
    assert {place: sorted(operations) for place, operations in lines.items()} == marks


def check_file(text: str) -> None:
    """The same for one file of package m."""
    check({"m.go": text})
