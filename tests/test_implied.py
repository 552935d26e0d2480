"""Events whose parties a text leaves out: those that its title says it is about."""

from __future__ import annotations

import pytest
from spacy.language import Language

from graph.documents.texts import read_text
from graph.reading import read

LONG = "It rained. The hall was full. The band played. The doors were shut. Tea came late. "
"""So many sentences that nobody remembers of whom the text spoke last."""


def parties(pipeline: Language, title: str, body: str) -> set[str]:
    """Who takes part in the agreements that a text tells of."""
    (reading,) = read(pipeline, [read_text("x.txt", f"{title}\n\n{body}\n", None)])
    names = {e.key: e.name for e in reading.entities}
    events = (e for e in reading.events if e.cls == "Agreement")
    return {names[r.entity] for e in events for r in e.roles if r.entity and r.name == "participant"}


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Oman and Yemen open border talks", LONG + "No agreement was reached on fishing."),
        ("Omani minister in Yemen", LONG + "A truce was declared on Sunday."),
    ],
)
def test_the_two_states_of_a_title_are_meant_where_nobody_is_named(
    pipeline: Language, title: str, body: str
) -> None:
    assert parties(pipeline, title, body) == {"Oman", "Yemen"}


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Oman and Yemen open border talks",
            LONG + "The envoy of Ghana left. No agreement was reached on fishing.",
        ),
        ("Oman, Qatar and Yemen open border talks", LONG + "No agreement was reached on fishing."),
        ("A quiet year in Yemen", LONG + "No agreement was reached on fishing."),
    ],
)
def test_no_states_are_meant_where_a_third_is_named_or_only_one(
    pipeline: Language, title: str, body: str
) -> None:
    assert not {"Oman", "Yemen"} <= parties(pipeline, title, body)
