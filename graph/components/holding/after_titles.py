"""What stands after a title: "of Trade and Industry", "of the ruling PARTY", "to Japan", "in charge of"."""

from __future__ import annotations

from spacy.tokens import Token

from graph.components.holding.titles import NATIONAL, POSSESSIVES, Title, TitleScope
from graph.notes import Reference

_OF_BODIES = frozenset({"leader", "official", "spokesperson"})
_AS_FAR = 8  # tokens between "of" and the name of the state or body
_WITH = frozenset({"official", "spokesperson"})  # "an analyst with the institute"
_TO_WHOM = {"envoy": {"to", "for", "in", "on"}, "official": {"to", "in"}}
_PREPOSITIONS = frozenset({"of", "for", "at", "to", "in", "on", "with", "from", "by", "and", ","})


class AfterTitle(TitleScope):
    """Reads a title rightwards from its last word."""

    def read(self, title: Title) -> None:
        """Add topics to the title, and find its state or body and where it is sent."""
        self._chosen(title)
        if self.doc[title.end - 1].lower_ == "for":  # "secretary of state for ..."
            title.end = self._topic_after(title.end)
        i = title.end
        for _ in range(4):
            if i >= self.end - 1:
                break
            j = self._complement(title, i)
            if j == i:
                break
            i = j
        title.right = i
        if [t.lower_ for t in self.doc[i : min(i + 3, self.end)]] == ["at", "the", "time"]:
            title.right, title.dated = i + 3, "then"

    def _chosen(self, title: Title) -> None:
        """Read "-elect" and "-designate" as part of the title."""
        i = title.end
        if i + 1 < self.end and self.doc[i].text == "-" and self.doc[i + 1].lower_ in self.words.chosen:
            title.end, title.head = i + 2, i + 1

    def _complement(self, title: Title, i: int) -> int:
        """Read one "of ...", "for ...", "to ..." at token ``i``; return the token after it, or ``i``."""
        word = self.doc[i].lower_
        if word in {"of", "for", "at", "to", "in"} and self.doc[i + 1].lower_ == "charge":
            return self._charge(title, i)
        speaks = title.office.kind == "spokesperson"
        if (
            word in {"of", "at"}
            or (word == "with" and title.office.kind in _WITH)
            or (word == "for" and (speaks or title.office.kind not in NATIONAL))
        ):
            j = self._named_after(title, i + 1)
            if j > i + 1:
                return j
        if word in {"of", "for"} and i == title.end:
            j = self._topic_after(i + 1)
            if j > i + 1:
                title.end = j
                return j
        to_whom = _TO_WHOM.get(title.office.kind, {"to"})
        if word in to_whom and title.office.kind in {"envoy", "official", "deputy", "minister"}:
            return self._receiver(title, i)
        if word == "," and i == title.end and not title.of and title.office.kind in _OF_BODIES:
            return self._body_after_comma(title, i)
        if word not in _PREPOSITIONS and i == title.end:
            reference = self.notes.at(i)
            body = reference is not None and not title.of and self._is_body_before_name(reference)
            if body and reference is not None:
                title.of = list(reference.keys)
                return reference.end
        return i

    def _named_after(self, title: Title, i: int) -> int:
        """Read the state or body in "of the ruling PARTY", "of Egypt and Jordan"."""
        j = i
        while j < min(i + _AS_FAR, self.end) and self.notes.at(j) is None:
            within = self.doc[j].lower_ in {"of", "in"} and self.doc[j - 1].lower_ in self.words.polities
            plain = self.doc[j].pos_ in {"DET", "ADJ", "NOUN", "PRON", "VERB"} or self.doc[j].text == "-"
            if not (plain or within) or self.doc[j].lower_ == "charge":
                return i
            if self.doc[j].lower_ in self.words.portfolios:
                return i
            j += 1
        keys = self.state_of(j, title) if j < self.end else None
        if keys is None:
            return i
        if self._is_part_of_compound(j):
            return i
        reference = self.notes.at(j)
        assert reference is not None
        alone = reference.end - reference.start == 1
        if (self.doc[j].pos_ == "ADJ" and alone) or reference.rule == "demonym":
            after = self.state_of(reference.end, title) if reference.end < self.end else None
            if after is None:
                return i
            keys, reference = after, self.notes.at(reference.end) or reference
        owned = self._owned_body(reference, title)
        if owned is not None:
            keys, reference = owned.keys, owned
        if not title.of:
            title.of = list(keys)
        return self._coordinated(title, reference.end)

    def _owned_body(self, owner: Reference, title: Title) -> Reference | None:
        """The body in "of Ghana's northern command", after the reference to its owner."""
        j = owner.end
        if j >= self.end - 1 or self.doc[j].lower_ not in POSSESSIVES:
            return None
        for i in range(j + 1, min(j + 5, self.end)):
            body = self.notes.at(i)
            if body is not None:
                held = self.state_of(i, title) is not None
                kinds = {self.notes.referents[k].kind for k in body.keys}
                return body if held and kinds == {"institution"} else None
            if self.doc[i].pos_ not in {"ADJ", "NOUN", "PROPN"}:
                return None
        return None

    def _is_part_of_compound(self, j: int) -> bool:
        """Whether a name only begins a compound, as the first of two states in "A-B society"."""
        reference = self.notes.at(j)
        return (
            reference is not None and reference.end < self.end and self.doc[reference.end].text in {"-", "–"}
        )

    def _coordinated(self, title: Title, i: int) -> int:
        """Read on over "and Jordan": one more state of a plural title, or the rest of a state's long name."""
        while i < self.end - 1 and self.doc[i].lower_ in {",", "and", "&"}:
            j = i + 1
            while j < self.end - 1 and self.doc[j].lower_ in {"and", "the"}:
                j += 1
            reference = self.notes.at(j)
            if reference is None:
                break
            if not title.plural:
                kinds = {self.notes.referents[k].kind for k in reference.keys}
                return reference.end if kinds == {"territory"} and self.doc[i].text != "," else i
            keys = self.state_of(j, title)
            if keys is None:
                break
            title.of.extend(keys)
            i = reference.end
        return i

    def _topic_after(self, i: int) -> int:
        """Read "Economy, Trade and Industry", "East Asian and Pacific Affairs"; return the token after it."""
        j = i
        if j < self.end and self.doc[j].lower_ == "the":
            j += 1
        stop = i
        while j < self.end:
            token = self.doc[j]
            if stop == j and self._ends_region(j):
                break
            if self._is_topical(token):
                j += 1
                stop = j
            elif token.lower_ in {"and", "&"} and stop == j and j + 1 < self.end:
                if not self._is_topical(self.doc[j + 1]):
                    break
                j += 1
            elif token.lower_ == "," and stop == j and self._list_goes_on(j):
                j += 1
            else:
                break
        return stop

    def _ends_region(self, j: int) -> bool:
        """Whether a region's name ends before token ``j`` and a person's, not a topic, seems to begin."""
        before = self.notes.at(j - 1)
        if before is None or before.end != j or self.doc[j].lower_ in self.words.portfolios:
            return False
        return self.doc[j].pos_ == "PROPN" and self.notes.at(j) is None

    def _is_topical(self, token: Token) -> bool:
        if token.lower_ in self.words.forms and token.lower_ not in self.words.portfolios:
            return False
        if token.lower_ in self.words.portfolios:
            return True
        reference = self.notes.at(token.i)
        referents = [self.notes.referents[k] for k in reference.keys] if reference else []
        if any(r.kind == "person" for r in referents):
            return False
        joined = "-" in {self.doc[token.i - 1].text, self.doc[token.i + 1 : token.i + 2].text}  # "Afro-Asian"
        if referents and all(r.kind == "territory" and r.cls in {"State", "City"} for r in referents):
            return joined and token.pos_ != "NUM" and token.is_title
        return (
            (token.is_title or token.is_upper) and token.pos_ in {"PROPN", "ADJ", "NOUN"}
        ) or token.lower_ == "-"

    def _list_goes_on(self, comma: int) -> bool:
        """Whether a comma stands inside a list of topics: a topic, and an "and" with one more, follow."""
        for j in range(comma + 1, min(comma + 8, self.end - 1)):
            if self.doc[j].lower_ in {"and", "&"}:
                return self.doc[j + 1].lower_ in self.words.portfolios
            if self.doc[j].lower_ not in self.words.portfolios and self.doc[j].text != ",":
                return False
        return False

    def _body_after_comma(self, title: Title, i: int) -> int:
        """Read "X, Director, Institute of Y": a body between commas after a title between commas."""
        reference = self.notes.at(i + 1)
        if self.doc[title.left - 1].text != "," or title.determiner or reference is None:
            return i
        if any(self.notes.referents[k].kind != "institution" for k in reference.keys):
            return i
        closed = reference.end >= self.end or self.doc[reference.end].text in {",", ".", ";", "(", ")"}
        if not closed or reference.start != i + 1:
            return i
        title.of = list(reference.keys)
        return reference.end

    def _receiver(self, title: Title, i: int) -> int:
        j = i + 1
        while j < self.end and self.doc[j].pos_ == "DET":
            j += 1
        reference = self.notes.at(j) if j < self.end else None
        if reference is None or any(self.notes.referents[k].kind == "person" for k in reference.keys):
            return i
        title.to = list(reference.keys)
        return reference.end

    def _charge(self, title: Title, i: int) -> int:
        """Read "in charge of economic relations with Russia", which belongs to the title."""
        of = next((t for t in self.doc[i + 1 : min(i + 4, self.end)] if t.lower_ == "of"), None)
        if of is None:
            return i
        stop = i + 3
        while stop < self.end:
            token = self.doc[stop]
            if token.pos_ in {"VERB", "AUX", "SCONJ", "PUNCT", "PRON"} or token.tag_ == "WP":
                break
            stop += 1
        title.end = stop
        return stop

    def _is_body_before_name(self, reference: Reference) -> bool:
        """Whether a body stands between title and name: "Deputy Commander NATO General X"."""
        bodies = all(self.notes.referents[k].kind == "institution" for k in reference.keys)
        if not bodies or reference.end >= self.end:
            return False
        after = self.notes.at(reference.end)
        named = after is not None and all(self.notes.referents[k].kind == "person" for k in after.keys)
        return named or self.doc[reference.end].lower_ in self.words.forms
