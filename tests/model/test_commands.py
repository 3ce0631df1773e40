"""When what a command of the command line is given to do runs."""

from __future__ import annotations

import pytest
from programs import program

from maplint.model.contexts import When

COMMAND = """package main

import "example.com/cli"

SERVE

func action() { for { loop() } }
func loop() {}

func main() {}
"""


@pytest.mark.parametrize(
    "serve",
    [
        "var serve = &cli.Command{Run: func() { action() }}",
        "var serve *cli.Command\nfunc init() { serve = &cli.Command{Run: func() { action() }} }",
    ],
)
def test_main_does_what_a_command_that_was_made_before_is_given_to_do(serve: str) -> None:
    found = program({"m.go": COMMAND.replace("SERVE", serve)})
    when = {function.name: found.contexts.when(function) for function in found.functions}
    assert when["action"] == When.MAIN
    assert when["loop"] == When.MAIN | When.LOOP
