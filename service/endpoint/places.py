"""Places for long queries: a few run, a few more rest until one is free, and the others are refused."""

from __future__ import annotations

import signal
import threading
import time

from service.endpoint.cradle import Child
from service.endpoint.refusals import BusyError


class Places:
    """A number of places; three times as many may wait for one."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(number)
        self._resting = threading.BoundedSemaphore(3 * number)

    def enter(self, worker: Child, deadline: float) -> None:
        """Get a place for a worker, which rests as long as there is none.

        Args:
            worker: who does the query.
            deadline: until when it may wait, of ``time.monotonic``.

        Raises:
            BusyError: too many rest already, or none became free in time.
        """
        if self._free.acquire(blocking=False):
            return
        if not self._resting.acquire(blocking=False):
            raise BusyError(
                "All places for long queries are taken, and too many queries wait for one.", "Try later."
            )
        try:
            worker.signal(signal.SIGSTOP)
            if not self._free.acquire(timeout=max(0.0, deadline - time.monotonic())):
                raise BusyError(
                    "All places for long queries were taken for as long as a query may take.", "Try later."
                )
            worker.signal(signal.SIGCONT)
        finally:
            self._resting.release()

    def leave(self) -> None:
        """Give a place to the next."""
        self._free.release()
