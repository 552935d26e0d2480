"""A part of a list, as many operations answer with one."""

from __future__ import annotations

from typing import Generic, TypeVar

from service.api.operations import Answer

Item = TypeVar("Item")


class Page(Answer, Generic[Item]):
    """A part of a list, whose order is the same as long as the graph is."""

    total: int
    offset: int
    items: list[Item]
