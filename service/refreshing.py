"""Bringing the graph up to date after a judgement, in another process, while the service answers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from threading import Lock, Thread

from graph.build import rebuild
from graph.errors import DiplographError, StoreLockedError
from graph.settings import Settings
from ontology.gazetteer import load_gazetteer
from service.commands.building import tables

_COMMAND = (sys.executable, "-c", "from service.refreshing import main; main()")
_PATIENCE = 120
"""Seconds to wait for a build that is using the store."""


@dataclass(frozen=True, slots=True)
class State:
    """Whether the graph is being brought up to date, and why the last attempt failed, if it did."""

    is_running: bool
    problem: str | None


class Refresher:
    """Follows judgements: one process at a time, and another after it for what was judged meanwhile."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.model_dump_json(exclude={"update_token"})
        self._lock = Lock()
        self._wanted = self._running = False
        self._problem: str | None = None

    @property
    def state(self) -> State:
        """How things are now."""
        with self._lock:
            return State(self._running, self._problem)

    def ask(self) -> None:
        """Have the graph follow what was judged so far; returns at once."""
        with self._lock:
            self._wanted = True
            if not self._running:
                self._running = True
                Thread(target=self._follow, name="refresher", daemon=True).start()

    def _follow(self) -> None:
        while self._is_wanted():
            done = subprocess.run(_COMMAND, input=self._settings, text=True, capture_output=True, check=False)
            said = done.stderr.strip().splitlines()
            with self._lock:
                self._problem = None if done.returncode == 0 else said[-1] if said else "It has failed."

    def _is_wanted(self) -> bool:
        with self._lock:
            self._running, self._wanted = self._wanted, False
            return self._running


def main() -> None:
    """Bring the graph up to date with the settings on standard input; says on standard error what fails."""
    settings = Settings.model_validate(json.load(sys.stdin))
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            rebuild(settings.store, settings, tables(load_gazetteer(), settings))
            return
        except StoreLockedError as error:
            if time.monotonic() > until:
                sys.exit(str(error))
            time.sleep(1)
        except DiplographError as error:
            sys.exit(str(error))
