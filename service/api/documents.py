"""Operations on documents: the list of them, and each with what was found in its text."""

from __future__ import annotations

from graph.networks.actor_index import BASES, FACTUALITIES
from graph.networks.columns import NOTHING
from graph.networks.view import document_number
from service.api import parameters as asked
from service.api.asked_index import telling
from service.api.operations import Operations, Parameters, PathPart
from service.api.paging import paged
from service.api.telling import Telling
from service.api.told.documents import Document, DocumentListed, Documents, Span, Statement

operations = Operations()


@operations.get("/documents", Documents, parameters=asked.Paged)
def documents(wanted: asked.Paged) -> Documents:
    """The documents of the graph."""
    tell = telling()
    return Documents(**paged(wanted, range(len(tell.index.documents)), lambda row: _listed(tell, row)))


@operations.get(
    "/documents/{id}", Document, PathPart("id", "The document's name, or its identifier.", "a1"),
    rule="/documents/<path:id>",
)  # fmt: skip
def document(_: Parameters, id: str) -> Document:
    """A document: its text, the mentions in it, and what it says with the sentences that say so."""
    tell = telling()
    index = tell.index
    iri = f"{tell.names.base}doc/{id}"
    row = document_number(index, iri if index.documents.find(iri) != NOTHING else id)
    text = index.texts[row]
    spans = [
        Span(begin=b, end=e, quote=text[b:e], thing=tell.thing(thing))
        for b, e, thing in (
            (int(index.mention_begin[m]), int(index.mention_end[m]), int(index.mention_thing[m]))
            for m in index.mentions_in[row]
        )
    ]
    statements = [_statement(tell, account) for account in index.accounts_in[row].tolist()]
    return Document(**dict(_listed(tell, row)), text=text, spans=spans, statements=statements)


def _listed(tell: Telling, row: int) -> DocumentListed:
    index = tell.index
    return DocumentListed(
        id=tell.document_id(row),
        iri=index.documents[row],
        identifier=index.identifiers[row],
        title=index.titles[row] or None,
        publisher=tell.known(int(index.publisher[row])),
        issued=index.issued[row] or None,
        address=index.addresses[row] or None,
        mentions=len(index.mentions_in[row]),
        facts=len(index.accounts_in[row]),
    )


def _statement(tell: Telling, account: int) -> Statement:
    index = tell.index
    thing = int(index.fact_thing[index.account_fact[account]])
    cls = index.account_class(account)
    return Statement(
        id=None if thing == NOTHING else tell.id(index.things[thing]),
        basis=BASES[index.account_basis[account]],
        cls=cls,
        label=index.labels[thing] if thing != NOTHING else index.account_title[account] or cls,
        factuality=FACTUALITIES[index.account_factuality[account]],
        when=index.account_when[account] or None,
        roles=tell.roles([account]),
        spans=[list(span) for span in index.sentences(account)],
    )
