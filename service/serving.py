"""What ``diplograph serve`` does: the application under a production WSGI server, until interrupted."""

from __future__ import annotations

import waitress
from rich.console import Console

from graph.errors import SettingError
from graph.settings import Settings
from service.app import create_app


def run_serve(settings: Settings, console: Console) -> None:
    """Serve the newest snapshot of the store.

    Raises:
        StoreError: there is no graph yet.
        SettingError: the address cannot be listened on.
    """
    app = create_app(settings)
    try:
        server = waitress.create_server(app, host=settings.host, port=settings.port, threads=8)
    except OSError as error:
        raise SettingError(
            f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}.",
            "Choose another with --port, or --port 0 for any that is free.",
        ) from error
    console.print(
        f"Serving {settings.store} at http://{settings.host}:{server.effective_port}  (stop with Ctrl+C)"
    )
    server.run()
