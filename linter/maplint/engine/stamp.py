"""Make a finding of what a rule yields: the rule's name, the level that the confidence allows, the fingerprint."""

from __future__ import annotations

from maplint.finding import Confidence, Finding, Level
from maplint.rule import Draft, Rule

BY_FUNCTION = frozenset({"race", "closure"})
"""Families whose findings are told apart by the function as well as by the map site."""


def stamp(draft: Draft, rule: Rule, package: str) -> Finding:
    """The finding that `draft` of `rule` becomes in the package with the import path `package`."""
    function = draft.function if rule.family in BY_FUNCTION else None
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        level=_level(rule.level, draft.confidence),
        confidence=draft.confidence,
        message=draft.message,
        place=draft.place,
        symbol=draft.symbol,
        package=package,
        function=function,
        related=tuple(dict.fromkeys(draft.related)),
        flows=draft.flows,
        evidence=tuple(dict.fromkeys(draft.evidence)),
        fixes=draft.fixes,
        fingerprint=fingerprint(rule.id, draft.symbol, function or ""),
    )


def fingerprint(*parts: str) -> str:
    """16 hex digits that stay the same as long as `parts` do."""
    from hashlib import blake2b

    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _level(level: Level, confidence: Confidence) -> Level:
    if confidence is Confidence.HIGH:
        return level
    if confidence is Confidence.MEDIUM and level is Level.ERROR:
        return Level.WARNING
    return Level.NOTE
