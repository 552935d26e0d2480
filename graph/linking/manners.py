"""How others' servers are asked: one thing at a time, with time-outs, pauses and patience that has an end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from importlib.metadata import version
from typing import TypeVar
from urllib.error import HTTPError, URLError

from graph.errors import RemoteError

T = TypeVar("T")

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which asking again later may help."""


def user_agent() -> str:
    """Who asks, as servers want to know it."""
    return f"diplograph/{version('diplograph')} (https://w3id.org/diplograph/)"


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient to be; all times in seconds.

    ``attempts`` are made at most for one question, with a ``pause`` after each question and, after a failure,
    a wait that doubles from ``first_wait``. A server that asks to be left alone longer than ``longest_wait``
    (Retry-After) is not asked again.
    """

    timeout: float = 30.0
    attempts: int = 4
    pause: float = 0.1
    first_wait: float = 1.0
    longest_wait: float = 120.0
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time

    def ask(self, question: Callable[[], T], address: str) -> T:
        """What a server answers in the end.

        Args:
            question: asks once; raises OSError, HTTPException or ValueError where it fails.
            address: whom it asks, for messages.

        Raises:
            RemoteError: it refuses, stays silent or answers something else than asked.
        """
        wait = self.first_wait
        for left in range(self.attempts - 1, -1, -1):
            try:
                answer = question()
            except HTTPError as error:
                asked_for = self._asked_for(error)
                if error.code not in BUSY or not left or (asked_for or 0) > self.longest_wait:
                    raise _refusal(address, error, asked_for) from error
                self.sleep(max(asked_for or 0.0, wait))
            except (OSError, HTTPException) as error:
                if not left:
                    raise RemoteError(
                        f"{address} does not answer: {_words(error)}.", "Is it running? Try again later."
                    ) from error
                self.sleep(wait)
            except ValueError as error:
                raise RemoteError(
                    f"{address} answers something else than asked: {error}.", "Is that its right address?"
                ) from error
            else:
                self.sleep(self.pause)
                return answer
            wait = min(2 * wait, self.longest_wait)
        raise RemoteError(f"{address} was not asked.", "Allow at least one attempt.")

    def _asked_for(self, error: HTTPError) -> float | None:
        """Seconds that the server wants to be left alone (RFC 9110, section 10.2.3)."""
        text = str(error.headers.get("Retry-After", "")) if error.headers else ""
        if text.strip().isdigit():
            return float(text)
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self.now())
        except (TypeError, ValueError):
            return None


def _refusal(address: str, error: HTTPError, asked_for: float | None) -> RemoteError:
    words = f"{address} answers {error.code} {error.reason or ''}".rstrip()
    if asked_for:
        return RemoteError(f"{words}.", f"It asks to be left alone for {asked_for:.0f} seconds.")
    hint = "Try again later." if error.code in BUSY else "Is that its right address, and may you ask it?"
    return RemoteError(f"{words}.", hint)


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        return "it takes too long"
    reason = error.reason if isinstance(error, URLError) else error
    return str(reason) or type(error).__name__
