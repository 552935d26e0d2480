"""Events without a place of their own: those who were somewhere that day did there what else they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.documents.texts import read_text
from graph.reading import read

if TYPE_CHECKING:
    from spacy.language import Language

    from graph.model import Event, Reading


def reading(pipeline: Language, text: str) -> Reading:
    return next(read(pipeline, [read_text("a.txt", text)]))


def place_of(found: Reading, word: str) -> str | None:
    """The name of the place of the event whose trigger is a word."""
    text = found.document.text

    def trigger(event: Event) -> str:
        return text[event.trigger.begin : event.trigger.end]

    (event,) = [e for e in found.events if trigger(e) == word]
    keys = [role.entity for role in event.roles if role.name == "place"]
    names = {e.key: e.name for e in found.entities}
    return names[keys[0]] if keys and keys[0] else None


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        (
            "President John Mahama met President Macky Sall in Accra on 3 May 2014.\n\n"
            "Mahama praised the peacekeepers on 3 May 2014.",
            "praised",
            "Accra",
        ),
        (
            "Readout of President Mahama's Meeting with President Sall\n\n3 May 2014\n\n"
            "President John Mahama met with President Macky Sall of Senegal in Accra today.\n\n"
            "President Sall thanked Ghana. Ghana and Senegal agreed to reopen the border.",
            "agreed",
            "Accra",
        ),
        (
            "Joint Communiqué on the Visit of the President of Senegal\n\nAccra, 5 May 2014\n\n"
            "President Macky Sall of Senegal visited Ghana from 3 to 5 May 2014.\n\n"
            "Ghana and Senegal:\n\n• condemned the attack on the peacekeepers;\n\n• welcomed the truce.",
            "condemned",
            "Accra",
        ),
        (
            "PRESS RELEASE\n\nThe Third Joint Commission Meeting of Senegal and Ghana\n\n3 May 2014\n\n"
            "The Third Joint Commission Meeting of Senegal and Ghana was held in Dakar today.\n\n"
            "President John Mahama condemned the attack on Mali.",
            "condemned",
            "Dakar",
        ),
        (
            "PRESS RELEASE\n\nThe Third Joint Commission Meeting of Senegal and Ghana\n\n3 May 2014\n\n"
            "The Third Joint Commission Meeting of Senegal and Ghana was held in Dakar today.\n\n"
            "President John Mahama condemned the attack on Mali last Monday.",
            "condemned",
            None,
        ),
        (
            "Minister Alexander Schallenberg flew to Tirana in 2021 and signed a treaty with Albania.",
            "signed",
            "Tirana",
        ),
        (
            "In 2009, President Evo Morales paid a visit to Tehran and met with Ahmadinejad.",
            "met",
            "Tehran",
        ),
        (
            "Health Minister Jane Aceng announced a curfew in Kampala on 4 June 2020. "
            "Aceng said on 4 June 2020 that the hospitals were full.",
            "said",
            "Kampala",
        ),
        (
            "President John Mahama met President Macky Sall in Accra on 3 May 2014.\n\n"
            "Mahama praised the peacekeepers on 9 May 2014.",
            "praised",
            None,
        ),
        (
            "President John Mahama met President Macky Sall in Accra on 3 May 2014.\n\n"
            "Alpha Condé praised the peacekeepers on 3 May 2014.",
            "praised",
            None,
        ),
        (
            "Foreign Minister Jane Aceng spoke of calm across the Baltic Sea on 4 June 2020. "
            "Aceng criticized Belarus on 4 June 2020.",
            "criticized",
            None,
        ),
    ],
)
def test_places_are_shared_by_those_who_were_there(
    pipeline: Language, text: str, word: str, place: str | None
) -> None:
    assert place_of(reading(pipeline, text), word) == place


def test_what_an_issuer_says_is_said_where_the_text_is_dated(pipeline: Language) -> None:
    text = (
        "REPUBLIC OF PERU\nPress Release\nLima, 4 March 2012\n\n"
        "The Government of Peru condemns the attack on the embassy of Kenya in Somalia.\n\n"
        "The embassy of Kenya in Lima was informed."
    )
    assert place_of(reading(pipeline, text), "condemns") == "Lima"
