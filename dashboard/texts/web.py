"""Which language a request asks for: `taal` in the address, else what the same browser chose before."""

from typing import Any

import flask

from dashboard.texts.language import DUTCH, LANGUAGES, choose

COOKIE = "taal"
_YEAR = 365 * 24 * 60 * 60


def add_language(server: flask.Flask, *, secure: bool) -> None:
    """Choose it before anything else is done with a request: also a refusal is said in that language.

    Call it after everything else that wants to be first. The cookie holds two letters and nothing of a person; it is
    there because a page asks for its parts by addresses that do not hold the view.
    """

    def listen() -> None:
        choose(flask.request.args.get("taal") or flask.request.cookies.get(COOKIE, DUTCH))

    server.before_request_funcs.setdefault(None, []).insert(0, listen)

    @server.after_request
    def remember(response: Any) -> Any:
        asked = flask.request.args.get("taal", "")
        if asked in LANGUAGES and flask.request.method == "GET":
            response.set_cookie(COOKIE, asked, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
        return response
