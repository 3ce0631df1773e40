"""The commands `maplint rules` and `maplint explain`."""

from __future__ import annotations

from collections.abc import Sequence

from maplint import __version__
from maplint.cli import streams
from maplint.config.nearest import did_you_mean
from maplint.documentation import parse
from maplint.errors import MaplintError
from maplint.rule import Rule


def list_rules(rules: Sequence[Rule], form: str) -> int:
    """Write the catalogue as `form`, text or json; returns the exit status."""
    streams.put(_json(rules) if form == "json" else _table(rules))
    return 0


def explain(word: str, rules: Sequence[Rule]) -> int:
    """Write what there is to say about the rule with the id or name `word`; returns the exit status."""
    known = {name: rule for rule in rules for name in (rule.id, rule.name)}
    rule = known.get(word.upper()) or known.get(word.lower())
    if rule is None:
        raise MaplintError(f"unknown rule {word!r}{did_you_mean(word, known)}; `maplint rules` lists them")
    streams.put(_explanation(rule))
    return 0


def _table(rules: Sequence[Rule]) -> str:
    names = max((len(rule.name) for rule in rules), default=0)
    return "".join(
        f"{rule.id}  {rule.name:{names}}  {rule.level.label:7}  {'on ' if rule.default else 'off'}"
        f"  {parse(rule.doc, rule.id).short}\n"
        for rule in rules
    )


def _json(rules: Sequence[Rule]) -> str:
    import json

    listed = {
        "schema": 1,
        "tool": {"name": "maplint", "version": __version__},
        "rules": [_object(rule) for rule in rules],
    }
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


def _object(rule: Rule) -> dict[str, object]:
    documentation = parse(rule.doc, rule.id)
    return {
        "id": rule.id,
        "name": rule.name,
        "family": rule.family,
        "level": rule.level.label,
        "default": rule.default,
        "short": documentation.short,
        "sections": dict(documentation.sections),
        "options": [option._asdict() for option in rule.options],
    }


def _explanation(rule: Rule) -> str:
    when = "runs by default" if rule.default else "off unless selected"
    parts = [f"{rule.id} {rule.name} ({rule.family}, {rule.level.label}, {when})", rule.doc.strip()]
    if rule.options:
        parts.append(f"## Options\n\nUnder `[rules.{rule.id}]` in the configuration:")
        parts += [f"- `{o.name}` (default {str(o.default).lower()!s}): {o.help}" for o in rule.options]
    return "\n\n".join(parts) + "\n"
