"""Where titles of offices stand in a text.

A grammar over tokens, without the parser: ``[the] [former] [Japan's | Russian | NAME] [deputy] [economy,
trade and industry] MINISTER [of TOPIC] [of the Russian Federation] [to Japan]``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from graph.components.holding.after_titles import AfterTitle
from graph.components.holding.before_titles import BeforeTitle
from graph.components.holding.titles import Title
from graph.notes import Notes
from ontology.office_words import OfficeForm, OfficeWords

_OF_WHOM = frozenset({"of", "the", "for", "high"})


def find_titles(doc: Doc, notes: Notes, words: OfficeWords) -> Iterator[Title]:
    """All titles of the sentences of a document, in order; they never overlap."""
    for sentence in notes.sentences:
        before = BeforeTitle(doc, notes, words, sentence.start, sentence.end)
        after = AfterTitle(doc, notes, words, sentence.start, sentence.end)
        i = sentence.start
        while i < sentence.end:
            form = _form_at(doc, i, sentence.end, words) if doc[i].lower_ in words.forms else None
            if form is None or not _may_be_title(doc, notes, i, form):
                i += 1
                continue
            title = _title(i, form)
            if form.office.kind == "rank":
                before.read_nation(title)
            else:
                before.read(title)
                after.read(title)
            yield title
            i = max(title.right, i + len(form.words)) if title.right > title.end and title.of else title.end


def _title(i: int, form: OfficeForm) -> Title:
    stop = i + len(form.words)
    return Title(i, stop, _head(form, i), i, stop, form.office, form.plural, i, stop)


def _form_at(doc: Doc, i: int, end: int, words: OfficeWords) -> OfficeForm | None:
    for form in words.forms[doc[i].lower_]:
        n = len(form.words)
        if i + n <= end and all(doc[i + k].lower_ == w for k, w in enumerate(form.words)):
            return form
    return None


def _may_be_title(doc: Doc, notes: Notes, i: int, form: OfficeForm) -> bool:
    """Whether the words are a noun of office here, not a verb, an adjective or part of somebody's name."""
    last = doc[i + len(form.words) - 1]
    if len(form.words) == 1 and last.pos_ not in {"NOUN", "PROPN"}:
        return last.is_title and last.pos_ == "ADJ" and notes.at(last.i + 1) is not None
    inside = notes.at(i)
    if inside is None or inside.rule != "name":
        return True
    kinds = {notes.referents[k].kind for k in inside.keys}
    if "person" in kinds:
        return i == inside.start and inside.end - i > len(form.words)
    # "Prime Minister's Office", "Board of Governors", "Joint Chiefs of Staff": the title names the body
    if "institution" in kinds or "instrument" in kinds:
        classes = {notes.referents[k].cls for k in inside.keys}
        after_of = i > inside.start and doc[i - 1].lower_ in _OF_WHOM
        headed = form.plural and last.i == inside.end - 1 and "ArmedForces" in classes
        if (after_of and last.is_title) or headed:
            return False
        return last.i == inside.end - 1 or inside.end <= i + len(form.words)
    return True


def _head(form: OfficeForm, start: int) -> int:
    """The token that is the head of the phrase: the noun before a preposition, else the last word."""
    for i, word in enumerate(form.words):
        if i and word in {"of", "to", "at", "without", "in", "d'affaires", "d’affaires"}:
            return start + i - 1
    return start + len(form.words) - 1
