"""What a request of the SPARQL protocols says: its parameters and texts, in UTF-8 and nothing else."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from graph.settings import Settings
from service.endpoint.refusals import ForbiddenError, UnauthorizedError, UnsupportedTextError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FORM_TYPE = "application/x-www-form-urlencoded"
MAX_TEXT = 1 << 20
"""Bytes of a query or an update."""
_ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO")
"""What an environment says of the address of a request, but for its parameters."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a request, in order."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, encoded: bytes) -> Parameters:
        """Those that are encoded as in an address or a form. Raises BadRequest where they are not UTF-8."""
        try:
            return cls(tuple(parse_qsl(_decoded(encoded), keep_blank_values=True, errors="strict")))
        except ValueError as error:
            raise BadRequest(f"The parameters are not in UTF-8: {error}.") from error

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    def one(self, name: str) -> str | None:
        """The value of a parameter; None where it is not there. Raises BadRequest where there are several."""
        values = self.all(name)
        if len(values) > 1:
            raise BadRequest(f"The request has {len(values)} parameters {name!r}; give one.")
        return values[0] if values else None

    def last(self, name: str) -> str | None:
        """The last value of a parameter; None where it is not there. Some clients only ever add values."""
        values = self.all(name)
        return values[-1] if values else None


def parameters(request: Request) -> Parameters:
    """The parameters of the address and, where the body is a form, of the body.

    Raises:
        BadRequest: they are not UTF-8.
        UnsupportedTextError: the form says that it is in another character set.
    """
    given = Parameters.of(request.query_string)
    if request.method == "POST" and request.mimetype == FORM_TYPE:
        _check_charset(request)
        given = Parameters(given.pairs + Parameters.of(request.get_data()).pairs)
    return given


def base_address(environ: WSGIEnvironment) -> str:
    """What relative IRIs of a text are relative to: the address of the request without its parameters."""
    return _base_address(*[environ.get(name) for name in _ADDRESS])


@lru_cache(256)
def _base_address(*parts: str | None) -> str:
    """``Request.base_url``, which takes its time and is the same for nearly all requests."""
    return Request(
        {name: part for name, part in zip(_ADDRESS, parts, strict=True) if part is not None}
    ).base_url


def text(request: Request, name: str, kind: str, given: Parameters) -> str:
    """The one query or update of a request: a parameter, or the body of a POST in its own media type.

    Args:
        request: the request.
        name: the parameter, ``query`` or ``update``.
        kind: the media type of a body that is the text itself.
        given: the parameters of the request.

    Raises:
        BadRequest, UnsupportedTextError, RequestEntityTooLarge: it is missing, double or unreadable.
    """
    if request.method == "POST" and request.mimetype == kind:
        _check_charset(request)
        found = _decoded(request.get_data())
    elif request.method == "POST" and request.mimetype != FORM_TYPE:
        raise UnsupportedTextError(f"POST {name} as {kind}, or as the field {name} of a {FORM_TYPE}.")
    else:
        return one_text(name, given)
    return _checked(name, found)


def one_text(name: str, given: Parameters) -> str:
    """The one query or update that is a parameter. Raises BadRequest, RequestEntityTooLarge."""
    if not given.all(name):
        raise BadRequest(f"Give one {name}, as the parameter {name}.")
    return _checked(name, given.one(name) or "")


def _checked(name: str, found: str) -> str:
    if len(found) > MAX_TEXT:
        raise RequestEntityTooLarge(f"A {name} may have {MAX_TEXT:,} characters.")
    return found


def check_token(request: Request, settings: Settings) -> None:
    """Let nobody write without the token.

    Raises:
        ForbiddenError: the service has none.
        UnauthorizedError: the request has none, or another.
    """
    if settings.update_token is None:
        raise ForbiddenError(
            "This service is read-only.", "To write, set update_token (DIPLOGRAPH_UPDATE_TOKEN)."
        )
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    right = settings.update_token.get_secret_value().encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), right):
        raise UnauthorizedError("Writing needs the token.", "Send it as: Authorization: Bearer TOKEN")


def _check_charset(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        raise UnsupportedTextError(f"The text is in {charset}.", "Send it in UTF-8.")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The text is not in UTF-8: {error}.") from error
