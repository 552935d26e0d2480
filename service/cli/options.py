"""Options that several commands have, and the settings that come of them."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from graph.errors import SettingError
from graph.settings import Settings

FAILED_SOURCES = 2
"""Exit status of a build in which some sources could not be read, and of what an endpoint ended early."""


def _user() -> str:
    """The name of whoever runs the command; empty where the system has none for them."""
    try:
        return getuser()
    except (KeyError, OSError):
        return ""


store = click.option(
    "--store", type=click.Path(path_type=Path, file_okay=False), help="Folder of the store (default: ./kg)."
)
filtering = click.option(
    "--filter/--no-filter",
    "filtered",
    default=None,
    help="Let the learned filter have a say in what is an event (default), or the rules alone.",
)
why = click.option("--why", default="", help="The reason, in plain words.")
by = click.option("--by", default=_user, help="Who says so (default: your user name).")


_patience = (
    click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds to wait."),
    click.option("--attempts", type=int, default=4, show_default=True, help="How often to ask."),
)


def patient(command: Any) -> Any:
    """A command that can be told how patient to be with services on the network."""
    for option in reversed(_patience):
        command = option(command)
    return command


def settings(**options: object) -> Settings:
    """Settings from options (those given), environment and ``diplograph.toml``.

    Raises:
        SettingError: a value makes no sense, or the file cannot be read.
    """
    try:
        return Settings(**{k: v for k, v in options.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SettingError(f"The setting {where!r} is not usable: {first['msg']}.") from error
    except (OSError, ValueError) as error:
        raise SettingError(f"diplograph.toml cannot be read: {error}.") from error
