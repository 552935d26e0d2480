"""The component that does what the model's attribute ruler does, and remembers what that decided.

The ruler matches some 180 patterns at every token to set parts of speech, which takes a tenth of the time
of the model. But all they look at is a token's tag and dependency, the form of a few words, and at most the
next token: so each such constellation is put before the ruler once, and looked up from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

RULER = "attribute_ruler"
_SEEN: list[int | str] = ["TAG", "LOWER", "DEP"]
_SET: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA"]
_LOOKED_AT = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_ANY, _SPACE = 0, 1  # stand for the form of a word that no pattern names

Sight = tuple[int, int, int]
"""What patterns see of a token: its tag, its form, its dependency."""
Constellation = tuple[Sight | None, Sight, Sight | None]
"""A token between the one that may open a pattern of two with it and the one that it may open one with."""


@Language.factory("diplograph_attributes", requires=["token.tag"], assigns=["token.pos"])
def make_attributes(nlp: Language, name: str) -> RememberedRuler:
    """Make the component from the attribute ruler of the pipeline, which may be disabled."""
    del name
    return RememberedRuler(nlp.get_pipe(RULER))  # type: ignore[arg-type]


def is_memorable(ruler: object) -> bool:
    """Whether a component is an attribute ruler whose patterns look at nothing but what is remembered."""
    return isinstance(ruler, AttributeRuler) and all(
        len(pattern) <= 2 and all(_LOOKED_AT.issuperset(token) for token in pattern)
        for pattern in _patterns(ruler)
    )


class RememberedRuler:
    """Sets tags, parts of speech, morphology and lemmas as an attribute ruler does."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._strings = ruler.vocab.strings
        patterns = list(_patterns(ruler))
        self._named = _Named.of(token for pattern in patterns for token in pattern)
        self._opening = _Named.of(pattern[0] for pattern in patterns if len(pattern) > 1)
        self._opening_deps = {self._strings.add(dep) for dep in self._opening.deps}
        self._forms: dict[int, tuple[int, bool]] = {}
        self._verdicts: dict[Constellation, tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of a Doc that is tagged and parsed."""
        seen = [self._sight(*row) for row in doc.to_array(_SEEN).tolist()]
        verdicts = [self._verdict(doc, i, around) for i, around in enumerate(_constellations(seen))]
        if verdicts:
            rows = np.array([v[:-1] for v in verdicts], dtype="uint64")
            doc.from_array(_SET, rows)  # type: ignore[arg-type]  # of integers, whatever the stubs say
        for i, (verdict, (sight, _)) in enumerate(zip(verdicts, seen, strict=True)):
            if verdict[-1] != sight[-1]:
                doc[i].dep = verdict[-1]
        return doc

    def _sight(self, tag: int, lower: int, dep: int) -> tuple[Sight, bool]:
        """What patterns see of a token, and whether it may open a pattern of two."""
        known = self._forms.get(lower)
        if known is None:
            form = self._strings[lower]
            shown = lower if form in self._named else _SPACE if form.isspace() else _ANY
            known = self._forms[lower] = (shown, form in self._opening)
        return (tag, known[0], dep), known[1] or dep in self._opening_deps

    def _verdict(self, doc: Doc, i: int, around: Constellation) -> tuple[int, ...]:
        """Tag, part of speech, morphology, lemma and dependency of a token, as the ruler sets them."""
        verdict = self._verdicts.get(around)
        if verdict is None:
            before = 0 if around[0] is None else 1
            tokens = doc[i - before : i + (1 if around[2] is None else 2)]
            alone = Doc(
                doc.vocab,
                words=[t.text for t in tokens],
                tags=[t.tag_ for t in tokens],
                deps=[t.dep_ for t in tokens],
                heads=[0] * len(tokens),
            )
            row = self._ruler(alone).to_array([*_SET, "DEP"])[before]
            verdict = self._verdicts[around] = tuple(row.tolist())
        return verdict


@dataclass(frozen=True, slots=True)
class _Named:
    """The forms that patterns name of a token, and the dependencies of those that name no form."""

    forms: set[str] = field(default_factory=set)
    expressions: list[re.Pattern[str]] = field(default_factory=list)
    deps: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tokens: Iterator[dict[str, Any]]) -> _Named:
        named = cls()
        for token in tokens:
            if "LOWER" in token:
                named.forms.update(_values(token["LOWER"], "IN", "NOT_IN"))
                named.expressions.extend(map(re.compile, _values(token["LOWER"], "REGEX")))
            else:
                named.deps.update(_values(token.get("DEP", {}), "IN"))
        return named

    def __contains__(self, form: str) -> bool:
        return form in self.forms or any(e.search(form) for e in self.expressions)


def _patterns(ruler: AttributeRuler) -> Iterator[list[dict[str, Any]]]:
    """The patterns of a ruler, each a list of what it asks of each token."""
    for rule in ruler.patterns:
        yield from rule["patterns"]  # type: ignore[misc]


def _values(asked: str | dict[str, Any], *operators: str) -> list[str]:
    """The strings that a pattern asks for, alone or with some operators."""
    if isinstance(asked, str):
        return [asked] if "IN" in operators else []
    found = [asked.get(operator, []) for operator in operators]
    return [v for values in found for v in ([values] if isinstance(values, str) else values)]


def _constellations(seen: list[tuple[Sight, bool]]) -> Iterator[Constellation]:
    """Each token with the neighbours that matter to it."""
    before: Sight | None = None
    for i, (sight, opens) in enumerate(seen):
        after = seen[i + 1][0] if opens and i + 1 < len(seen) else None
        yield before, sight, after
        before = sight if opens else None
