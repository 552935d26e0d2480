"""Where the knowledge base is kept: made on first use in the user's cache, imports in the user's data."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.errors import KnowledgeError
from graph.knowledge.base import KnowledgeBase
from graph.knowledge.compiling import CODE, Layer, compile_knowledge
from graph.settings import Settings
from ontology.gazetteer import Gazetteer, load_gazetteer
from ontology.knowledge_tables import Thing, read_things, tables_digest

OWN = "diplograph"
"""The layer of the project's own tables, under all imports."""

_THINGS: TypeAdapter[list[Thing]] = TypeAdapter(list[Thing])
_NAME = re.compile(r"[A-Za-z0-9][\w .+-]{0,60}")


def open_knowledge(settings: Settings) -> KnowledgeBase:
    """The knowledge base of the project's tables and of what was imported; made in some seconds if need be.

    Raises:
        KnowledgeError: it cannot be made or read.
    """
    imports = library(settings)
    version = imports.version()
    folder = cache_folder(settings)
    path = folder / f"knowledge-{version}.sqlite"
    if not path.exists():
        try:
            _make(path, imports, version)
        except (OSError, sqlite3.Error) as error:
            raise KnowledgeError(
                f"The knowledge base cannot be made in {folder}: {error}.",
                "Free some space, or set DIPLOGRAPH_CACHE to a folder that can be written to.",
            ) from error
    return KnowledgeBase(path)


class Library:
    """What was imported into the knowledge base, each import a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def version(self) -> str:
        """What the knowledge base is told by: a hash of all that it is made of, 16 hexadecimal digits."""
        digest = hashlib.sha256(tables_digest().encode())
        for module in CODE:
            digest.update(module.read_bytes())
        for path in self._paths():
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    def layers(self, gazetteer: Gazetteer) -> Iterator[Layer]:
        """The project's own tables, then the imports by name.

        Raises:
            KnowledgeError: an import is damaged.
        """
        yield OWN, read_things(gazetteer)
        yield from self.imports()

    def imports(self) -> Iterator[tuple[str, list[Thing]]]:
        """What was imported, by the names of the imports.

        Raises:
            KnowledgeError: an import is damaged.
        """
        for path in self._paths():
            try:
                yield path.stem, _THINGS.validate_json(path.read_bytes())
            except (ValidationError, OSError) as error:
                raise KnowledgeError(
                    f"The import {path} is damaged: {type(error).__name__}.", "Import it again, or delete it."
                ) from error

    def names(self) -> tuple[str, ...]:
        """The names of the imports."""
        return tuple(path.stem for path in self._paths())

    def keep(self, name: str, things: Iterable[Thing]) -> int:
        """Keep things as an import, in the place of an earlier one of that name; returns how many.

        Raises:
            KnowledgeError: the name cannot be a file's, or the folder cannot be written to.
        """
        if not _NAME.fullmatch(name) or name == OWN:
            raise KnowledgeError(f"{name!r} is no name for an import.", "Use letters, digits and hyphens.")
        kept = list(things)
        path = self.folder / f"{name}.json"
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_THINGS.dump_json(kept, exclude_defaults=True))
            unfinished.replace(path)
        except OSError as error:
            raise KnowledgeError(
                f"{self.folder} cannot be written to: {error.strerror}.", "Set DIPLOGRAPH_KNOWLEDGE."
            ) from error
        return len(kept)

    def drop(self, name: str) -> None:
        """Forget an import.

        Raises:
            KnowledgeError: there is none of that name.
        """
        if name not in self.names():
            raise KnowledgeError(f"There is no import {name!r}.", f"There are: {', '.join(self.names())}.")
        (self.folder / f"{name}.json").unlink()

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"))


def library(settings: Settings) -> Library:
    """The imports of the user, or of the folder that the settings name."""
    return Library(settings.knowledge or _user_folder("XDG_DATA_HOME", ".local/share"))


def cache_folder(settings: Settings) -> Path:
    """The folder of what can be made or asked for again.

    Raises:
        KnowledgeError: there is none that can be written to.
    """
    return _writable(settings.cache or _user_folder("XDG_CACHE_HOME", ".cache"))


def _make(path: Path, imports: Library, version: str) -> None:
    """Make the file, unless another process does so meanwhile; older versions are swept away."""
    with (path.parent / "knowledge.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        compile_knowledge(imports.layers(load_gazetteer()), version, path)
        others = sorted(path.parent.glob("knowledge-*.sqlite"), key=lambda p: p.stat().st_mtime)
        for old in others[:-3]:  # readers of two builds ago may still have one open
            with contextlib.suppress(OSError):
                old.unlink()


def _user_folder(variable: str, otherwise: str) -> Path:
    """The user's folder of a kind, by the XDG base directory specification 0.8."""
    named = os.environ.get(variable, "")
    root = Path(named) if named.startswith("/") else Path.home() / otherwise
    return root / "diplograph"


def _writable(folder: Path) -> Path:
    """The folder, made if need be; where it cannot be written to, one of this user among temporary files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    other = Path(tempfile.gettempdir()) / f"diplograph-{os.getuid()}"
    try:
        other.mkdir(mode=0o700, exist_ok=True)
        if other.is_symlink() or other.stat().st_uid != os.getuid():
            raise PermissionError("it belongs to somebody else")
    except OSError as error:
        raise KnowledgeError(
            f"Neither {folder} nor {other} can be written to: {error}.",
            "Set DIPLOGRAPH_CACHE to a folder that can.",
        ) from error
    return other
