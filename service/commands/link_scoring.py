"""What ``diplograph score`` does with texts whose names were linked to Wikipedia: how far the links agree."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from graph.evaluation.wikified import LinkScore, read_wikified, score_links
from graph.identity import identify
from graph.iri import Namespace
from graph.knowledge.library import open_knowledge
from graph.linking.linker import link
from graph.readers import Failure, Reader
from graph.settings import Settings
from ontology.title_words import load_title_words

ENDING = ".conllu"


def is_wikified(folder: Path) -> bool:
    """Whether a folder holds such texts, and no annotations of diplograph's own form."""
    return any(folder.glob(f"*{ENDING}")) and not any(folder.glob("*.json"))


def measure_links(folders: tuple[Path, ...], settings: Settings) -> LinkScore:
    """Read the texts of some folders and compare their links with the annotated pages.

    Raises:
        GoldError: a text cannot be read.
        ModelError, KnowledgeError: the language model or the knowledge base is missing.
    """
    texts = [read_wikified(path) for folder in folders for path in sorted(folder.glob(f"*{ENDING}"))]
    with Reader(settings.model, settings.jobs, filtered=settings.filter) as reader:
        outcomes = list(reader.read(text.document for text in texts))
    readings = [reading for reading in outcomes if not isinstance(reading, Failure)]
    identity = identify(readings, Namespace(settings.base))
    with closing(open_knowledge(settings)) as base:
        linked = link(readings, identity, base, load_title_words())
        by_name = {reading.document.identifier: reading for reading in readings}
        return score_links(texts, by_name, identity.iris, linked, base)


def run_link_score(
    folders: tuple[Path, ...], settings: Settings, form: str, errors: str | None, console: Console
) -> None:
    """Print precision and recall of the links, or the mistakes.

    Raises:
        GoldError, ModelError, KnowledgeError: as for ``measure_links``.
    """
    measured = measure_links(folders, settings)
    if errors:
        for words in measured.mistakes:
            console.print(words, markup=False, highlight=False, soft_wrap=True)
        return
    counts = measured.counts
    row = {"p": round(counts.precision, 3), "r": round(counts.recall, 3), "f1": round(counts.f1, 3)}
    if form == "json":
        console.print_json(json.dumps({"links": {**row, "gold": counts.gold}, "unknown": measured.unknown}))
        return
    table = Table("", "precision", "recall", "F1", "of")
    table.add_row("links", *(f"{value:.3f}" for value in row.values()), str(counts.gold))
    console.print(table)
    console.print(f"{measured.unknown} annotated pages are not in the knowledge base.", highlight=False)
