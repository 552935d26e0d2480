"""The command ``diplograph``."""

from __future__ import annotations

from typing import Any

import click

from graph.errors import DiplographError
from service.cli import asking, datasets, identity, reading


class Command(click.Group):
    """A group whose commands tell the project's own errors in one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with status 1 and one line where a DiplographError stops it."""
        try:
            return super().invoke(ctx)
        except DiplographError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="diplograph")
def main() -> None:
    """From diplomatic and news texts to a knowledge graph in which every statement has its sentence.

    \b
    diplograph build seeds            read the texts of a folder into the graph
    diplograph query who-met-whom     ask it a question that has a name
    diplograph query 'SELECT …'       or one of your own, in SPARQL
    diplograph serve                  look at it in a browser, and let programs ask

    Settings come from options, then from the environment (DIPLOGRAPH_STORE, DIPLOGRAPH_MODEL, …), then
    from diplograph.toml in the working folder.
    """


for _command in (
    reading.build,
    reading.forget,
    reading.score,
    reading.explain,
    asking.query,
    asking.export,
    asking.check,
    asking.stats,
    asking.serve,
    identity.same,
    identity.different,
    identity.unsure,
    identity.undo,
    identity.candidates,
    identity.why,
    datasets.link,
    datasets.kb,
):
    main.add_command(_command)
