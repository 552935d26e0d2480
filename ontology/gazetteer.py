"""Look-ups in the tables of names: what a name, a demonym or an id stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ontology.name_tables import (
    Form,
    Organisation,
    Place,
    Row,
    TableError,
    read_organisations,
    read_places,
)

__all__ = ["Form", "Gazetteer", "Organisation", "Place", "Row", "TableError", "load_gazetteer", "name_key"]

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ı": "i", "ə": "a", "Ə": "A"}
    | {"–": "-", "‘": "'", "’": "'", "ʻ": "'", "ʼ": "'"}
)
_DROPPED = re.compile(r"[.'`]")
_GAP = re.compile(r"[\W_]+")
_MAX_CLIMB = 8


def plain(text: str) -> str:
    """The text without accents, in the letters of ASCII as far as they have an equivalent there."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return letters.translate(_UNDECOMPOSED)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: no accents, case, punctuation or leading article."""
    spelt_out = plain(name).casefold().replace("&", " and ").replace("+", " plus ")
    return _GAP.sub(" ", _DROPPED.sub("", spelt_out)).strip().removeprefix("the ")


def acronym_key(name: str) -> str | None:
    """The key of a name in capitals alone ("U.S." -> "US"), else None; such names keep their case."""
    return plain(name).replace(".", "") if name.isupper() and " " not in name else None


class Gazetteer:
    """The rows of both tables, indexed. Rows that come first in their table are preferred readings.

    Raises TableError where an id is given twice or refers to nothing.
    """

    def __init__(self, places: Iterable[Place], organisations: Iterable[Organisation]) -> None:
        self.places = tuple(places)
        self.organisations = tuple(organisations)
        self._rows: dict[str, Row] = {}
        self._by_key: dict[str, list[Row]] = {}
        self._demonyms: dict[str, Place] = {}
        self._forms: dict[tuple[str, str], Form] = {}
        self._governed: dict[str, Place] = {}
        for place in self.places:
            self._add(place)
            self._add_place(place)
        for organisation in self.organisations:
            self._add(organisation)
        self._check_references()

    def find(self, name: str) -> tuple[Row, ...]:
        """All rows of that name, preferred first, whatever its accents, punctuation and case.

        A name that the tables have in capitals alone is found in capitals alone: "WHO", never "who".
        """
        acronym = acronym_key(name)
        found = self._by_key.get(acronym, []) if acronym else []
        return tuple(dict.fromkeys([*found, *self._by_key.get(name_key(name), [])]))

    def demonym(self, word: str) -> Place | None:
        """The place whose adjective or people the word is ("Russian", "Danes"), as capitalised in English."""
        return self._demonyms.get(plain(word))

    def by_id(self, identifier: str) -> Row:
        """The row of that id. Raises KeyError where there is none."""
        return self._rows[identifier]

    def place(self, identifier: str) -> Place:
        """The place of that id. Raises KeyError where there is none."""
        row = self._rows[identifier]
        if not isinstance(row, Place):
            raise KeyError(identifier)
        return row

    def capital_of(self, place: Place) -> Place | None:
        """The capital, or None where the table has none."""
        return self.place(place.capital) if place.capital else None

    def governed_from(self, city: Place) -> Place | None:
        """The present state whose capital the city is: what "Moscow expects" speaks of."""
        return self._governed.get(city.id)

    def state_of(self, row: Row) -> Place | None:
        """The state that a row is, lies in or belongs to; None for seas, regions of the world, the UN."""
        above: str = row.id if isinstance(row, Place) else row.state
        for _ in range(_MAX_CLIMB):
            if not above:
                return None
            place = self.place(above)
            if place.kind == "State":
                return place
            above = place.parent
        raise TableError(f"{row.id}: its parents go round in a circle.")

    def form(self, surface: str, row: Row) -> Form | None:
        """What the table says of this spelling of the row's name or demonym, or None where it has it not."""
        return self._forms.get((row.id, acronym_key(surface) or name_key(surface))) or self._forms.get(
            (row.id, name_key(surface))
        )

    def phrases(self) -> Iterator[tuple[str, Row]]:
        """Every spelling of every name with its row, demonyms left out: what a matcher of phrases needs.

        Names with accents come without them too, and those with an apostrophe with both its shapes.
        Ask ``form`` whether a spelling is ambiguous or takes a side.
        """
        for row in self._rows.values():
            for spelling in dict.fromkeys(s for form in row.forms for s in _spellings(form.text)):
                yield spelling, row

    def demonyms(self) -> Iterator[tuple[str, Place]]:
        """Every adjective and people's name with its place, preferred places only."""
        for place in self.places:
            for form in (*place.adjectives, *place.people):
                for spelling in _spellings(form.text):
                    if self._demonyms.get(plain(spelling)) is place:
                        yield spelling, place

    def _add(self, row: Row) -> None:
        if row.id in self._rows:
            raise TableError(f"{row.id}: two rows have this id.")
        self._rows[row.id] = row
        for form in row.forms:
            key = acronym_key(form.text) or name_key(form.text)
            if self._forms.setdefault((row.id, key), form) is form:
                self._by_key.setdefault(key, []).append(row)

    def _add_place(self, place: Place) -> None:
        for form in (*place.adjectives, *place.people):
            self._demonyms.setdefault(plain(form.text), place)
            self._forms.setdefault((place.id, name_key(form.text)), form)
        if place.kind == "State" and place.capital and not place.historical:
            self._governed.setdefault(place.capital, place)

    def _check_references(self) -> None:
        for row in self._rows.values():
            if isinstance(row, Place):
                wanted = (row.capital, row.parent, *row.claimed_by, *row.administered_by)
            else:
                wanted = (row.state,)
            viewpoints = (form.viewpoint for form in row.forms)
            for identifier in (*wanted, *viewpoints):
                if identifier and not isinstance(self._rows.get(identifier), Place):
                    raise TableError(f"{row.id}: {identifier!r} is the id of no place.")


def load_gazetteer() -> Gazetteer:
    """Read both tables of ``ontology/names``; about a fifth of a second, so keep what it returns.

    Raises TableError where a table is faulty.
    """
    return Gazetteer(read_places(), read_organisations())


def _spellings(text: str) -> Iterator[str]:
    for spelling in dict.fromkeys((text, plain(text))):
        yield spelling
        if "'" in spelling:
            yield spelling.replace("'", "’")
