"""The errors a user can meet: each says what happened, what to do, and its HTTP status."""

from __future__ import annotations


class DiplographError(Exception):
    """Root of all errors that are told to a user in one line instead of a traceback.

    ``message`` says what happened, naming the input; ``hint`` says what to do about it.
    """

    status: int = 500
    title: str = "Something went wrong"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)  # both, so that errors cross process borders whole
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnreadableSourceError(DiplographError):
    """A file, or a record of one, that cannot be read as a text."""

    status = 422
    title = "Unreadable source"


class StoreError(DiplographError):
    """The store's folder is missing, damaged, or of another version."""

    status = 503
    title = "Store unavailable"


class StoreLockedError(StoreError):
    """Another process is writing to the store."""

    title = "Store locked"


class LedgerError(DiplographError):
    """A judgement that cannot be made, or a ledger that is damaged or not writable."""

    status = 409
    title = "Judgement not possible"


class QueryError(DiplographError):
    """A SPARQL query or update that does not parse, or is not allowed."""

    status = 400
    title = "Bad query"


class NotFoundError(DiplographError):
    """Nothing of that name is in the graph."""

    status = 404
    title = "Not found"


class ParameterError(DiplographError):
    """A parameter of a request, or an option of a network, that cannot be used."""

    status = 422
    title = "Unusable parameter"


class SettingError(DiplographError):
    """A setting whose value makes no sense."""

    status = 400
    title = "Bad setting"


class ModelError(DiplographError):
    """The spaCy pipeline that was asked for is not installed or has not what is needed."""

    status = 500
    title = "Language model unavailable"


class LexiconError(DiplographError):
    """A word list or table in ``ontology/`` that does not fit its form or the ontology."""

    status = 500
    title = "Bad lexicon"


class GoldError(DiplographError):
    """Annotations that are not there or do not have their form."""

    status = 422
    title = "Bad annotations"


class KnowledgeError(DiplographError):
    """The offline knowledge base cannot be made, read or added to."""

    status = 503
    title = "Knowledge base unavailable"


class RemoteError(DiplographError):
    """A dataset on the network that is down, slow, or answers with something else than asked."""

    status = 502
    title = "Remote dataset unavailable"
