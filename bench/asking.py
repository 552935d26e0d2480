"""Small questions to an endpoint, and the time that they take it."""

from __future__ import annotations

import time
from http.client import HTTPException

from bench.endpoints import Ask, Endpoint
from bench.processes import processor_seconds
from bench.sparql_graph import BASE, EVENTS_PER_DOCUMENT


def small(number: int, documents: int) -> str:
    """A question about one event."""
    event = f"{number % documents}-{number % EVENTS_PER_DOCUMENT}"
    return f"SELECT ?when {{ <{BASE}id/event/{event}> dg:when ?when }}"


def timed(ask: Ask, text: str) -> float:
    """Seconds of one answer. Raises HTTPException where it is an error."""
    begin = time.perf_counter()
    if not ask(text):
        raise HTTPException
    return time.perf_counter() - begin


def processor(endpoint: Endpoint, texts: list[str]) -> float:
    """Processor seconds of an endpoint for one answer, over all these."""
    before = processor_seconds(endpoint.pid)
    for text in texts:
        endpoint.ask(text)
    return (processor_seconds(endpoint.pid) - before) / len(texts)


def settle(service: Endpoint) -> None:
    """Wait until the service has done what it does beside answering, such as loading its graph."""
    idle = 0
    while idle < 3:
        before = processor_seconds(service.pid)
        time.sleep(0.5)
        idle = idle + 1 if processor_seconds(service.pid) - before < 0.05 else 0
