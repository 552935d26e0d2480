"""The named queries: SPARQL in ``service/queries``, with parameters that are VALUES of the query itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from graph.errors import NotFoundError, QueryError

_PARAMETER = re.compile(r"^(\s*VALUES \?(\w+) \{) (.*?) (\}  # (.*))$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the user may give; ``default`` is SPARQL, ``UNDEF`` where anything fits."""

    name: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name, the question it answers, and its text, which can be run as it is."""

    name: str
    question: str
    text: str

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The VALUES lines of the text that end in a comment."""
        return tuple(Parameter(m[2], m[3], m[5]) for m in _PARAMETER.finditer(self.text))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with string values for some parameters.

        Raises:
            QueryError: a value is given for a parameter that the query has not.
        """
        allowed = {p.name for p in self.parameters}
        for name in values.keys() - allowed:
            raise QueryError(
                f"The query {self.name} has no parameter {name!r}.", f"It has: {', '.join(sorted(allowed))}."
            )

        def fill(match: re.Match[str]) -> str:
            name = match[2]
            return f"{match[1]} {_literal(values[name])} {match[4]}" if name in values else match[0]

        return _PARAMETER.sub(fill, self.text)


def named_queries(group: str = "") -> dict[str, NamedQuery]:
    """The named queries for users, or those of a group for the service's own answers, by name."""
    found = {}
    for file in sorted(files("service").joinpath("queries", group).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            question = text.splitlines()[0].removeprefix("#").strip()
            name = file.name.removesuffix(".rq")
            found[name] = NamedQuery(name, question, text)
    return found


def named_query(name: str) -> NamedQuery:
    """One named query.

    Raises:
        NotFoundError: there is none of that name.
    """
    queries = named_queries()
    if name not in queries:
        raise NotFoundError(f"There is no query named {name!r}.", f"There are: {', '.join(queries)}.")
    return queries[name]


def _literal(value: str) -> str:
    """A string as a SPARQL literal."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
