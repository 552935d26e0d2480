"""Parts of lists: only the items on a page are worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from service.api.parameters import Paged

T = TypeVar("T")


def paged(wanted: Paged, items: Sequence[T], shown: Callable[[T], object]) -> dict[str, Any]:
    """The fields of a page: only the items on it are worked out."""
    part: Iterable[T] = items[wanted.offset : wanted.offset + wanted.limit]
    return {"total": len(items), "offset": wanted.offset, "items": [shown(item) for item in part]}
