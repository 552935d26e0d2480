"""Single lines that are no prose: navigation, sharing, copyright, bylines, signs, credits, bare names."""

from __future__ import annotations

import re
from functools import cache

from ontology.layout import LayoutWords

_LONGEST_LINE = 600
"""Characters. What is longer is prose, whatever it looks like."""

_SYMBOLS = re.compile(r"[\W_]*|[\W_]*\d{1,3}[\W_]*|#+|(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+")
_SLUG = re.compile(r"[A-Z0-9]+(?:[-/][A-Z0-9]+){2,}")
_REFERENCE = re.compile(r"(?:ref(?:erence)?|no|nr|n°|№)\b[.:]?\s*[\w./-]*\d[\w./-]*", re.IGNORECASE)
_SIGN_OFF = re.compile(r"(?:--|[—–])[A-Z]\w+(?:[ /]\w+){0,4}|[A-Z]{2,8}/[A-Z][a-z]+(?: [A-Z][\w.-]+){1,3}")
_MARKS = (_SYMBOLS, _SLUG, _REFERENCE, _SIGN_OFF)
_BRACKETED = re.compile(r"[\[({/*=–—-]+[^\[\](){}]{1,60}[\])}/*=–—-]+")
_PERSON = r"(?:[A-Z][\w.’'-]+\s*)"
_BYLINE = re.compile(rf"(?:[Bb]y|BY|From)\s+{_PERSON}{{2,4}}(?:(?:,|and|&|\||in|at)\s*{_PERSON}{{1,4}})*")
_READING_TIME = re.compile(r"\d{1,2}[ -]min(?:ute)?s?(?: read)?|\d+ (?:views?|comments?|shares?)")
_CREDIT_SIGNS = ("caption", "/", "©")
"""What a credit has that has none of the words of credits; to look for either is quicker than the pattern."""
_PHOTO_NAME = r"(?:[A-Z][\w.’'-]*[ /]?){1,6}"


def furniture(line: str, words: LayoutWords) -> bool:
    """Whether a line is no prose: navigation, sharing, copyright, byline, address, sign."""
    if len(line) > _LONGEST_LINE:
        return False
    bare = line.casefold().strip(" .…:|>»«<*#=-–—[]()\u200b")
    if bare in words.furniture_lines or _READING_TIME.fullmatch(bare):
        return True
    if any(mark.fullmatch(line) for mark in _MARKS):
        return True
    if _BRACKETED.fullmatch(line) and len(line.split()) <= 6 and not line[0].isalnum():
        return True
    count = len(line.split())
    folded = line.casefold()
    if count <= 25 and (_opens(folded, words) or _opens(folded.lstrip("([ "), words)):
        sentence = count > 8 and line.endswith(".") and not re.search(r"[:©]", line)
        return not sentence or "rights" in bare
    parts = [part.strip() for part in re.split(r"\s*[|·•>»/]\s*|\s{3,}|,\s", bare) if part.strip()]
    path = parts[:1] if re.search(r"\s[>»›]\s", bare) else parts
    if len(parts) > 1 and all(part in words.furniture_lines for part in path):
        return True
    return count <= 14 and (_BYLINE.fullmatch(line) is not None or "all rights reserved" in bare)


def _opens(line: str, words: LayoutWords) -> bool:
    """Whether a line begins with whole words of the furniture openings."""
    if not line.startswith(words.furniture_openings):
        return False
    found = [one for one in words.furniture_openings if line.startswith(one)]
    return any(not (one[-1].isalnum() and line[len(one) : len(one) + 1].isalnum()) for one in found)


def credited(line: str, words: LayoutWords) -> bool:
    """Whether a line is a photo's credit or a caption that ends or begins with one."""
    folded = line.casefold()
    if len(line) > _LONGEST_LINE or not any(sign in folded for sign in (*words.credits, *_CREDIT_SIGNS)):
        return False
    return _credit_pattern(words.credits).search(line) is not None


def organisation(line: str, words: LayoutWords) -> bool:
    """Whether a line is the name of an organisation and nothing else, by its nouns and capitals."""
    content = [word for word in re.findall(r"[^\W\d_][\w’'-]*", line) if len(word) > 3]
    named = {word.casefold() for word in content} & words.organisation_words
    return len(line.split()) <= 12 and bool(named) and all(word[0].isupper() for word in content)


@cache
def _credit_pattern(credits: tuple[str, ...]) -> re.Pattern[str]:
    """What a photo credit looks like: "AP Photo/Name" or "(Photo: Name)" at the end, "Photo by", "© Name"."""
    word = "(?:" + "|".join(sorted((re.escape(one) for one in credits), key=len, reverse=True)) + ")"
    return re.compile(
        rf"^(?:file |pool )?{word}(?: credit)?\s*(?::|©|/|by [A-Z]|courtesy)"
        rf"|^caption\s*:"
        rf"|[([](?:file |pool )?{word}\b[^()\[\]]{{0,60}}[)\]]\.?$"
        rf"|[([][^()\[\]]{{0,40}}\b(?:file )?{word}[)\]]\.?$"
        rf"|\b[\w.]*\s?{word}\s?/\s?(?-i:{_PHOTO_NAME})\)?$"
        rf"|\b(?:{word} (?:credit|by|courtesy of)|courtesy of)\s*:?\s+(?-i:{_PHOTO_NAME})\)?$"
        rf"|\b{word}\s*:\s*(?-i:{_PHOTO_NAME})\)?$"
        r"|/\s?(?:getty images|afp|reuters|epa|tass|ap)(?:\s?/\s?[\w .-]{2,30})?$"
        rf"|©\s?[\w.]+\s(?:{word}\b|/).{{0,40}}$|^©\s?(?-i:(?:[A-Z][\w.’'-]*[ /]?){{1,6}})(?:{word})?$",
        re.IGNORECASE,
    )
