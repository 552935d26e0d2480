"""Which names a thing has, and who uses which: the forms that texts write, by who publishes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.iri import fold
from graph.networks.columns import NOTHING
from service.api.telling import Telling
from service.api.told.things import Evidence

LOOKED_AT = 3000
"""Mentions of a thing that are looked at, those of the first documents."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes, or the document where that is not known; how often, and where first."""

    label: str
    id: str | None
    times: int
    first: Evidence


@dataclass(frozen=True, slots=True)
class Usage:
    """A form of a name and who uses it."""

    form: str
    times: int
    sources: list[Source]


def usages(tell: Telling, thing: int) -> list[Usage]:
    """The names of a thing that texts use, those used most first; words such as "he" are no names."""
    index = tell.index
    names = {fold(index.name_forms[int(row)]) for row in index.names[thing]} | {fold(index.labels[thing])}
    times: Counter[tuple[str, int]] = Counter()
    firsts: dict[tuple[str, int], Evidence] = {}
    for row in index.mentions_of[thing][:LOOKED_AT].tolist():
        mention = tell.mention(row)
        form = " ".join(mention.quote.split())
        if fold(form) in names:
            key = form, int(index.mention_document[row])
            times[key] += 1
            firsts.setdefault(key, mention)
    return _by_form(tell, times, firsts)


def _by_form(
    tell: Telling, times: Counter[tuple[str, int]], firsts: dict[tuple[str, int], Evidence]
) -> list[Usage]:
    forms: dict[str, dict[str, Source]] = {}
    for (form, document), count in times.most_common():
        label, id_ = _source(tell, document)
        sources = forms.setdefault(form, {})
        known = sources.get(label)
        first = known.first if known else firsts[form, document]
        sources[label] = Source(label, id_, count + (known.times if known else 0), first)
    found = [
        Usage(
            form,
            sum(s.times for s in sources.values()),
            sorted(sources.values(), key=lambda s: (-s.times, s.label)),
        )
        for form, sources in forms.items()
    ]
    return sorted(found, key=lambda usage: (-usage.times, usage.form))


def _source(tell: Telling, document: int) -> tuple[str, str | None]:
    """What a document's publisher is called and its id; of one without, its title."""
    index = tell.index
    publisher = int(index.publisher[document])
    if publisher != NOTHING:
        return index.labels[publisher], tell.id(index.things[publisher])
    return index.titles[document] or index.identifiers[document], None
