"""What a process and all that it has started use of processor and memory, as Linux tells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def processor_seconds(pid: int) -> float:
    """What a process and those that it has started have used: to the nanosecond where they are still there.

    Of processes that have ended, Linux tells hundredths of a second; threads that have count nothing.
    """
    total = 0.0
    for found in (pid, *_descendants(pid)):
        process = Path(f"/proc/{found}")
        try:
            fields = (process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
            threads = [task.read_text(encoding="ascii") for task in process.glob("task/*/schedstat")]
        except OSError:  # it has ended meanwhile, and its parent has its seconds now
            continue
        total += sum(int(thread.split()[0]) for thread in threads) / 1e9
        total += sum(map(int, fields[13:15])) / os.sysconf("SC_CLK_TCK")
    return total


def memory(pid: int) -> int:
    """The bytes of memory that a process and those that it has started hold; shared pages count once."""
    return sum(_proportional(found) for found in (pid, *_descendants(pid)))


def _descendants(pid: int) -> Iterator[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(c) for t in tasks for c in (t / "children").read_text(encoding="ascii").split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from _descendants(child)


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Pss:"))
