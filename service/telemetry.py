"""What operators see: one line of JSON for each request, and numbers for Prometheus at ``/metrics``.

Neither holds what was asked or answered: routes, statuses, durations, and which limit was met.
"""

from __future__ import annotations

import json
import logging
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from threading import Lock

from flask import Flask, Response, g, request

from service.endpoint.pool import Pool

log = logging.getLogger("diplograph.requests")
ARRIVED = "diplograph.arrived"
"""Where the environment of a request has the time of its arrival."""
BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)
"""Upper bounds of the histogram of durations, in seconds."""


class Metrics:
    """Counts requests by route, method, status and outcome, and their durations by route."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, str, str]] = Counter()
        self._durations: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()
        self._lock = Lock()

    def note(self, route: str, method: str, status: int, outcome: str, arrived: float) -> None:
        """Count and log a request that is answered, and that arrived at a time of ``time.monotonic``."""
        seconds = time.monotonic() - arrived
        method = method if method in _METHODS else "other"
        with self._lock:
            self._requests[route, method, str(status), outcome] += 1
            buckets = self._durations.setdefault(route, [0] * (len(BUCKETS) + 1))
            buckets[bisect_left(BUCKETS, seconds)] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]  # a Counter adds floats as well
        if log.isEnabledFor(logging.INFO):
            line = {"route": route, "method": method, "status": status, "outcome": outcome}
            text = json.dumps(line | {"milliseconds": round(seconds * 1000, 1)})
            # A record that is made here looks for no line of code.
            log.handle(logging.LogRecord(log.name, logging.INFO, "", 0, text, None, None))

    def lines(self, pool: Pool | None) -> Iterator[str]:
        """The Prometheus text format, version 0.0.4."""
        with self._lock:
            requests = sorted(self._requests.items())
            durations = {route: list(buckets) for route, buckets in sorted(self._durations.items())}
            seconds = dict(self._seconds)
        yield "# HELP diplograph_requests_total Requests answered."
        yield "# TYPE diplograph_requests_total counter"
        for (route, method, status, outcome), number in requests:
            labels = f'route="{route}",method="{method}",status="{status}",outcome="{outcome}"'
            yield f"diplograph_requests_total{{{labels}}} {number}"
        yield "# HELP diplograph_request_seconds Time from a request's arrival to the end of its answer."
        yield "# TYPE diplograph_request_seconds histogram"
        for route, buckets in durations.items():
            total = 0
            for bound, number in zip((*BUCKETS, "+Inf"), buckets, strict=True):
                total += number
                yield f'diplograph_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'diplograph_request_seconds_sum{{route="{route}"}} {seconds[route]:.6f}'
            yield f'diplograph_request_seconds_count{{route="{route}"}} {total}'
        if pool:
            yield "# HELP diplograph_tasks_running Queries and writes that workers are busy with."
            yield "# TYPE diplograph_tasks_running gauge"
            yield f"diplograph_tasks_running {pool.running}"
            yield "# HELP diplograph_snapshot_timestamp_seconds When the graph that is served was published."
            yield "# TYPE diplograph_snapshot_timestamp_seconds gauge"
            yield f"diplograph_snapshot_timestamp_seconds {pool.version[1]:.3f}"


def register(app: Flask) -> None:
    """Watch every request of an application, and publish the numbers."""
    metrics = Metrics()
    app.extensions["metrics"] = metrics

    @app.before_request
    def _begin() -> None:
        request.environ.setdefault(ARRIVED, time.monotonic())

    @app.after_request
    def _watch(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        notes, arrived = g._get_current_object(), request.environ[ARRIVED]
        method, status = request.method, response.status_code
        response.call_on_close(
            lambda: metrics.note(route, method, status, notes.get("outcome", "ok"), arrived)
        )
        return response

    @app.get("/metrics")
    def numbers() -> Response:
        """The numbers, for Prometheus."""
        pool = app.extensions["workers"].pool
        text = "\n".join(metrics.lines(pool)) + "\n"
        return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
