"""Answers of workers as HTTP: streamed, compressed, and not sent again to who has them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Request, Response, g, stream_with_context
from werkzeug.http import http_date, parse_accept_header

from graph.errors import DiplographError
from service.endpoint.pool import Pool
from service.endpoint.reply import Reply
from service.negotiation import Form

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_SMALL = 1024
"""Bytes below which compressing is not worth its header."""
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}


def respond(request: Request, reply: bytes | Reply, form: Form, more: Mapping[str, str]) -> Response:
    """An answer as a response with more headers, gzipped where the client takes it.

    One that is complete has its length; a longer one is streamed in chunks, so that cutting it off leaves a
    broken message that every client notices. HTTP/1.0 has no chunks: its clients wait until it is complete.
    """
    if isinstance(reply, bytes):
        return _respond_whole(request, reply, form, more)
    if reply.is_complete:
        return _respond_whole(request, reply.begun, form, more)
    if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return _respond_whole(request, b"".join(reply), form, more)
    zipped = _takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
    pieces = _gzipped(_noted(reply)) if zipped else _noted(reply)
    response = Response(stream_with_context(pieces), headers=_headers(form, more, zipped))
    response.call_on_close(reply.close)
    return response


def is_zipped(body: bytes, environ: WSGIEnvironment) -> bool:
    """Whether an answer is worth being gzipped, and its client takes it so."""
    return len(body) >= _SMALL and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(1024)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted)["gzip"] > 0


def whole_headers(body: bytes, form: Form, more: Mapping[str, str]) -> list[tuple[str, str]]:
    """The headers of an answer that is there in full, and is not gzipped."""
    return [*_headers(form, more).items(), ("Content-Length", str(len(body)))]


def _respond_whole(request: Request, body: bytes, form: Form, more: Mapping[str, str]) -> Response:
    zipped = is_zipped(body, request.environ)
    return Response(b"".join(_gzipped([body])) if zipped else body, headers=_headers(form, more, zipped))


def _headers(form: Form, more: Mapping[str, str], zipped: bool = False) -> dict[str, str]:
    headers = {"Content-Type": form.content_type, "Vary": "Accept, Accept-Encoding", **more}
    return headers | {"Content-Encoding": "gzip"} if zipped else headers


def validators(pool: Pool, *parts: object) -> dict[str, str]:
    """ETag and Last-Modified of an answer that depends on the graph and these parts alone."""
    version, modified = pool.version
    stamp = hashlib.sha256(repr((version, modified, parts)).encode()).hexdigest()[:24]
    return {"ETag": f'W/"{stamp}"', "Last-Modified": _date(modified), "Cache-Control": "no-cache"}


_date = lru_cache(http_date)  # the same until the graph changes


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Whether a GET or HEAD says that the client has this answer already."""
    given = request.environ
    if request.method not in {"GET", "HEAD"} or not given.keys() & CONDITIONS:
        return False
    if request.if_none_match:
        return request.if_none_match.contains_weak(headers["ETag"].removeprefix('W/"').rstrip('"'))
    since = request.if_modified_since
    return since is not None and _second(headers["Last-Modified"]) <= since


def _second(date: str) -> datetime:
    return datetime.strptime(date, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)


def _noted(reply: Reply) -> Iterator[bytes]:
    """The pieces of a reply; where it is cut off, the request log says which limit it was."""
    try:
        yield from reply
    except DiplographError as error:
        g.outcome = "cut: " + getattr(error, "members", {}).get("limit", error.title.lower())
        raise


def _gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
