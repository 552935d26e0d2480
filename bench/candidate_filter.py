"""Would a learned filter over the rules' events help? Leave-one-document-out, against the rules alone.

``python bench/candidate_filter.py GOLD …`` reads the annotated texts of the folders, learns from all but one
which events are right (logistic regression with an L2 penalty), drops those of the one whose probability is
below a threshold, and prints precision, recall and F1 of all events, and recall of core events, for several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from graph.evaluation.findings import Findings, find
from graph.evaluation.gold import GoldDocument, read_gold
from graph.evaluation.gold_texts import annotated_texts, list_annotations
from graph.evaluation.scoring import right_events, score
from graph.identity import event_iri
from graph.iri import Namespace
from graph.model import Document, Event, Reading
from graph.notes import Notes
from graph.pipeline import load_pipeline
from graph.reading import collect
from graph.settings import Settings
from ontology.annotation import load_annotation
from ontology.gazetteer import load_gazetteer
from ontology.schema import load_schema
from service.commands.building import tables

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
RAREST = 3
"""Features that fewer events have are left out."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that the rules found: its text, its IRI, what it looks like, and whether it is right."""

    text: str
    iri: str
    features: frozenset[str]
    right: bool


def read_documents(documents: Iterable[Document]) -> Iterator[tuple[Doc, Reading]]:
    """The documents as the pipeline leaves them, with their readings."""
    nlp = load_pipeline()
    for document in documents:
        doc = nlp.make_doc(document.text)
        doc._.notes = Notes(document)
        doc = nlp(doc)
        yield doc, collect(doc)


def features(event: Event, doc: Doc, kinds: Mapping[str, str], before: Counter[str]) -> frozenset[str]:
    """What may tell a right event from a false one."""
    words = doc.char_span(event.trigger.begin, event.trigger.end, alignment_mode="expand")
    assert words is not None
    token = words.root
    named = Counter(kinds[r.entity] for r in event.roles if r.entity)
    found = {
        *(f"class {event.cls}", f"class {event.cls} {token.pos_}", f"rule {event.rule}", f"pos {token.pos_}"),
        *(f"dependency {token.dep_}", f"head {token.head.pos_}", f"factuality {event.factuality}"),
        *(f"{kind} {min(number, 3)}" for kind, number in named.items()),
        *(f"role {role.name}" for role in event.roles),
        f"named {min(3, sum(named.values()))}",
    }
    told = {"dated": event.when, "reported": event.source, "seen before": before[event.cls]}
    found.update(name for name, value in told.items() if value)
    return frozenset(found | ({"told twice"} if len(event.sentences) > 1 else set()))


def candidates(
    read: Iterable[tuple[Doc, Reading]],
    findings: Mapping[str, Findings],
    golds: Mapping[str, GoldDocument],
    names: Namespace,
) -> Iterator[Candidate]:
    """All events of all texts, with whether they are right."""
    for doc, reading in read:
        identifier = reading.document.identifier
        found = findings[identifier]
        right = right_events(golds[Path(identifier).stem], found, load_annotation())
        counted = {e.iri for e in found.events}
        kinds = {e.key: e.kind for e in reading.entities}
        before: Counter[str] = Counter()
        for event in reading.events:
            iri = event_iri(reading, event, names)
            if iri in counted:
                yield Candidate(identifier, iri, features(event, doc, kinds, before), iri in right)
            before[event.cls] += 1


def fitted(rows: Array, labels: Array, penalty: float) -> Array:
    """Weights of a logistic regression, by Newton's method; the last column is the intercept."""
    weights = np.zeros(rows.shape[1])
    penalties = np.append(np.full(rows.shape[1] - 1, penalty), 1e-6)
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (p - labels) + penalties * weights
        step = np.linalg.solve((rows.T * (p * (1 - p))) @ rows + np.diag(penalties), slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def probabilities(every: list[Candidate], penalty: float) -> dict[str, float]:
    """The probability of each event to be right, learned from all other texts."""
    found: dict[str, float] = {}
    for text in sorted({c.text for c in every}):
        others = [c for c in every if c.text != text]
        counts = Counter(f for c in others for f in c.features)
        columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}
        labels = np.array([float(c.right) for c in others])
        weights = fitted(matrix(others, columns), labels, penalty)
        own = [c for c in every if c.text == text]
        values = 1 / (1 + np.exp(-matrix(own, columns) @ weights))
        found.update({c.iri: float(p) for c, p in zip(own, values, strict=True)})
    return found


def matrix(rows: list[Candidate], columns: Mapping[str, int]) -> Array:
    """A row of noughts and ones for each candidate, with a one for the intercept."""
    filled = np.zeros((len(rows), len(columns) + 1))
    filled[:, -1] = 1
    for i, row in enumerate(rows):
        filled[i, [columns[f] for f in row.features if f in columns]] = 1
    return filled


def report(
    label: str, kept: frozenset[str], findings: Mapping[str, Findings], golds: Mapping[str, GoldDocument]
) -> None:
    """Print the figures when only some events are kept."""
    filtered = {
        Path(identifier).stem: replace(f, events=tuple(e for e in f.events if e.iri in kept))
        for identifier, f in findings.items()
    }
    counts = score(golds.values(), filtered, load_annotation()).counts
    events, core = counts["events"], counts["events.core"]
    figures = f"P {events.precision:.3f}  R {events.recall:.3f}  F1 {events.f1:.3f}  core R {core.recall:.3f}"
    click.echo(f"{label:22} {figures}  ({len(kept)} events)")


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--penalty", default=3.0, show_default=True, help="Strength of the L2 penalty.")
def main(folders: tuple[Path, ...], penalty: float) -> None:
    """Print the figures of the rules alone, and with the filter at several thresholds."""
    paths = list_annotations(folders)
    golds = {path.stem: read_gold(path) for path in paths}
    names = Namespace(Settings().base)
    read = list(read_documents(annotated_texts(paths, informed=True)))
    terms = (load_schema(), load_annotation())
    named = tables(load_gazetteer(), Settings())
    findings = find((r for _, r in read), names, terms, named.institution, named.links)
    every = list(candidates(read, findings, golds, names))
    report("rules alone", frozenset(c.iri for c in every), findings, golds)
    likely = probabilities(every, penalty)
    for threshold in THRESHOLDS:
        kept = frozenset(iri for iri, p in likely.items() if p >= threshold)
        report(f"filter, from {threshold} on", kept, findings, golds)
    report("what is right, alone", frozenset(c.iri for c in every if c.right), findings, golds)


if __name__ == "__main__":
    main()
