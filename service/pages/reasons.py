"""Why a text was read as it was, in plain words: from the ids of rules to what a reader understands."""

from __future__ import annotations

import re

_MENTIONS = {
    "name": "by its name",
    "alias": "by another form of its name",
    "demonym": "by the word for its people",
    "capital": "the capital stands for the government",
    "office": "by the office",
    "tenure": "by the office",
    "nominal": "by a description",
    "pronoun": "by a pronoun",
    "ellipsis": "left out, as the subject of the points of a list",
    "issuer": "the text stands for who issued it",
}
_PARTS = {"verb": "verb", "noun": "noun", "adj": "adjective"}
TRIGGER = "trigger"
"""The rule of mentions that tell of events."""


def of_mention(rule: str, through: str = "") -> str:
    """Why a phrase means what it means.

    Args:
        rule: how it was resolved, as ``dg:resolvedBy`` says.
        through: the words of the mention it was resolved through, if any.
    """
    why = _MENTIONS.get(rule, f"by the rule {rule}")
    return f"{why}, through “{through}”" if through else why


def of_event(rule: str) -> str:
    """Why there is an event: ``Meeting.hold-talk.verb`` is "the verb “hold talk”"."""
    found = re.fullmatch(r"\w+\.([\w-]+)(?:\.[\w-]+)*\.(\w+)", rule)
    if not found:
        return f"the rule {rule}"
    words = found[1].replace("-", " ")
    kind = _PARTS.get(found[2], "words")
    return f"the {kind} “{words}”" if " " not in words else f"the words “{words}” ({kind})"
