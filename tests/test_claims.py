"""Who says so, and what is said: sentences of many regions, read by the whole pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.components.happening.quotes import find_quotes
from graph.model import Block, BlockKind, Document, Event, Reading
from graph.reading import read

if TYPE_CHECKING:
    from spacy.language import Language


def reading(pipeline: Language, text: str) -> Reading:
    blocks, begin = [], 0
    for line in text.split("\n"):
        blocks.append(Block(begin, begin + len(line), BlockKind.BODY))
        begin += len(line) + 1
    document = Document("a.txt", text, tuple(b for b in blocks if b.begin < b.end), issued="2024-05-15")
    return next(iter(read(pipeline, [document])))


def event_at(found: Reading, word: str) -> Event:
    text = found.document.text
    return next(e for e in found.events if word in text[e.trigger.begin : e.trigger.end])


def source_of(found: Reading, word: str) -> str | None:
    key = event_at(found, word).source
    return next((e.name for e in found.entities if e.key == key), None)


@pytest.mark.parametrize(
    ("word", "source", "text"),
    [
        (
            "signed",
            "Retno Marsudi",
            "Foreign Minister Retno Marsudi said that Indonesia had signed a treaty with Laos.",
        ),
        (
            "attacked",
            "Ministry of Defence",
            "According to the Ministry of Defence, Kenya attacked the camp in Somalia.",
        ),
        (
            "attacked",
            "Human Rights Watch",
            "The army attacked Tigray, Human Rights Watch reported on Friday.",
        ),
        (
            "attack",
            "Yoweri Museveni",
            "William Ruto said Yoweri Museveni had told him Rwanda would attack Congo.",
        ),
        ("attacking", "Moussa Faki Mahamat", "Moussa Faki Mahamat accused Eritrea of attacking Ethiopia."),
        ("visit", "Sergey Lavrov", "As Sergey Lavrov put it, Russia will visit Cuba."),
        ("visited", "Penny Wong", "Penny Wong denied that Australia had visited Taiwan."),
        (
            "signed",
            "Shanker Sharma",
            "Nepal has signed the treaty with India, its ambassador, Shanker Sharma, noted.",
        ),
        (
            "sent",
            "World Food Programme",
            "Rice is dear, the World Food Programme says, and Japan sent aid to Chad.",
        ),
        ("signed", "Kofi Annan", "Chad and Sudan, Kofi Annan said, signed the accord in Dakar."),
        ("attack", "Ban Ki-moon", "Ban Ki-moon condemned the attack on Kidal by France."),
        (
            "dialogue",
            "Penny Wong",
            "Penny Wong voiced hope that Fiji and Tonga would settle the matter through dialogue.",
        ),
        (
            "attack",
            "Amnesty International",
            "Amnesty International documented the attack on Gao by Chad.",
        ),
        (
            "rejected",
            None,
            "Penny Wong said Tonga had bribed the judges, an allegation rejected by President Joko Widodo.",
        ),
        ("attack", None, "Amnesty International remembers the attack on Gao by Chad."),
        ("visited", None, "Penny Wong visited Fiji."),
        ("visited", None, "Critics said that Penny Wong had visited Fiji."),
        ("visited", None, "Penny Wong, who visited Fiji in May, spoke of trade."),
        ("said", None, "Retno Marsudi said that Indonesia had signed a treaty with Laos."),
    ],
)
def test_the_nearest_attribution_is_the_source(
    pipeline: Language, word: str, source: str | None, text: str
) -> None:
    assert source_of(reading(pipeline, text), word) == source


def test_quotations_have_their_speaker_over_sentences_and_paragraphs(pipeline: Language) -> None:
    text = (
        "“We met the rebels in Doha last week,” President Gustavo Petro said. "
        "“Haiti condemned the attack on Cuba.”\n"
        "“Venezuela signed the treaty with Guyana in May.\n"
        "“Brazil will host the summit in Brasilia.”\n"
        "Peru attacked Ecuador in 1981."
    )
    found = reading(pipeline, text)
    for word in ("met", "condemned", "signed", "host"):
        assert source_of(found, word) == "Gustavo Petro", word
    assert source_of(found, "attacked") is None


def test_what_stands_between_two_sentences_of_one_source_is_told_by_it(pipeline: Language) -> None:
    first = "Kofi Annan said that Chad had signed the treaty with Sudan."
    between = "Kenya sent rice to Somalia."
    last = "Ghana would visit Benin, Kofi Annan added."
    assert source_of(reading(pipeline, f"{first} {between} {last}"), "sent") == "Kofi Annan"
    assert source_of(reading(pipeline, f"{first} {between}"), "sent") is None
    other = last.replace("Kofi Annan", "Penny Wong")
    assert source_of(reading(pipeline, f"{first} {between} {other}"), "sent") is None


def test_a_colon_announces_whose_words_follow(pipeline: Language) -> None:
    words = "South Africa will host the summit in August. It will visit Mali."
    text = f'Lindiwe Sisulu told reporters:\n"{words}"\n'
    found = reading(pipeline, text + "Botswana visited Zambia.")
    assert source_of(found, "host") == "Lindiwe Sisulu"
    assert source_of(found, "visited") is None
    assert event_at(found, "told").says == words.rstrip(".")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Retno Marsudi said that Indonesia had signed a treaty.", "Indonesia had signed a treaty"),
        (
            "Indonesia has signed a treaty with Laos, Retno Marsudi said.",
            "Indonesia has signed a treaty with Laos",
        ),
        (
            "“The road to Baku is open to all,” said Ilham Aliyev on Friday.",
            "The road to Baku is open to all",
        ),
        ("Retno Marsudi said no more.", None),
    ],
)
def test_a_statement_keeps_its_words_as_they_stand_in_the_text(
    pipeline: Language, text: str, says: str | None
) -> None:
    assert event_at(reading(pipeline, text), "said").says == says


def test_short_quotations_are_terms_and_open_ones_end_with_their_paragraph(pipeline: Language) -> None:
    text = 'The "line of contact" is long.\n"It has been there for thirty years\nNobody crosses it.'
    blocks = tuple(Block(b, e, BlockKind.BODY) for b, e in ((0, 30), (31, 66), (67, len(text))))
    doc = pipeline.make_doc(text)
    assert [doc[q.start : q.end].text.strip() for q in find_quotes(doc, blocks)] == [
        "It has been there for thirty years"
    ]
