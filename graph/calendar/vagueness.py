"""Days that are only known to lie within some: what happened "last week" did not last for a week.

Its date is the month, as far as that is one, and its first and last day stay those of the week.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.model import When

_WEEK = 6
"""Days from the first day of a week to its last."""


def is_week(when: When) -> bool:
    """Whether a date is a week from Monday to Sunday, as it is worked out of "next week"."""
    if "/" not in when.edtf or not when.start or not when.end:
        return False
    first, last = date.fromisoformat(when.start), date.fromisoformat(when.end)
    return first.weekday() == 0 and (last - first).days == _WEEK


def within_month(when: When) -> When:
    """Some day of several within one month; what spans months is left as it is."""
    if "/" not in when.edtf or not when.start or not when.end or when.start[:7] != when.end[:7]:
        return when
    return replace(when, edtf=when.start[:7])
