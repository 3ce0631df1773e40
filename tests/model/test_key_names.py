"""What the names around keys are read as."""

from __future__ import annotations

import pytest

from maplint.model.key_names import Speaks, of_name
from maplint.model.naming import words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("remoteAddr", ("remote", "addr")),
        ("peerIDs", ("peer", "id")),
        ("HTTPServer", ("http", "server")),
        ("entries", ("entry",)),
        ("addresses", ("address",)),
        ("status", ("status",)),
        ("_", ()),
    ],
)
def test_names_are_split_into_words(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    "name", ["remoteAddr", "userID", "tenant", "sessionKey", "TopicID", "streamIDs", "clientName"]
)
def test_things_that_come_and_go(name: str) -> None:
    assert of_name(name) is Speaks.COMERS


@pytest.mark.parametrize("name", ["jobType", "eventKind", "methodName", "pluginID", "statusCode", "logLevel"])
def test_the_last_word_that_says_something_decides(name: str) -> None:
    assert of_name(name) is Speaks.PROGRAM


@pytest.mark.parametrize("name", ["k", "key", "name", "storeName", "x"])
def test_other_names_say_neither(name: str) -> None:
    assert of_name(name) is Speaks.NOTHING
