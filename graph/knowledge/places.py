"""States by whatever others call them: ISO code, name, Wikidata item, DBpedia page."""

from __future__ import annotations

from urllib.parse import unquote

from ontology.gazetteer import Gazetteer
from ontology.name_tables import Place


class Places:
    """Look-up of the ids of places of the name tables; to be called with a code, a name or an IRI."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._by_code: dict[str, str] = {}
        for place in gazetteer.places:
            for code in (place.id, place.iso2.lower(), place.iso3.lower(), place.qid.lower()):
                if code:
                    self._by_code.setdefault(code, place.id)

    def __call__(self, text: str) -> str | None:
        """The id of the place that a code, a name or an IRI stands for; None where no row has it.

        Codes of first-level units (``us-hi``) stand for their state where they have no row of their own.
        """
        code = unquote(text.rsplit("/", 1)[-1]).replace("_", " ").strip()
        known = self._by_code.get(code.lower()) or self._by_code.get(code.lower().partition("-")[0])
        if known:
            return known
        rows = [row for row in self._gazetteer.find(code) if isinstance(row, Place) and row.kind == "State"]
        return rows[0].id if rows else None
