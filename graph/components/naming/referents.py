"""From names to the things they name: one referent for all names of one thing, in one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc

from graph.components.naming.atlas import Found, kind_of
from graph.components.naming.candidates import Candidate
from graph.components.naming.common_bodies import SEATED
from graph.components.naming.scene import Scene
from graph.model import EntityKind
from graph.notes import Notes, Reference, Referent
from ontology.gazetteer import Organisation, name_key

Identity = tuple[str, ...]

_PREFIXES: dict[EntityKind, str] = {"person": "p", "institution": "i", "territory": "t", "instrument": "x"}
_VAGUE = frozenset({"Institution", "Instrument"})
_SMALL = frozenset(
    {"the", "of", "for", "and", "on", "in", "a", "affairs", "to", "'s", "’s", "-", ",", "&", "new"}
)
_PARENTS = frozenset({"Legislature", "InternationalOrganization"})
_OWNING = frozenset({"of", "the", "to"})
_WITH_STATES = frozenset(
    {"Government", "Ministry", "Legislature", "Court", "PoliticalParty", "DiplomaticMission", "ArmedForces"}
    | {"Committee", "Institution"}
)


def note_references(notes: Notes, scene: Scene, names: list[Candidate], doc: Doc) -> None:
    """Write the names down as referents and references, the demonyms and nested names of states with them."""
    _Register(notes, scene, doc).write(names)


class _Register:
    """The referents of one document, by identity."""

    def __init__(self, notes: Notes, scene: Scene, doc: Doc) -> None:
        self.notes = notes
        self.scene = scene
        self.doc = doc
        self.keys: dict[Identity, str] = {}
        self.by_start: dict[int, str] = {}
        self.qualified: dict[Identity, set[Identity]] = defaultdict(set)

    def write(self, names: list[Candidate]) -> None:
        for c in names:
            if c.kind in {"institution", "instrument"}:
                core, marks = self._core(c)
                if marks:
                    self.qualified[core].add(marks)
        for c in names:
            if c.same is None:
                self._name(c)
        for c in names:
            if c.same is not None:
                self._name(c)
        self._demonyms(names)
        self._bodies(names)
        self._give_states(names)

    def _name(self, c: Candidate) -> None:
        text = " ".join(self.doc[c.start : c.end].text.split())
        key = self.by_start.get(c.same) if c.same is not None else None
        if key is None:
            key = self._key(self._identity(c, text), c.kind, c.cls, c.shown or text, c.known)
        self.by_start[c.start] = key
        self._add_form(self.notes.referents[key], text, c)
        self.notes.refer(Reference(c.start, c.end, self.doc[c.start : c.end].root.i, (key,), "name"))

    def _key(self, identity: Identity, kind: EntityKind, cls: str, name: str, known: str | None) -> str:
        key = self.keys.get(identity)
        if key is None:
            key = self.notes.new_key(_PREFIXES[kind])
            self.keys[identity] = key
            self.notes.referents[key] = Referent(key, kind, cls, name, known=known)
        return key

    def _add_form(self, referent: Referent, text: str, c: Candidate) -> None:
        """Take in another form of the name; the fullest is the name."""
        referent.known = referent.known or c.known
        if referent.cls in _VAGUE and c.cls not in _VAGUE:
            referent.cls = c.cls
        for form in filter(None, (text, c.shown)):
            if _fullness(form) > _fullness(referent.name):
                referent.aliases.add(referent.name)
                referent.name = form
            elif form != referent.name and not _shouted(form, referent.name):
                referent.aliases.add(form)
        referent.aliases = {
            a for a in referent.aliases if a != referent.name and not _shouted(a, referent.name)
        }

    def _identity(self, c: Candidate, text: str) -> Identity:
        if c.known:
            return (c.kind, "known", c.known)
        if c.kind in {"institution", "instrument"}:
            core, marks = self._core(c)
            others = self.qualified[core]
            if not marks and len(others) == 1:
                marks = next(iter(others))
            return (*core, *marks)
        return (c.kind, name_key(text))

    def _core(self, c: Candidate) -> tuple[Identity, Identity]:
        """What a name says of itself, in any order, and the states and years that it is told apart by."""
        t, found = self.scene.tokens, self.scene.found
        words, marks = set(), set(c.states)
        for i in range(c.start, c.end):
            known = found[i]
            if known and known.state:
                marks.add(known.row.id)
            elif t.text[i].isdigit() and len(t.text[i]) == 4 and c.cls != "Resolution":
                marks.add(t.text[i])
            elif t.lower[i] not in _SMALL:
                words.add(t.lower[i])
        return (c.kind, *sorted(words)), tuple(sorted(marks))

    def _demonyms(self, names: list[Candidate]) -> None:
        """Demonyms anywhere, and states named inside the names of their institutions and instruments."""
        covering: dict[int, Candidate] = {i: c for c in names for i in range(c.start, c.end)}
        for found in self._known():
            c = covering.get(found.start)
            if c is None or (c.kind == "instrument" or (c.kind == "institution" and c.cls in _WITH_STATES)):
                if c is not None and (c.start, c.end) == (found.start, found.end):
                    continue
                self._refer_to_known(found)

    def _bodies(self, names: list[Candidate]) -> None:
        """Bodies and places named inside other names: "Senate Committee", "court in Sfax"."""
        for c in names:
            last = self.scene.found[c.end - 1]
            if last and c.kind == "institution" and c.start < last.start and last.end == c.end:
                owned = self.scene.tokens.lower[last.start - 1] in _OWNING
                if owned and isinstance(last.row, Organisation) and not last.ambiguous:
                    self._refer_to_known(last, shown=True)
            if last and c.cls in SEATED and self.scene.tokens.lower[last.start - 1] == "in":
                self._refer_to_known(last, shown=True)
            found = self.scene.found[c.start]
            inside = found is not None and found.start == c.start and found.end < c.end
            if found and inside and c.cls == "Committee" and found.row.kind in _PARENTS:
                self._refer_to_known(found, shown=True)

    def _known(self) -> Iterator[Found]:
        seen: Found | None = None
        t = self.scene.tokens
        for i, found in enumerate(self.scene.found):
            if found is not None and found is not seen:
                seen = found
                if found.state and not found.ambiguous:
                    yield found
                elif isinstance(found.row, Organisation) and found.end - found.start > 1:
                    yield from self._owner(found)
            elif found is None and t.read[i] and any(dash in t.text[i] for dash in "-–—/"):
                yield from self.scene.atlas.parts(t, i)

    def _owner(self, found: Found) -> Iterator[Found]:
        """The state that a known name begins or ends with: "Chinese coast guard", "Bank of Japan"."""
        atlas, t = self.scene.atlas, self.scene.tokens
        for i in range(found.start + 1, found.end):
            for start, end in ((found.start, i), (i, found.end)):
                if state := atlas.state_at(t, start, end):
                    yield state
                    return

    def _refer_to_known(self, found: Found, *, shown: bool = False) -> None:
        """Note a known name or demonym; ``shown``: what it names is called as it is here."""
        row, kind = found.row, kind_of(found.row)
        name = " ".join(self.doc[found.start : found.end].text.split()) if shown else row.name
        key = self._key((kind, "known", row.id), kind, row.kind, name, row.id)
        rule = "demonym" if found.demonym else "name"
        head = self.doc[found.start : found.end].root.i
        at = self.notes.at(found.start)
        if (
            found.partial
            and at is not None
            and (at.start, at.end) == (found.start, found.end)
            and at.rule == rule
        ):
            keys = tuple(dict.fromkeys((*at.keys, key)))
            self.notes.replace(at, Reference(found.start, found.end, head, keys, rule))
        else:
            self.notes.refer(Reference(found.start, found.end, head, (key,), rule))

    def _give_states(self, names: list[Candidate]) -> None:
        for c in names:
            key = self.by_start[c.start]
            referent = self.notes.referents[key]
            if c.kind == "institution" and referent.state is None:
                states = c.states or self._known_state(referent)
                if len(states) == 1:
                    referent.state = self.keys.get(("territory", "known", states[0]))

    def _known_state(self, referent: Referent) -> tuple[str, ...]:
        if not referent.known:
            return ()
        row = self.scene.atlas.gazetteer.by_id(referent.known)
        return (row.state,) if isinstance(row, Organisation) and row.state else ()


def _fullness(form: str) -> tuple[int, int]:
    """How full a form of a name is: acronyms least, then by length."""
    return (0 if form.isupper() else 1, len(form))


def _shouted(form: str, name: str) -> bool:
    return form.isupper() and not name.isupper() and form.casefold() == name.casefold()
