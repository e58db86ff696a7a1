"""Serving the dashboard on this computer only."""

import threading
from collections.abc import Callable
from pathlib import Path

from dashboard.operation import logs
from data import instellingen
from data.fouten import Gebruiksfout


def serve(
    werkmap: Path,
    poort: int = 8050,
    afspraken: Path | None = None,
    leveringen: Path | None = None,
    ready: Callable[[], object] | None = None,
) -> None:
    """Serve on 127.0.0.1 until Ctrl+C or SIGTERM; what is being answered is finished.

    Calls `ready` when the first request can come.
    Raises Gebruiksfout when the port is in use.
    """
    from waitress.server import create_server

    from dashboard.app import create_app
    from dashboard.operation.stop import serve_until_stopped

    app = create_app(werkmap, afspraken, leveringen)
    chosen = instellingen.lees(werkmap)
    logs.start(chosen.log)
    try:
        server = create_server(app.server, host="127.0.0.1", port=poort, threads=chosen.server.draden, ident=None)
    except OSError:
        raise Gebruiksfout(
            f"Poort {poort} is al in gebruik. Staat het dashboard al open? Of kies een andere: --poort {poort + 1}"
        ) from None
    if ready is not None:
        threading.Timer(0.05, ready).start()
    serve_until_stopped(server, chosen.server.stoptijd)
