"""What the service orders of a nursery, and what a query may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, bytes of memory, rows and bytes of its answer."""

    seconds: float
    memory: int
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Fork a nursery that holds the newest snapshot, in memory where it has at most so many statements.

    ``at_once``: it must not take long, so only a small snapshot is loaded. ``cut_off``: it and its workers
    have no network, where the operating system permits that.
    """

    in_memory: int
    at_once: bool
    cut_off: bool


@dataclass(frozen=True, slots=True)
class Work:
    """Fork a worker. ``cut_off``: it can open no connection, whatever it is asked."""

    limits: Limits
    cut_off: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """Send a signal to a child."""

    pid: int
    number: int


@dataclass(frozen=True, slots=True)
class Fate:
    """Tell how a child ended that has closed its channel: the number of its signal, or 0."""

    pid: int


Order = Hold | Work | Signal | Fate
