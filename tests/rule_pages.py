"""The pages and the table about rules, made from the catalogue by `python tests/rule_pages.py`."""

from __future__ import annotations

from pathlib import Path

from maplint.documentation import parse
from maplint.rule import Rule
from maplint_rules import RULES

CHECKOUT = Path(__file__).resolve().parents[1]
README = CHECKOUT / "README.md"
PAGES = CHECKOUT / "docs" / "rules"
_BEGIN, _END = "<!-- rules: made by tests/rule_pages.py -->\n", "<!-- end of rules -->\n"


def page(rule: Rule) -> str:
    """The Markdown page about a rule, to which SARIF's help links."""
    when = "runs by default" if rule.default else "off unless selected"
    head = f"# {rule.id} {rule.name}\n\nFamily {rule.family}, level {rule.level.label}, {when}.\n\n"
    return head + rule.doc.strip() + "\n"


def with_table(readme: str) -> str:
    """The README with the table of rules between its two marks as the catalogue has it."""
    before, _, rest = readme.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    assert rest and after, f"README.md has to hold the lines {_BEGIN!r} and {_END!r}"
    return f"{before}{_BEGIN}{_table()}{_END}{after}"


def _table() -> str:
    rows = "".join(
        f"| [{rule.id}](docs/rules/{rule.id}.md) | {rule.name} | {rule.level.label}"
        f" | {parse(rule.doc, rule.id).short.rstrip('.')} |\n"
        for rule in RULES
    )
    return f"\n| id | name | level | finds |\n| --- | --- | --- | --- |\n{rows}\n"


def main() -> None:
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    PAGES.mkdir(exist_ok=True)
    for stale in PAGES.glob("*.md"):
        stale.unlink()
    for rule in RULES:
        (PAGES / f"{rule.id}.md").write_text(page(rule), encoding="utf-8")


if __name__ == "__main__":
    main()
