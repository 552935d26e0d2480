"""Full-text search inside SPARQL: ``?s dg:matches "words"`` becomes VALUES before the query runs.

The subject is a variable, or ``(?s ?score)``; the object is a string, or ``("words" 50)`` with the most that
may be found. The statement may go on with ``;``. What is found is written as checked IRIs and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from graph.errors import ParameterError, QueryError
from graph.iri import DG
from graph.rdf import PREFIXES
from graph.search.kept_texts import LiveTexts
from graph.search.text_index import Sought
from service.endpoint.fence import Text, is_iri, read
from service.endpoint.words import Word, iri_of, words
from service.leading import give_way

PREDICATE = f"{DG}matches"
USUAL, MOST = 1_000, 10_000
"""Things that are found where the query says no number, and the highest number that it can say."""

Find = Callable[[str, int], list[tuple[str, float]]]
"""Finds things: given words and a number, the best so many IRIs with their scores, the best first."""


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_CONSTRAINTS = {"FILTER", "BIND", "HAVING"}
_MOST_USES = 16
_USAGE = f'Write it as ?s dg:matches "words", or (?s ?score) dg:matches ("words" {USUAL}).'


@dataclass(frozen=True, slots=True)
class _Use:
    """A use of the predicate: where its subject begins and ends, and its predicate and object, in tokens."""

    subject: slice
    rest: slice
    variables: tuple[str, ...]
    words: str
    most: int


def finder(texts: LiveTexts) -> Find:
    """Finds things in the text index of the newest snapshot."""

    def find(words: str, most: int) -> list[tuple[str, float]]:
        try:
            found = texts.current().find(Sought(words), most).found
        except ParameterError as error:
            raise QueryError(error.message, error.hint) from error
        return [(hit.thing, hit.score) for hit in found]

    return find


def with_matches(query: Text, find: Find, allowed: Collection[str] = ()) -> Text:
    """A query in which each use of the predicate is replaced by what is found.

    Args:
        query: the query, as the fence has read it.
        find: how things are found.
        allowed: the addresses that it may reach.

    Raises:
        QueryError: the predicate is used in another way than it can be.
    """
    if "matches" not in query.text:
        return query
    give_way()
    text = query.text
    for _ in range(_MOST_USES):
        tokens = words(text)
        use = _first_use(tokens)
        if use is None:
            return query if text == query.text else read(text, allowed)
        text = _replaced(text, tokens, use, find(use.words, use.most))
    raise QueryError(f"The query uses dg:matches more than {_MOST_USES} times.", _USAGE)


def _first_use(tokens: list[Word]) -> _Use | None:
    """The first use of the predicate in a query. Raises QueryError."""
    prefixes = dict(PREFIXES)
    subject: int | None = None
    place = brackets = 0
    while place < len(tokens):
        token = tokens[place]
        word = token.text.upper()
        if word == "PREFIX" and [t.kind for t in tokens[place + 1 : place + 3]] == ["name", "iri"]:
            prefixes[tokens[place + 1].text[:-1]] = tokens[place + 2].text[1:-1]
            place += 2
        elif word in {".", "{", "}"}:
            subject, brackets = None, 0
        elif word in _CONSTRAINTS:
            subject, place = None, _after_constraint(tokens, place) - 1
        elif iri_of(token, prefixes) == PREDICATE and subject is not None:
            return _use(tokens, subject, place, is_inside=brackets > 0)
        elif subject is None and (token.kind in {"variable", "iri", "name"} or word in {"(", "["}):
            subject, brackets = place, int(word == "[")
        elif word in {"[", "]"}:
            brackets += 1 if word == "[" else -1
        place += 1
    return None


def _after_constraint(tokens: list[Word], place: int) -> int:
    """The place after a constraint in parentheses; of one in braces, that of the first brace."""
    while place < len(tokens) and tokens[place].text not in {"(", "{"}:
        place += 1
    return place if place < len(tokens) and tokens[place].text == "{" else _closing(tokens, place)


def _closing(tokens: list[Word], place: int) -> int:
    """The place after what the parenthesis at a place closes with."""
    depth = 0
    for number in range(place, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[number].text, 0)
        if depth == 0:
            return number + 1
    return len(tokens)


def _use(tokens: list[Word], begin: int, place: int, is_inside: bool) -> _Use:
    """The use of the predicate at a place, with the subject that begins at another. Raises QueryError."""
    subject = slice(begin, _closing(tokens, begin) if tokens[begin].text == "(" else begin + 1)
    variables = tuple(t.text for t in tokens[subject] if t.text not in {"(", ")"})
    end = place + 2
    if place + 1 < len(tokens) and tokens[place + 1].text == "(":
        end = _closing(tokens, place + 1)
    given = [t for t in tokens[place + 1 : end] if t.text not in {"(", ")"}]
    following = tokens[end] if end < len(tokens) else None
    is_well_formed = (
        not is_inside
        and (place == subject.stop or (tokens[place - 1].text == ";" and len(variables) == 1))
        and all(v[0] in "?$" for v in variables)
        and len(variables) in {1, 2}
        and [t.kind for t in given] in (["string"], ["string", "number"])
        and (following is None or following.kind == "word" or following.text in {";", ".", "{", "}"})
    )
    most = given[1].text if len(given) > 1 else str(USUAL)
    if not is_well_formed or not most.isdecimal() or not 1 <= int(most) <= MOST:
        raise QueryError(f"dg:matches cannot be used like this, or for more than {MOST:,} things.", _USAGE)
    return _Use(subject, slice(place, end), variables, _unquoted(given[0].text), int(most))


def _replaced(text: str, tokens: list[Word], use: _Use, found: list[tuple[str, float]]) -> str:
    """The text with what is found in the place of one use."""
    begin = tokens[use.subject.start].begin
    values = f"VALUES ({' '.join(use.variables)}) {{ {' '.join(_rows(found, len(use.variables)))} }} "
    following = use.rest.stop
    while following < len(tokens) and tokens[following].text == ";":
        following += 1
    goes_on = following < len(tokens) and tokens[following].text not in {".", "}"}
    has_more = following > use.rest.stop and goes_on
    after = tokens[following - 1].end
    if use.rest.start > use.subject.stop:  # other statements of the same subject stand before it
        between = text[begin : tokens[use.rest.start].begin]
        return text[:begin] + values + between + text[tokens[use.rest.stop - 1].end :]
    if has_more:
        return f"{text[:begin]}{values}{use.variables[0]}{text[after:]}"
    if following < len(tokens) and tokens[following].text == ".":
        after = tokens[following].end
    return text[:begin] + values + text[after:]


def _rows(found: list[tuple[str, float]], width: int) -> Iterator[str]:
    for iri, score in found:
        if is_iri(iri):
            yield f"(<{iri}> {score:.6f})" if width == 2 else f"(<{iri}>)"


def _unquoted(literal: str) -> str:
    """The value of a string as it stands in a query."""
    width = 3 if literal[:3] in {'"""', "'''"} and len(literal) > 5 else 1

    def letter(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None:
            return _LETTERS.get(match[3], match[3])
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"

    return _ESCAPE.sub(letter, literal[width:-width])
