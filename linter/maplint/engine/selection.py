"""Which rules run: ids, prefixes of ids, names and ALL, resolved against the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from maplint.config.nearest import did_you_mean
from maplint.config.settings import Selection
from maplint.errors import MaplintError
from maplint.rule import Rule


def expand(word: str, rules: Sequence[Rule]) -> frozenset[str]:
    """The ids that `word` means, in any case of letters; empty for an unknown word."""
    sought = word.upper()
    if sought == "ALL":
        return frozenset(rule.id for rule in rules)
    return frozenset(rule.id for rule in rules if rule.name.upper() == sought or _begins(rule.id, sought))


def _begins(rule_id: str, prefix: str) -> bool:
    """Whether `prefix` is an id or the beginning of one, with all of its letters."""
    return rule_id.startswith(prefix) and prefix.startswith(rule_id.rstrip("0123456789"))


def resolve(words: Sequence[str], rules: Sequence[Rule], where: str) -> frozenset[str]:
    """The ids that `words` mean together; a MaplintError that names `where` they stand for an unknown one."""
    ids: frozenset[str] = frozenset()
    for word in words:
        meant = expand(word, rules)
        if not meant:
            known = [name for rule in rules for name in (rule.id, rule.name)]
            raise MaplintError(f"{where}: unknown rule {word!r}{did_you_mean(word, known)}")
        ids |= meant
    return ids


def select(rules: Sequence[Rule], selections: Sequence[Selection]) -> tuple[Rule, ...]:
    """The rules to run, in the catalogue's order.

    Each selection starts from what the one before it left, the first from the default set: so
    `--select ML101` on the command line wins over an `ignore` in the file.
    """
    chosen = frozenset(rule.id for rule in rules if rule.default)
    for selection in selections:
        if selection.select is not None:
            chosen = resolve(selection.select, rules, _where(selection, "select"))
        chosen |= resolve(selection.extend_select, rules, _where(selection, "extend-select"))
        chosen -= resolve(selection.ignore, rules, _where(selection, "ignore"))
    return tuple(rule for rule in rules if rule.id in chosen)


def _where(selection: Selection, key: str) -> str:
    return f"{selection.origin}: {key}" if selection.origin else f"--{key}"
