"""Measuring samples of annotated texts: with what is known of them, from the text alone, and left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.evaluation.findings import Finder, Findings, find
from graph.evaluation.gold import read_gold
from graph.evaluation.gold_texts import annotated_texts, list_annotations
from graph.evaluation.scoring import Score, score
from graph.iri import Namespace
from graph.model import Document, Reading
from graph.readers import Failure, Reader, pipeline_at_hand
from graph.settings import Settings
from ontology.annotation import load_annotation
from ontology.gazetteer import load_gazetteer
from ontology.schema import load_schema
from service.commands.building import tables

if TYPE_CHECKING:
    from graph.evaluation.left_out import LeftOut


@dataclass(frozen=True, slots=True)
class Sample:
    """Annotated texts: the folders of the annotations, that of the texts (None: the same), and which of them.

    ``informed`` is whether what the annotations say of date of issue, publisher and address is known.
    """

    gold: tuple[Path, ...]
    texts: Path | None = None
    informed: bool = True
    only: frozenset[str] = frozenset()

    @property
    def annotations(self) -> tuple[Path, ...]:
        """The files of the annotations.

        Raises:
            GoldError: there are none.
        """
        return list_annotations(self.gold, self.only)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the texts."""
        return tuple(path.stem for path in self.annotations)

    def documents(self) -> Iterator[Document]:
        """The texts themselves, where they are there."""
        return annotated_texts(self.annotations, self.texts, informed=self.informed)


@dataclass(frozen=True, slots=True)
class Measures:
    """The score of a sample, and two that show what it owes to metadata and to the texts learned from.

    ``alone`` is what texts yield of which nothing is known from outside (None: of the sample itself nothing
    is); ``left_out`` that of texts each read with a filter that learned from the others only (None: there are
    no others, no filter has a say, or it was not asked for).
    """

    score: Score
    alone: Score | None
    left_out: Score | None


def measure(sample: Sample, settings: Settings) -> Score:
    """Read the texts of a sample and compare what is found with what was annotated.

    Raises:
        GoldError: there are no annotations, or one does not have its form.
        ModelError: the language model is missing.
    """
    golds = [read_gold(path) for path in sample.annotations]
    findings = _finder(settings)(_readings(sample.documents(), settings))
    by_name = {identifier.removesuffix(".txt"): found for identifier, found in findings.items()}
    return score(golds, by_name, load_annotation())


def measure_all(sample: Sample, settings: Settings, *, left_out: bool = True) -> Measures:
    """Measure a sample in each way that tells more of it; left-out figures only if wanted.

    Raises:
        GoldError, ModelError: as for ``measure``.
    """
    informed = measure(sample, settings)
    alone = measure(replace(sample, informed=False), settings) if sample.informed else None
    others = left_out and settings.filter and len(sample.names) > 1
    rest = to_leave_out([sample], settings).filtered(sample.names) if others else None
    return Measures(informed, alone, rest)


def to_leave_out(samples: Iterable[Sample], settings: Settings) -> LeftOut:
    """The texts of some samples, read as far as is common to all filters.

    Raises:
        GoldError, ModelError: as for ``measure``.
    """
    from graph.evaluation.left_out import LeftOut  # noqa: PLC0415  spaCy is loaded only where texts are read
    from graph.evaluation.rereading import Rereading  # noqa: PLC0415

    chosen = list(samples)
    golds = {path.stem: read_gold(path) for sample in chosen for path in sample.annotations}
    documents = (document for sample in chosen for document in sample.documents())
    texts = Rereading(pipeline_at_hand(settings.model, filtered=True), documents)
    return LeftOut(texts, golds, _finder(settings), Namespace(settings.base))


def _finder(settings: Settings) -> Finder:
    named = tables(load_gazetteer(), settings)

    def found(readings: Iterable[Reading]) -> Mapping[str, Findings]:
        terms = (load_schema(), load_annotation())
        return find(readings, Namespace(settings.base), terms, named.institution, named.links)

    return found


def _readings(documents: Iterable[Document], settings: Settings) -> Iterator[Reading]:
    with Reader(settings.model, settings.jobs, filtered=settings.filter) as reader:
        for outcome in reader.read(documents):
            if not isinstance(outcome, Failure):
                yield outcome
