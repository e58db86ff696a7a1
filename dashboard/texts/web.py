"""Which language a request asks for: `taal` in the address, else that of the page it comes from, else the one that the
same browser chose before. And what templates need to speak it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import flask
from markupsafe import Markup, escape

from dashboard.texts.language import DUTCH, LANGUAGES, choose, language
from dashboard.texts.own import pieces
from dashboard.texts.table import t, tc, tn

COOKIE, HEADER = "taal", "X-Taal"
_YEAR = 365 * 24 * 60 * 60


def add_language(server: flask.Flask, *, secure: bool) -> None:
    """Choose it before anything else is done with a request: also a refusal is said in that language.

    Call it after everything else that wants to be first. A page asks for its parts by addresses that do not hold the
    view, so it says its language in a header (assets/taal.js). The cookie holds two letters and nothing of a person: it
    is for addresses that someone types, and for forms.
    """

    def listen() -> None:
        asked = flask.request
        choose(asked.args.get("taal") or asked.headers.get(HEADER) or asked.cookies.get(COOKIE, DUTCH))

    server.before_request_funcs.setdefault(None, []).insert(0, listen)
    server.jinja_env.globals.update(
        t=t, tn=tn, tc=tc, taal=language, talen=language_links, eigen=own_words, met_eigen=with_own, gezegd=said
    )

    @server.after_request
    def remember(response: Any) -> Any:
        asked = flask.request.args.get("taal", "")
        if asked in LANGUAGES and flask.request.method == "GET":
            response.set_cookie(COOKIE, asked, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
        return response

    @server.teardown_request
    def forget(fault: BaseException | None) -> None:
        del fault
        choose(DUTCH)  # a thread answers one request after another


def language_links() -> Markup:
    """The other languages on a page that the server makes: the same address with another `taal`. None under the answer
    to a form: to ask for that address again would lose what was sent."""
    if flask.request.method != "GET":
        return Markup()
    others = [(name, text) for name, text in flask.request.args.items(multi=True) if name != "taal"]
    return Markup(" ").join(
        Markup('<a class="taal" href="?{}" lang="{}" hreflang="{}">{}</a>').format(
            urlencode([*others, ("taal", code)]), code, code, name
        )
        for code, name in LANGUAGES.items()
        if code != language()
    )


def own_words(text: object) -> Markup:
    """What people or data say in Dutch, whatever language the page speaks: a screen reader then says it well."""
    return escape(text) if language() == DUTCH else Markup('<span lang="nl">{}</span>').format(text)


def with_own(text: str, own: Iterable[str]) -> Markup:
    """A sentence with phrases of people in it, each marked as Dutch."""
    return Markup().join(own_words(part) if theirs else escape(part) for part, theirs in pieces(text, own))


def said(text: str) -> Markup:
    """A sentence from below: in the language of who asks when the table has it, else as it was said."""
    found = t(text)
    return own_words(text) if found == text else escape(found)
