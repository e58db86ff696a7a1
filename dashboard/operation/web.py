"""What every request of the web server gets: a line in the log, and a plain sentence when it goes wrong.

`/gezond` says that the program runs, `/klaar` that it can show figures; neither says anything of people.
"""

import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import flask
from werkzeug.exceptions import HTTPException

import etl
from dashboard.operation import logs, watch
from dashboard.texts import language, language_links, mark, said, t
from data import schijf
from data.fouten import Gebruiksfout

_HOUSE = Path(__file__).parents[2]
_QUIET = ("/assets/", "/_dash-component-suites/", "/_favicon.ico", "/gezond", "/klaar")
_SENTENCES = {
    400: (mark("Dat kan niet"), mark("Dit verzoek klopt niet. Ga terug en probeer het opnieuw.")),
    401: (mark("Log eerst in"), mark("Voor deze pagina moet u ingelogd zijn.")),
    403: (mark("Dat mag niet"), mark("U hebt geen recht om dit te zien of te doen. Vraag het de beheerder.")),
    404: (mark("Deze pagina bestaat niet"), mark("Dit adres kennen wij niet. Kies een pagina in het menu.")),
    405: (mark("Dat kan niet"), mark("Dit adres neemt dit soort verzoeken niet aan.")),
    413: (mark("Te groot"), mark("Wat u stuurt is te groot.")),
    414: (mark("Te lang"), mark("Dit adres is te lang. Kies minder filters.")),
    415: (mark("Dat kan niet"), mark("Dit soort gegevens nemen wij hier niet aan.")),
    429: (mark("Even wachten"),
          mark("Er komen te veel verzoeken tegelijk. Wacht een minuut en probeer het opnieuw.")),
    500: (mark("Er ging iets mis"),
          mark("Er ging iets mis in het programma zelf; uw gegevens zijn niet veranderd. "
               "Meld dit met het tijdstip aan de beheerder.")),
    503: (mark("Nu even niet"),
          mark("De gegevens zijn nu niet te lezen. Probeer het straks opnieuw of vraag de beheerder.")),
}  # fmt: skip


def add_operation(server: flask.Flask, werkmap: Path) -> None:
    """Add /gezond and /klaar, the log of requests, and the error pages."""
    seen = watch.of(etl.Store(Path(werkmap)))
    pages = flask.Blueprint("beheer", __name__)
    _health(pages, seen)
    server.register_blueprint(pages)
    server.before_request_funcs.setdefault(None, []).insert(0, _begin)  # finding out who asks takes time too
    server.after_request(_log)
    server.teardown_request(_end)
    server.register_error_handler(HTTPException, _http)
    server.register_error_handler(Gebruiksfout, lambda fault: page(400, fault.meldingen))
    server.register_error_handler(Exception, _fault(seen, Path(werkmap)))


def _health(pages: flask.Blueprint, seen: watch.Watch) -> None:
    @pages.get("/gezond")
    def alive() -> Any:
        return {"status": "gezond"}

    @pages.get("/klaar")
    def ready() -> Any:
        try:
            snapshot = seen.current()
        except Gebruiksfout:
            return {"status": "niet klaar", "reden": "momentopname niet te lezen"}, 503
        if snapshot is None:
            return {"status": "klaar", "momentopname": None}
        facts = {"status": "klaar", "momentopname": snapshot.id}
        return facts | {"let_op": "een oudere momentopname wordt getoond"} if seen.told else facts


_busy: set[int] = set()  # threads that answer somebody


def calm() -> bool:
    """Whether nobody is being answered."""
    return not _busy


def _begin() -> None:
    flask.g.begonnen, flask.g.gerekend = time.perf_counter(), time.thread_time()
    _busy.add(threading.get_ident())


def _end(_: BaseException | None) -> None:
    _busy.discard(threading.get_ident())


def _log(response: flask.Response) -> flask.Response:
    path, begun = flask.request.path, flask.g.get("begonnen")
    taken = 1000 * (time.perf_counter() - begun) if begun else None
    if response.status_code >= 400 or not path.startswith(_QUIET):
        logs.tell(
            "Verzoek beantwoord.", "info" if response.status_code < 500 else "fout", soort=flask.request.method,
            route=_rule(), status=response.status_code, ms=round(taken) if taken is not None else None,
        )  # fmt: skip
    if taken is not None:  # what a browser shows beside its own measurement
        worked = 1000 * (time.thread_time() - flask.g.gerekend)
        response.headers["Server-Timing"] = f"app;dur={taken:.1f}, cpu;dur={worked:.1f}"
    if path in ("/gezond", "/klaar"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _while_reading(fault: Exception) -> bool:
    """Whether Dash stumbled over a question that no page of ours asks, before any code of ours was to answer it."""
    if not flask.request.path.startswith("/_dash-"):
        return False
    files = [Path(step.filename) for step in traceback.extract_tb(fault.__traceback__)]
    own = [path for path in files if path.is_relative_to(_HOUSE) and "site-packages" not in path.parts]
    return not [path for path in own if path.parent.name not in ("access", "operation")]


def _rule() -> str:
    """Which address of ours it was, without what someone filled in."""
    rule = flask.request.url_rule
    return rule.rule if rule else "onbekend"


def _http(fault: HTTPException) -> Any:
    if fault.response is not None or (fault.code or 500) < 400:  # a redirect, or an answer that is there already
        return fault
    return page(fault.code or 500)


def _fault(seen: watch.Watch, werkmap: Path) -> Callable[[Exception], Any]:
    def told(fault: Exception) -> Any:
        if isinstance(fault, RecursionError) or _while_reading(fault):
            return page(400)
        disk = schijf.vertaal(fault, werkmap)
        if isinstance(fault, duckdb.Error) or disk is not None:
            seen.doubt()
        logs.tell("Een verzoek is mislukt.", "fout", fault, route=_rule())
        return page(503) if disk is not None else page(500)

    return told


def page(code: int, sentences: list[str] | None = None) -> flask.Response:
    """An error page: what happened, in the language of who asks; no path, no place in the code."""
    found, usual = _SENTENCES.get(code, _SENTENCES[500 if code >= 500 else 400])
    title, told = t(found), sentences or [usual]
    if flask.request.accept_mimetypes.accept_html and not flask.request.is_json:
        back = t("Naar het begin")
        lines = "".join(f"<p>{said(one)}</p>" for one in told)
        text = (
            f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
            f"<title>{title} - Inburgeringsmonitor</title>"
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="stylesheet" href="/assets/stijl.css"></head>'
            f'<body><main class="inhoud"><h1>{title}</h1>{lines}<p><a href="/">{back}</a></p>'
            f"<p>{language_links()}</p></main></body></html>"
        )
        return flask.Response(text, code, mimetype="text/html")
    return flask.Response("\n".join(t(one) for one in told) + "\n", code, content_type="text/plain; charset=utf-8")
