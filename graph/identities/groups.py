"""Things that were found to be one, and the slugs that tell those of one name apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.identities.ties import Place
from graph.iri import digest, document_slug


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing: the slug of its IRI and the places that tell of it, in order."""

    slug: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A thing that would like a slug, and what tells it apart where others would like it too.

    ``plain`` says that the slug will do as it is, where nobody else wants it.
    """

    slug: str
    places: tuple[Place, ...]
    tail: str = ""
    plain: bool = True


def settled(claims: Iterable[Claim], first_keeps: bool) -> list[Cluster]:
    """Give everything a slug of its own, the same whatever the order of the claims.

    Args:
        claims: the things; ``places`` of each are in order.
        first_keeps: whether the first of several, by place, keeps the slug as it is.
    """
    wanted: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        wanted[claim.slug].append(claim)
    clusters: list[Cluster] = []
    taken: set[str] = {name for name, same in wanted.items() if len(same) == 1 and same[0].plain}
    for name, same in sorted(wanted.items()):
        same.sort(key=lambda c: c.places)
        tails = [c.tail or document_slug(c.places[0][0]) for c in same]
        for number, (claim, tail) in enumerate(zip(same, tails, strict=True)):
            if (name in taken and len(same) == 1) or (first_keeps and number == 0):
                own = name
            else:
                own = f"{name}-{tail}"
                if tails.count(tail) > 1 or own in taken:
                    own += f"-{digest('/'.join(claim.places[0]))}"
            taken.add(own)
            clusters.append(Cluster(own, claim.places))
    return clusters
