"""The JSON Schema of the configuration file, made from the table that checks it.

`schema.json` beside this module is its output for the built-in rules; editors find it there. To write it anew:

    python -c "from maplint.cli.wiring import catalogue; from maplint.config.schema import text; \
        print(text(catalogue()), end='')" > linter/maplint/config/schema.json
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maplint.config.keys import KEYS, Key
from maplint.rule import Option, Rule

_IDS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def text(rules: Iterable[Rule]) -> str:
    """The schema as the file holds it."""
    import json

    return json.dumps(schema(rules), indent=2, ensure_ascii=False) + "\n"


def schema(rules: Iterable[Rule]) -> dict[str, object]:
    """The schema as JSON values, with the options of `rules` under their ids."""
    properties: dict[str, object] = {key.name: _of_key(key) for key in KEYS}
    properties["per-file-ignores"] = {
        "description": "rules to ignore in the files that match a pattern, in gitignore syntax",
        "type": "object",
        "additionalProperties": _IDS,
    }
    properties["rules"] = {
        "description": "options of single rules",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            word: _of_options(rule.options) for rule in rules if rule.options for word in (rule.id, rule.name)
        },
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "maplint configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _of_key(key: Key) -> Mapping[str, object]:
    item: dict[str, object] = {"type": "string"}
    if key.kind == "formats":
        item["pattern"] = f"^({'|'.join(key.choices)})(=.+)?$"
    shapes: Mapping[str, Mapping[str, object]] = {
        "flag": {"type": "boolean"},
        "number": {"type": "integer", "minimum": 1},
        "text": {"type": "string"},
        "choice": {"enum": list(key.choices)},
    }
    a_list = {"oneOf": [item, {"type": "array", "items": item}]}
    return {"description": key.help, **shapes.get(key.kind, a_list)}


def _of_options(options: tuple[Option, ...]) -> Mapping[str, object]:
    types = {bool: "boolean", int: "integer", str: "string"}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            option.name: {
                "description": option.help,
                "type": types[type(option.default)],
                "default": option.default,
            }
            for option in options
        },
    }
