"""Reading documents in this process or in several, so that one bad text or dead process stops nothing."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING

from graph.model import Document, Reading

if TYPE_CHECKING:
    from spacy.language import Language

BATCH_CHARACTERS = 40_000
"""Texts are handed to a process in batches of about this size: small enough that all stay busy."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, and why, in words for its owner."""

    identifier: str
    reason: str


class Reader:
    """Reads documents with a model, in ``jobs`` processes; a context manager.

    ``filtered`` is whether the learned filter has a say in what is an event.
    """

    def __init__(self, model: str, jobs: int = 1, *, filtered: bool = True) -> None:
        self._model = model
        self._filtered = filtered
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """Yield a Reading or a Failure for each document, in any order where ``jobs`` is more than one.

        Raises:
            ModelError: the model is not installed or not a full pipeline.
        """
        if self._jobs == 1:
            for batch in _batches(documents):
                yield from _read_batch(self._model, self._filtered, batch)
        else:
            yield from self._read_in_pool(documents)

    def _read_in_pool(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        running: dict[Future[list[Reading | Failure]], list[Document]] = {}
        for batch in _batches(documents):
            running[self._submit(batch)] = batch
            if len(running) > 2 * self._jobs:
                yield from self._finished(running)
        while running:
            yield from self._finished(running)

    def _submit(self, batch: list[Document]) -> Future[list[Reading | Failure]]:
        if self._pool is None:
            # spawn: forking a process that has threads, as numpy's libraries do, may hang
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context)
        try:
            return self._pool.submit(_read_batch, self._model, self._filtered, batch)
        except BrokenProcessPool:
            self._pool = None
            return self._submit(batch)

    def _finished(
        self, running: dict[Future[list[Reading | Failure]], list[Document]]
    ) -> Iterator[Reading | Failure]:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            batch = running.pop(future)
            try:
                yield from future.result()
            except BrokenProcessPool:
                self._pool = None
                yield from self._one_by_one(batch)

    def _one_by_one(self, batch: list[Document]) -> Iterator[Reading | Failure]:
        """Read again, each text by itself, what a process that died was reading."""
        for document in batch:
            future = self._submit([document])
            try:
                yield from future.result()
            except BrokenProcessPool:
                self._pool = None
                reason = "the process that read it died; the text may need more memory than there is"
                yield Failure(document.identifier, reason)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if sum(len(d.text) for d in batch) >= BATCH_CHARACTERS:
            yield batch
            batch = []
    if batch:
        yield batch


def _read_batch(model: str, filtered: bool, batch: list[Document]) -> list[Reading | Failure]:
    from graph.reading import read  # noqa: PLC0415  spaCy is loaded only where texts are read

    nlp = pipeline_at_hand(model, filtered=filtered)
    outcomes: list[Reading | Failure] = []
    for document in batch:
        try:
            outcomes.extend(read(nlp, [document]))
        except Exception as error:  # a fault in one text must not take the others along
            reason = f"reading failed ({type(error).__name__}: {error}); please report this text"
            outcomes.append(Failure(document.identifier, reason))
    return outcomes


@cache
def pipeline_at_hand(model: str, *, filtered: bool) -> Language:
    """The pipeline of this process, loaded once.

    Raises:
        ModelError: the model is not installed or not a full pipeline.
    """
    from graph.pipeline import load_pipeline  # noqa: PLC0415

    return load_pipeline(model, filtered=filtered)
