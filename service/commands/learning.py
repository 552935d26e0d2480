"""Learning the filter over candidates, and how well it does on texts that it has not learned from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.evaluation.findings import Findings, find
from graph.evaluation.gold import GoldDocument, read_gold
from graph.evaluation.gold_texts import annotated_texts, list_annotations
from graph.evaluation.learning import Example, examples, learn, set_filter
from graph.evaluation.scoring import Score, score
from graph.iri import Namespace
from graph.linking.linker import Linked
from graph.model import Document, Reading
from graph.pipeline import load_pipeline
from graph.reading import read
from graph.settings import Settings
from ontology.annotation import load_annotation
from ontology.gazetteer import load_gazetteer
from ontology.schema import load_schema
from service.commands.building import tables
from service.commands.scoring import Sample


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Figures of the same texts by the rules alone, and by a filter that learned from all texts but each."""

    rules: Score
    filtered: Score


class School:
    """Annotated texts, read with all their candidates, from which filters learn."""

    def __init__(self, samples: Mapping[str, Sample], settings: Settings) -> None:
        """Read the texts of some samples, by the samples' names.

        Raises:
            GoldError: there are no annotations, or one does not have its form.
            ModelError: the language model is missing.
        """
        self._settings = settings
        self._names = Namespace(settings.base)
        self._institution = tables(load_gazetteer(), settings).institution
        self._nlp = load_pipeline(settings.model)
        self.documents: dict[str, Document] = {}
        self.golds: dict[str, GoldDocument] = {}
        self._samples: dict[str, tuple[str, ...]] = {}
        for name, sample in samples.items():
            paths = list_annotations(sample.gold, sample.only)
            self._samples[name] = tuple(path.stem for path in paths)
            self.golds |= {path.stem: read_gold(path) for path in paths}
            for document in annotated_texts(paths, sample.texts, informed=True):
                self.documents[Path(document.identifier).stem] = document
        texts = self.documents.values()
        self.examples = examples(self._nlp, texts, self.golds, self._find, self._names)

    def _find(self, readings: Iterable[Reading]) -> Mapping[str, Findings]:
        terms = (load_schema(), load_annotation())
        return find(readings, self._names, terms, self._institution, lambda *_: Linked())

    def without(self, text: str) -> list[Example]:
        """The examples of all texts but one."""
        return [example for example in self.examples if example.text != text]

    def left_out(self, names: Iterable[str]) -> LeftOut:
        """Measure some of the texts, each read with a filter that learned from all the others."""
        chosen = [name for name in self.documents if name in set(names)]
        set_filter(self._nlp, None, filtered=False)
        rules = list(read(self._nlp, (self.documents[name] for name in chosen)))
        return LeftOut(self._score(rules, chosen), self._score(self._each_left_out(chosen), chosen))

    def table(self) -> Iterator[str]:
        """The figures of each sample and of all, as the lines of a table in Markdown."""
        yield "| | | precision | recall | F1 | core recall | participants |"
        yield "| --- | --- | --: | --: | --: | --: | --: |"
        for name, texts in (*self._samples.items(), ("all", tuple(self.documents))):
            measured = self.left_out(texts)
            yield f"| {name} | rules alone | {_cells(measured.rules)} |"
            yield f"| | filter, text left out | {_cells(measured.filtered)} |"

    def _each_left_out(self, names: Iterable[str]) -> Iterator[Reading]:
        for name in names:
            set_filter(self._nlp, learn(self.without(name)))
            yield from read(self._nlp, [self.documents[name]])

    def _score(self, readings: Iterable[Reading], names: list[str]) -> Score:
        found = {Path(identifier).stem: f for identifier, f in self._find(readings).items()}
        return score((self.golds[name] for name in names), found, load_annotation())


def _cells(measured: Score) -> str:
    events, core = measured.counts["events"], measured.counts["events.core"]
    figures = (events.precision, events.recall, events.f1, core.recall)
    shown = (*figures, measured.shares["event.participants"].value)
    return " | ".join(f"{figure:.3f}" for figure in shown)
