"""Serving the dashboard: on this computer only, unless people must log in."""

import ipaddress
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.operation import logs
from data import instellingen
from data.fouten import Gebruiksfout

_ROOM = 1024 * 1024  # beside the largest file: the rest of a form


def serve(
    werkmap: Path,
    poort: int = 8050,
    afspraken: Path | None = None,
    leveringen: Path | None = None,
    ready: Callable[[], object] | None = None,
) -> None:
    """Serve until Ctrl+C or SIGTERM; what is being answered is finished. Calls `ready` when the first request can come.

    Raises Gebruiksfout when the port is in use, and when others could reach it without logging in.
    """
    from waitress.server import create_server

    import etl
    import metrics
    from dashboard.app import WARM, create_app
    from dashboard.operation import watch
    from dashboard.operation.stop import serve_until_stopped
    from dashboard.operation.sweep import sweep_uploads
    from dashboard.operation.warm import Warm
    from dashboard.operation.web import calm

    chosen = instellingen.lees(Path(werkmap))
    host = may_listen(chosen)
    app = create_app(werkmap, afspraken, leveringen)
    logs.start(chosen.log)
    sweep_uploads()
    try:
        server = create_server(app.server, host=host, port=poort, **options(chosen))
    except OSError:
        raise Gebruiksfout(
            f"Poort {poort} is al in gebruik. Staat het dashboard al open? Of kies een andere: --poort {poort + 1}"
        ) from None
    if ready is not None:
        threading.Timer(0.05, ready).start()
    warm = Warm(
        watch.of(etl.Store(Path(werkmap))),
        app.server.extensions[WARM],
        calm=calm,
        behind=(metrics.keep_behind, metrics.keep_asked),
    )
    try:
        serve_until_stopped(server, chosen.server.stoptijd)
    finally:
        warm.stop()


def may_listen(chosen: instellingen.Instellingen) -> str:
    """The address to listen on. Any but this computer's own is refused when nobody has to log in."""
    host = chosen.server.adres
    if not chosen.inloggen.aan and not _loopback(host):
        raise Gebruiksfout(
            f"Het dashboard luistert niet op {host}: inloggen is niet ingesteld, en dan zou iedereen op het netwerk "
            "alles zien. Stel inloggen in (docs/toegang.md), of laat server.adres op 127.0.0.1 staan."
        )
    return host


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def options(chosen: instellingen.Instellingen) -> dict[str, Any]:
    """How the server answers. What a proxy says of who asks counts only when the settings say that there is one."""
    found: dict[str, Any] = {
        "threads": chosen.server.draden,
        "ident": None,
        "max_request_body_size": chosen.server.max_upload_mb * 1024 * 1024 + _ROOM,
        "max_request_header_size": 32 * 1024,
        "channel_timeout": 60,
        "expose_tracebacks": False,
        "clear_untrusted_proxy_headers": True,
    }
    if chosen.inloggen.proxy:
        found |= {
            "trusted_proxy": "*",
            "trusted_proxy_count": chosen.inloggen.proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"},
        }
    return found
