"""The argument walker: from a trigger in the text to who fills its roles, by the frames of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graph.components.happening import doers, paths
from graph.components.happening.prepositions import prepositional
from graph.components.happening.triggers import Match
from graph.notes import Argument, Notes, Reference, Rejection
from ontology.frames import Condition, Requirement, RoleFrame, Trigger
from ontology.lexicon import Lexicon

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"})
_DETERMINERS = frozenset({"det", "poss", "predet", "punct", "cc", "preconj", "case"})
_MEMBERS = (("including",), ("like",), ("such", "as"), ("led", "by"), ("headed", "by"), ("composed", "of"))
_OWNERS = (("of",), ("from",), ("in",), ("for",))
_ADJUNCTS = frozenset({"prep", "npadvmod", "advmod"})
_TIMES = frozenset({"DATE", "TIME"})
_LONGEST_LITERAL = 8
_DEEPEST = 4
_NAMING = frozenset({"name", "alias", "pronoun", "ellipsis", "issuer"})


class Walker:
    """Fills the roles of triggers in one Doc."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.notes: Notes = doc._.notes
        self.lexicon = lexicon
        self.omitted = {r.start for r in self.notes.references if r.rule == "ellipsis"}
        self.timed = {i for t in self.notes.times for i in range(t.start, t.end)}
        self.wanting: list[tuple[Match, list[Argument]]] = []
        """Triggers that stand as they should but lack somebody required, with what was found."""

    def fill(self, match: Match, implied: tuple[Argument, ...] = ()) -> list[Argument] | None:
        """The arguments of a trigger in the text; None where it does not meet its frame.

        ``implied`` are arguments that the text leaves out.
        """
        trigger, token, span = match.trigger, match.head, match.span
        refused = self._refused(trigger, token, span)
        if refused is None:
            found: list[Argument] = list(implied)
            for frame in trigger.roles:
                taken = found if frame.role != "place" else [a for a in found if a.role == "place"]
                found += self._fillers(frame, trigger, token, span, taken)
            missing = self._missing(trigger, token, found)
            if missing is None:
                return found
            refused = Rejection(*span, trigger.id, missing)
            if not implied:
                self.wanting.append((match, found))
        self.notes.rejected.append(refused)
        return None

    def _refused(self, trigger: Trigger, token: Token, span: tuple[int, int]) -> Rejection | None:
        """The condition that stands against a trigger here."""
        for condition in trigger.only_if:
            if not self._holds(condition, trigger, token):
                return Rejection(*span, trigger.id, condition)
        for condition in trigger.not_if:
            if self._holds(condition, trigger, token):
                return Rejection(*span, trigger.id, condition, wanted=False)
        return None

    def _missing(self, trigger: Trigger, token: Token, found: list[Argument]) -> Requirement | None:
        """What a trigger requires and has not."""
        present = {"when"} if self.is_dated(token) else set()
        if token.pos_ == "PROPN":
            present.add("name")
        for need in trigger.require:
            keys = {a.key or a.start for a in found if a.role in need.names}
            if len(keys) < need.count and not present & need.names:
                return need
        return None

    def is_dated(self, token: Token) -> bool:
        """Whether a phrase of time stands with a word, or with the verb that it depends on."""
        above = token.head
        edges = [token.left_edge.i, token.right_edge.i + 1]
        if any(i in self.timed for i in range(*edges)):
            return True
        if above.pos_ not in {"VERB", "AUX"}:
            return False
        adjuncts = (c for c in above.children if c.dep_ in _ADJUNCTS)
        return any(i in self.timed for c in adjuncts for i in range(c.left_edge.i, c.right_edge.i + 1))

    def _holds(self, condition: Condition, trigger: Trigger, token: Token) -> bool:
        for end in paths.follow(token, condition.path.steps, trigger.support):
            for t in doers.coordinated(end):
                if "*" in condition.lemmas or t.lemma_.lower() in condition.lemmas:
                    return True
                if condition.classes and any(
                    r.cls in condition.classes for r in self.notes.referents_at(t.i)
                ):
                    return True
        return False

    def _fillers(
        self, frame: RoleFrame, trigger: Trigger, token: Token, span: tuple[int, int], taken: list[Argument]
    ) -> list[Argument]:
        found: list[Argument] = []
        own = self.notes.at(token.i)
        for path in frame.paths:
            if path.unless and len(found) >= path.unless:
                continue
            for end in paths.follow(token, path.steps, trigger.support):
                if frame.role == "place" and path.steps[-1].name == "mods" and end.dep_ == "poss":
                    continue
                at_trigger = path.steps[-1].name == "self" or end.i in self.omitted
                for argument in self.resolve(end, frame):
                    inside = argument.start < span[1] and argument.end > span[0]
                    if (inside or (own and argument.start == own.start)) and not at_trigger:
                        continue
                    if not _is_taken(argument, [*taken, *found]):
                        found.append(argument)
                        if frame.role == "place" and not frame.each:
                            return found
        return found

    def resolve(self, token: Token, frame: RoleFrame) -> Iterator[Argument]:
        """What stands at a noun, and at those joined to it by "and", if it fits the role."""
        for member in doers.coordinated(token):
            deep = _DEEPEST if frame.literal else 0
            hits = list(self._entities(member, frame.classes, deep, acting=frame.role != "place"))
            for key, reference in hits:
                yield Argument(frame.role, reference.start, reference.end, key=key)
            if not hits and frame.literal and member.pos_ in {"NOUN", "PROPN", "VERB"}:
                literal = self._literal(member)
                if literal:
                    yield Argument(frame.role, *literal, literal=self.doc[literal[0] : literal[1]].text)

    def _entities(
        self, token: Token, classes: frozenset[str], depth: int, *, acting: bool = True
    ) -> Iterator[tuple[str, Reference]]:
        reference = self.notes.at(token.i)
        if reference is not None:
            if reference.rule not in _NAMING and depth < _DEEPEST:
                named = list(self._each([c for c in token.children if c.dep_ == "appos"], classes, depth))
                if named:  # "the two ministers, X and Y"
                    yield from named
                    return
            for key in reference.keys:
                if self.notes.referents[key].cls in classes:
                    yield key, reference
            if reference.rule not in _NAMING and depth < _DEEPEST:
                for member in self._behind(token, only_members=True):
                    yield from self._each(member, classes, depth)
            return
        if depth >= _DEEPEST or token.pos_ not in _NOMINAL:
            return
        for behind in self._behind(token, acting=acting):
            found = list(self._each(behind, classes, depth))
            if token.lemma_.lower() in self.lexicon.members:
                found = [hit for hit in found if self.notes.referents[hit[0]].kind == "institution"]
            yield from found
            if found and not all(t.dep_ == "pobj" and t.head.lower_ == "by" for t in behind):
                return  # whom it is led by does not tell yet whose delegation it is

    def _each(
        self, nouns: list[Token], classes: frozenset[str], depth: int
    ) -> Iterator[tuple[str, Reference]]:
        for noun in nouns:
            for member in doers.coordinated(noun):
                yield from self._entities(member, classes, depth + 1)

    def _behind(
        self, token: Token, *, only_members: bool = False, acting: bool = True
    ) -> Iterator[list[Token]]:
        """Where the name may stand of something that a common noun refers to, the likeliest first.

        ``only_members`` are those who are named as part of it: "a delegation led by ..."; only what is
        ``acting`` does so for another: "a Kenyan soldier" is no place.
        """
        if only_members:
            yield prepositional(token, _MEMBERS)
            return
        if token.lower_ in doers.RELATIVE and token.head.dep_ == "relcl":
            yield [token.head.head]
            return
        if token.lower_ == "whose":  # "the bloc, whose ministers met"
            yield [token.head.head.head] if token.head.head.dep_ == "relcl" else []
            return
        yield [c for c in token.children if c.dep_ == "appos"]
        yield prepositional(token, _MEMBERS)
        lemma = token.lemma_.lower()
        if acting and (lemma in self.lexicon.stand_ins or lemma in self.lexicon.members):
            yield (paths.modifiers(token) + paths.possessors(token) + prepositional(token, _OWNERS))
        elif lemma in self.lexicon.groups or token.pos_ in {"DET", "PRON", "NUM"}:
            yield prepositional(token, (("of",),))
        if token.dep_ == "appos":
            yield [token.head]

    def _literal(self, token: Token) -> tuple[int, int] | None:
        """The noun phrase of a token, without determiners and clauses, at most some words long."""
        if token.pos_ == "VERB" or token.i in self.timed or token.ent_type_ in _TIMES:
            return None
        start, end = token.i, token.i + 1
        for left in token.lefts:
            if left.dep_ not in _DETERMINERS:
                start = min(start, left.left_edge.i)
        for right in token.rights:
            if right.dep_ != "prep" or right.right_edge.i + 1 - start > _LONGEST_LITERAL:
                break
            end = right.right_edge.i + 1
        while start < token.i and (self.doc[start].is_punct or self.doc[start].is_stop):
            start += 1
        return (start, end) if end - start <= _LONGEST_LITERAL else (token.i, token.i + 1)


def _is_taken(argument: Argument, taken: list[Argument]) -> bool:
    if argument.key is not None:
        return any(a.key == argument.key for a in taken)
    return any(a.start < argument.end and argument.start < a.end for a in taken)
