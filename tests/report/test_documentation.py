"""A rule's documentation: taken apart when in shape, refused by name when not."""

from __future__ import annotations

import pytest
from report_samples import doc

from maplint.documentation import HEADINGS, parse
from maplint.errors import MaplintError


def test_a_text_in_shape_is_taken_apart() -> None:
    documentation = parse(doc("Finds a thing."))
    assert documentation.short == "Finds a thing."
    assert tuple(documentation.sections) == HEADINGS
    assert documentation.sections["Example"] == "Words about `map[string]int`, example."


def test_a_heading_in_a_fenced_block_is_code() -> None:
    text = doc("Finds.").replace("Words about `map[string]int`, example.", "```sh\n## not a heading\n```")
    assert parse(text).sections["Example"] == "```sh\n## not a heading\n```"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the documentation of ML101 must begin with a line that describes it"),
        ("## What it finds", "the documentation of ML101 must begin with a line that describes it"),
        ("Finds.", "the documentation of ML101 lacks the heading '## What it finds'"),
        (
            doc("Finds.").replace("## Example\n", ""),
            "the documentation of ML101 lacks the heading '## Example', found '## How to fix' in its place",
        ),
        (
            doc("Finds.").replace("## Why it matters", "## Example"),
            "the documentation of ML101 lacks the heading '## Why it matters', "
            "found '## Example' in its place",
        ),
        (
            doc("Finds.") + "## Options\n\nx\n",
            "the documentation of ML101 has an unknown heading '## Options' at its end",
        ),
        (
            doc("Finds.").replace("Words about `map[string]int`, example.", ""),
            "the documentation of ML101 has nothing under '## Example'",
        ),
        (
            doc("Finds.\n\nMore."),
            "the documentation of ML101 has text above the heading '## What it finds'",
        ),
    ],
    ids=["empty", "no-line", "no-heading", "missing", "out-of-order", "extra", "hollow", "lead"],
)
def test_a_text_out_of_shape_is_refused_with_the_rule(text: str, message: str) -> None:
    with pytest.raises(MaplintError) as caught:
        parse(text, "ML101")
    assert str(caught.value) == message
