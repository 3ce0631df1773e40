"""The command line over the file over the defaults."""

from __future__ import annotations

from collections.abc import Mapping

from maplint.config.file import Configuration
from maplint.config.keys import BY_NAME, KEYS
from maplint.config.settings import Selection, Settings, settle


def file_with(values: Mapping[str, object]) -> Configuration:
    return Configuration("/repository/maplint.toml", "../maplint.toml", values, {}, {})


def test_without_a_file_and_flags_the_defaults_hold() -> None:
    settings = settle(None, {}, "/repository/pkg")
    assert settings.min_confidence == "medium"
    assert settings.fail_on == "warning"
    assert settings.tags is None
    assert settings.file is None


def test_the_line_wins_over_the_file() -> None:
    file = file_with({"tests": True, "jobs": 3, "format": ("json",)})
    settings = settle(file, {"tests": False, "format": ("text",)}, "/repository/pkg")
    assert (settings.tests, settings.jobs, settings.format) == (False, 3, ("text",))
    assert settings.file == "/repository/maplint.toml"


def test_selections_are_kept_one_after_the_other() -> None:
    file = file_with({"select": ("ML1",), "ignore": ("ML101",)})
    settings = settle(file, {"extend-select": ("ML101",)}, "/repository/pkg")
    assert settings.selection == (
        Selection("../maplint.toml", ("ML1",), (), ("ML101",)),
        Selection("", None, ("ML101",), ()),
    )


def test_patterns_are_relative_to_where_they_are_written() -> None:
    file = file_with({"exclude": ("gen",)})
    assert settle(file, {}, "/repository/pkg").exclude_base == "/repository"
    assert settle(file, {"exclude": ("x",)}, "/repository/pkg").exclude_base == "/repository/pkg"
    assert settle(None, {"exclude": ("x",)}, "/repository/pkg").exclude_base == "/repository/pkg"


def test_every_key_has_its_setting() -> None:
    selecting = {"select", "extend-select", "ignore"}
    fields = {key.name.replace("-", "_") for key in KEYS if key.name not in selecting}
    assert fields <= set(Settings._fields)
    assert set(Settings._fields) - fields == {
        "selection",
        "exclude_base",
        "per_file_ignores",
        "rules",
        "file",
    }


def test_the_help_names_the_real_defaults() -> None:
    for name, default in Settings._field_defaults.items():
        key = BY_NAME.get(name.replace("_", "-"))
        if key is not None and isinstance(default, str):
            assert f"(default: {default})" in key.help
