"""Texts with marks: nothing of the text is lost, and marks nest whatever their spans."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from service.pages.marked import Mark, Piece, paragraphs

TEXTS = st.text(st.sampled_from("ab \n日😀"), max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS.filter(bool))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    spans = draw(st.lists(places.filter(lambda span: span[0] < span[1]), max_size=8))
    kinds = st.sampled_from([("sentence", ""), ("person", "/id/person/a"), ("event", "/id/event/b")])
    return text, [Mark(begin, end, *draw(kinds)) for begin, end in spans]


def written(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text or written(piece.pieces) for piece in pieces)


def flat(pieces: Iterable[Piece], over: tuple[Mark, ...] = ()) -> list[tuple[str, tuple[Mark, ...]]]:
    found = []
    for piece in pieces:
        if piece.mark:
            found += flat(piece.pieces, (*over, piece.mark))
        else:
            found.append((piece.text, over))
    return found


@given(marked_texts())
def test_every_character_stands_under_the_marks_that_it_is_in(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    shown = 0
    for paragraph in paragraphs(text, marks):
        at = paragraph.begin
        assert not text[shown:at].strip()
        for words, over in flat(paragraph.pieces):
            assert words == text[at : at + len(words)]
            inside = {m for m in marks if m.begin <= at and at + len(words) <= m.end}
            assert set(over) == inside
            at += len(words)
        shown = at
    assert not text[shown:].strip()


@given(marked_texts())
def test_each_mark_of_words_has_one_first_piece(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_

    def firsts(pieces: Iterable[Piece]) -> Iterable[Mark]:
        for piece in pieces:
            if piece.mark and piece.is_first:
                yield piece.mark
            yield from firsts(piece.pieces)

    found = [mark for paragraph in paragraphs(text, marks) for mark in firsts(paragraph.pieces)]
    visible = {m for m in marks if text[m.begin : m.end].strip()}
    assert visible <= set(found)
    assert len(found) == len(set(found))


def test_blank_lines_part_paragraphs_unless_a_mark_stretches_over_them() -> None:
    text = "One.\n\nTwo\n\nthree."
    assert [p.begin for p in paragraphs(text, [])] == [0, 6, 11]
    whole = Mark(6, len(text), "sentence")
    assert [written(p.pieces) for p in paragraphs(text, [whole])] == ["One.", "Two\n\nthree."]


def test_text_links_to_the_innermost_mark_that_leads_somewhere() -> None:
    text = "the Russian minister spoke"
    outer, inner = Mark(0, 20, "person", "/id/person/x"), Mark(4, 11, "state", "/id/territory/russia")
    (paragraph,) = paragraphs(text, [inner, outer, Mark(0, 26, "sentence")])
    links = [(words, over[-1].kind if over else "") for words, over in flat(paragraph.pieces)]
    assert links == [
        ("the ", "person"), ("Russian", "state"), (" minister", "person"), (" spoke", "sentence"),
    ]  # fmt: skip
