"""What `--help` says."""

from __future__ import annotations

_STATUSES = """\
exit status:
  0    nothing at or above --fail-on
  1    findings at or above --fail-on
  2    wrong usage or configuration, a path that does not exist, a named folder or file without Go,
       no file that could be analysed, or a fault in maplint itself
  130  interrupted
"""

OVERVIEW_USAGE = "maplint [COMMAND] [flags] [PATH ...]"
OVERVIEW = """\
Finds the ways Go programs leak memory through maps and corrupt maps by concurrent access.

commands:
  check    analyse and report; the command may be left out
  maps     list every map with what is done to it and the verdict on it
  rules    list the rules
  explain  say what a rule finds, why it matters and how to fix it

examples:
  maplint                             check the packages below the working directory
  maplint ./store/...                 check those below ./store
  maplint --format sarif=out.sarif    write a report for GitHub code scanning
  maplint explain ML101               read about a rule
"""
OVERVIEW_END = f"{_STATUSES}\n`maplint COMMAND --help` lists the flags of a command."

CHECK_USAGE = "maplint [check] [flags] [PATH ...]"
CHECK = """\
Analyse Go code and report the maps that leak or race. PATH selects what is reported; the whole module is
always looked at, so that a delete or a lock in another package counts.
"""
CHECK_END = f"""\
IDS are ids, prefixes such as ML4, names or ALL, parted by commas. Flags that take a list may be repeated.

{_STATUSES}
examples:
  maplint ./...
  maplint --format concise --fail-on error ./store
  maplint --format text --format sarif=maplint.sarif
  maplint --select ML4 --min-confidence low
"""

MAPS_USAGE = "maplint maps [flags] [PATH ...]"
MAPS = (
    "List every map that can live long, with its operations, the locks that guard it and the verdict on it."
)
MAPS_END = """\
examples:
  maplint maps ./store
  maplint maps --all --format json > maps.json
"""

RULES_USAGE = "maplint rules [--format text|json]"
RULES = "List the rules: id, name, level, and whether a rule runs without being selected."

EXPLAIN_USAGE = "maplint explain ID"
EXPLAIN = "Say what a rule finds, why it matters, how to fix it and what it cannot see."
