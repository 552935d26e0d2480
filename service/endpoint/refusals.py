"""Why the service says no: the errors of requests, each with its status and what a program needs to know."""

from __future__ import annotations

from typing import ClassVar

from graph.errors import DiplographError, QueryError


class QuerySyntaxError(QueryError):
    """A query, an update or an uploaded text that does not parse, and where it stops making sense."""

    title = "Syntax error"

    def __init__(
        self, message: str, hint: str = "", line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, hint)
        place = {"line": line, "column": column}
        self.members = {name: number for name, number in place.items() if number is not None}


class LimitError(DiplographError):
    """A request that needs more than it may have; ``limit`` is the setting that says how much that is."""

    status = 503
    title = "Limit exceeded"

    def __init__(self, message: str, hint: str = "", limit: str = "", status: int = 503) -> None:
        super().__init__(message, hint)
        self.status = status
        self.members = {"limit": limit}


class BusyError(DiplographError):
    """More long queries than can run or wait."""

    status = 503
    title = "Busy"
    headers: ClassVar = {"Retry-After": "10"}


class ForbiddenError(DiplographError):
    """Something that this service does not do for anybody, or not as it is set up."""

    status = 403
    title = "Forbidden"


class UnauthorizedError(DiplographError):
    """A write without the token, or with a wrong one."""

    status = 401
    title = "Unauthorized"
    headers: ClassVar = {"WWW-Authenticate": 'Bearer realm="diplograph"'}


class UnsupportedTextError(DiplographError):
    """A body in a media type or character set that cannot be read here."""

    status = 415
    title = "Unsupported media type"


class TooManyRequestsError(DiplographError):
    """A client that asks more often than ``rate_limit`` allows."""

    status = 429
    title = "Too many requests"
    headers: ClassVar = {"Retry-After": "60"}
