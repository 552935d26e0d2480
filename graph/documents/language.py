"""Whether a text is English: by its script, then by its function words.

Function words are about two fifths of prose whatever the names in it, so that their share tells languages
apart in a few sentences (Grefenstette 1995, "Comparing two language identification schemes"). What shows no
other language is taken for English: a headline, a list of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from ontology.reading_words import function_words

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese",
    "HANGUL": "Korean",
    "CYRILLIC": "a language in Cyrillic script",
    "ARABIC": "a language in Arabic script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "a language in Devanagari script",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}


def other_language(text: str) -> str | None:
    """The language or script that ``text`` seems to be in; None where that is, or may be, English."""
    sample = text[:_SAMPLE]
    return _other_script(sample) or _other_latin(sample)


def _other_script(sample: str) -> str | None:
    """The language or script of most letters, where that is not Latin."""
    scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in sample if letter.isalpha())
    if not scripts or 2 * scripts["LATIN"] >= scripts.total():
        return None
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 20:
        return "Japanese"
    script = max(sorted(scripts), key=lambda name: (name != "LATIN") * scripts[name])
    return _SCRIPTS.get(script, f"a language in {script.capitalize()} script")


def _other_latin(sample: str) -> str | None:
    """The language whose function words prevail clearly over the English ones.

    Words with a capital do not count: they are parts of names ("La Paz", "De Gaulle").
    """
    tokens = _WORD.findall(sample)
    hits = {
        name: Counter(token for token in tokens if token in words) for name, words in function_words().items()
    }
    english = hits.pop("English").total()
    language = max(hits, key=lambda name: hits[name].total())
    found = hits[language]
    if len(found) >= 4 and found.total() >= max(4, 2 * english, len(tokens) // 6):
        return language
    if len(tokens) >= 60 and 20 * english < len(tokens):
        return "a language in Latin script"
    return None
