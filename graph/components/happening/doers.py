"""Who does what a verb says, and to whom.

Each step goes through what grammar leaves out: passives, relative and reduced clauses, control, coordination.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from graph.components.happening.clauses import is_passive
from graph.components.happening.omitted import omits_subject
from graph.components.happening.prepositions import prepositional

RELATIVE = frozenset({"who", "whom", "which", "that"})
_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSES = frozenset({"xcomp", "advcl", "ccomp"})
_LONGEST_NAME = 3
_WORDS = frozenset(
    {
        "statement",
        "resolution",
        "declaration",
        "decree",
        "letter",
        "note",
        "message",
        "communiqué",
        "communique",
    }
    | {"speech", "law", "bill", "decision", "order", "motion", "petition", "article", "telegram", "cable"}
)
"""In which somebody acts: "adopted a resolution condemning", "a letter from Oman inviting"."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_DEPTH = 6


def subjects(token: Token) -> list[Token]:
    """Who does what a verb says; of a passive, the agent ("by ...")."""
    if token.pos_ not in _VERBAL:
        return []
    if is_passive(token):
        return prepositional(token, (("by",),))
    return surface_subjects(token)


def surface_subjects(token: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, taken over from the clause above where a verb has none of its own.

    A main verb that leaves its subject out stands for it itself: what it refers to is noted there.
    """
    found = [c for c in token.children if c.dep_ in _SUBJECTS and not _is_listed_apart(c, token)]
    if not found:  # the parser may hang it on an auxiliary
        found = [c for a in token.children if a.dep_ in _AUXILIARY for c in a.children if c.dep_ in _SUBJECTS]
    if found:
        listed = _listed(found[0], token) if token.tag_ == "VBP" else []
        return [*listed, *(_antecedent(f, token) for f in found)]
    if omits_subject(token):
        return [token]
    return _inherited(token, depth + 1) if depth < _DEPTH else []


def _listed(subject: Token, verb: Token) -> list[Token]:
    """Names that a headline joins to a subject by commas, as the verb's plural tells: "Chile, Peru sign"."""
    apart = [c for c in subject.children if c.dep_ == "appos" and c.tag_ == subject.tag_ == "NNP"]
    comma, start = subject.left_edge.i - 1, verb.sent.start
    if not start < comma <= start + _LONGEST_NAME or verb.doc[comma].text != ",":
        return apart
    before = verb.doc[start:comma]
    return [before[-1], *apart] if all(t.tag_ == "NNP" for t in before) else apart


def _is_listed_apart(subject: Token, verb: Token) -> bool:
    """Whether a semicolon stands between: in lists of clauses the parser takes an object for a subject."""
    return any(t.text == ";" for t in verb.doc[subject.i : verb.i])


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ not in RELATIVE:
        return subject
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else subject


def _inherited(token: Token, depth: int) -> list[Token]:
    head, dep = token.head, token.dep_
    if dep == "conj" and head.pos_ in _VERBAL:
        return surface_subjects(head, depth)
    if dep in _CLAUSES and head.pos_ in _VERBAL:
        if dep != "advcl" and _is_infinitive(token) and head.lemma_ != "promise":
            controllers = objects(head) or prepositional(head, (("on",), ("upon",), ("for",), ("to",)))
            return controllers or surface_subjects(head, depth)
        return surface_subjects(head, depth)
    if dep == "acl" and token.tag_ == "VBG" and head.lemma_ in _WORDS:
        return [head, *prepositional(head, (("from",), ("by",))), *_owners(head, depth)]
    if dep in {"acl", "relcl"}:
        return _owners(head, depth) if dep == "acl" and _is_infinitive(token) else [head]
    if dep == "amod":
        return [head]
    if dep == "xcomp" and head.dep_ == "acomp" and head.head.pos_ in _VERBAL:
        return surface_subjects(head.head, depth)  # "is ready to mediate"
    if dep == "pcomp":
        above = head.head
        if above.dep_ == "acomp" and above.head.pos_ in _VERBAL:
            return surface_subjects(above.head, depth)  # "is committed to working with Fiji"
        if above.pos_ not in _VERBAL:
            return _owners(above, depth)
        return _blamed(head, above) or _doers(above, depth) or surface_subjects(above, depth)
    return []


def _doers(verb: Token, depth: int) -> list[Token]:
    """Who does what a passive says of a thing: its agent, or who says so: "Chad hopes it will be built"."""
    if not is_passive(verb) or any(t.pos_ in {"PROPN", "PRON"} for t in surface_subjects(verb, depth)):
        return []
    agents = prepositional(verb, (("by",),))
    if agents or verb.dep_ != "ccomp" or verb.head.pos_ not in _VERBAL or depth >= _DEPTH:
        return agents
    return surface_subjects(verb.head, depth + 1)


def _blamed(preposition: Token, verb: Token) -> list[Token]:
    """Who did what it is praised or blamed for: "thanked France for sending", "gratitude to Chad for"."""
    if preposition.lower_ not in {"of", "for", "from"}:
        return []
    named = [*objects(verb), *prepositional(verb, (("to",),))]
    return [t for t in named if t.pos_ == "PROPN" or t.tag_ == "PRP" or preposition.lower_ == "of"]


def _owners(noun: Token, depth: int) -> list[Token]:
    """Whose doing a noun is: "Japan's proposal to ...", "they made efforts to ...".

    What is only said to be made is made by who says so: "Chad hopes that progress will be made in".
    """
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners or depth >= _DEPTH:
        return owners
    above = noun.head
    if noun.dep_ in _SUBJECTS and above.pos_ in _VERBAL:
        return _doers(above, depth)
    if noun.dep_ not in {"dobj", "conj", "attr"}:
        return []
    while above.dep_ == "conj" and above.pos_ not in _VERBAL:
        above = above.head
    return surface_subjects(above, depth) if above.pos_ in _VERBAL else _owners(above, depth + 1)


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def objects(token: Token) -> list[Token]:
    """What or whom a verb is done to; of a passive its surface subject."""
    if token.pos_ not in _VERBAL:
        return []
    direct = [c for c in token.children if c.dep_ == "dobj"]
    if direct:
        return [_antecedent(d, token) for d in direct]
    if is_passive(token):
        return surface_subjects(token)
    if token.dep_ == "relcl" and _has_own_subject(token):
        return [token.head]
    return _shared_object(token)


def _has_own_subject(verb: Token) -> bool:
    own = [c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in RELATIVE]
    return bool(own) and not any(c.lower_ == "whose" for s in own for c in s.children)


def _shared_object(verb: Token) -> list[Token]:
    """The object of the next verb, where two verbs share it: "condemned and rejected the plan"."""
    right = [c for c in verb.children if c.i > verb.i]
    if all(c.dep_ in {"cc", "conj", "punct"} for c in right):
        return [o for c in right if c.dep_ == "conj" for o in c.children if o.dep_ == "dobj"]
    return []


def indirect_objects(token: Token) -> list[Token]:
    """To or for whom: "gave Kenya", "gave to Kenya", "Kenya was given"."""
    found = []
    for child in token.children:
        if child.dep_ == "dative":
            found += [c for c in child.children if c.dep_ == "pobj"] or [child]
    if not found and is_passive(token) and any(c.dep_ == "dobj" for c in token.children):
        return surface_subjects(token)
    return found


def raised_verbs(verb: Token) -> list[Token]:
    """The infinitive whose subject stands with a verb above: "is to be held", "is due to open"."""
    if verb.lemma_ != "be" and not is_passive(verb):
        return []
    adjectives = [c for c in verb.children if c.dep_ == "acomp"]
    below = [c for v in (verb, *adjectives) for c in v.children if c.dep_ == "xcomp"]
    return [c for c in below if c.pos_ in _VERBAL and _is_infinitive(c)]


def coordinated(token: Token) -> Iterator[Token]:
    """A noun and those joined to it by "and", commas or "as well as"."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i:
            yield from coordinated(child)
