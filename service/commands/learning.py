"""Learning the filter over candidates, and how well it does on texts that it has not learned from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.evaluation.learning import Example
from graph.evaluation.scoring import Score
from graph.settings import Settings
from service.commands.measuring import Sample, to_leave_out


class School:
    """Samples of annotated texts, read with all their candidates, from which filters learn."""

    def __init__(self, samples: Mapping[str, Sample], settings: Settings) -> None:
        """Read the texts of some samples, by the samples' names.

        Raises:
            GoldError: there are no annotations, or one does not have its form.
            ModelError: the language model is missing.
        """
        self._samples = {name: sample.names for name, sample in samples.items()}
        self._texts = to_leave_out(samples.values(), settings)

    @property
    def examples(self) -> list[Example]:
        """What can be learned from all the texts."""
        return self._texts.examples

    def table(self) -> Iterator[str]:
        """The figures of each sample and of all, as the lines of a table in Markdown."""
        yield "| | | precision | recall | F1 | core recall | participants |"
        yield "| --- | --- | --: | --: | --: | --: | --: |"
        everything = tuple(name for names in self._samples.values() for name in names)
        for title, names in (*self._samples.items(), ("all", everything)):
            yield f"| {title} | rules alone | {_cells(self._texts.by_rules(names))} |"
            yield f"| | filter, text left out | {_cells(self._texts.filtered(names))} |"


def _cells(measured: Score) -> str:
    events, core = measured.counts["events"], measured.counts["events.core"]
    figures = (events.precision, events.recall, events.f1, core.recall)
    shown = (*figures, measured.shares["event.participants"].value)
    return " | ".join(f"{figure:.3f}" for figure in shown)
