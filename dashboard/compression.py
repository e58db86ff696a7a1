"""The files of the program itself, made smaller for who is elsewhere: each once, and never for this computer.

What is about people is not touched: its size would tell of what is in it, and a proxy in front may do it.
"""

import gzip
from collections import OrderedDict

import flask

from dashboard.access.web import FILES

_KINDS = ("text/javascript", "application/javascript", "text/css", "font/ttf")
_SMALL, _MOST = 2_000, 64
_HERE = ("127.0.0.1", "::1", None)


def add_compression(server: flask.Flask) -> None:
    """Add it to every answer that is a file of the program."""
    known: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    @server.after_request
    def smaller(response: flask.Response) -> flask.Response:
        request = flask.request
        if request.endpoint not in FILES or response.mimetype not in _KINDS or response.status_code != 200:
            return response
        response.headers.add("Vary", "Accept-Encoding")
        if request.remote_addr in _HERE or "gzip" not in request.accept_encodings or response.content_encoding:
            return response
        response.direct_passthrough = False
        content = response.get_data()
        if len(content) < _SMALL:
            return response
        key = (request.path, hash(content))
        if key not in known:
            known[key] = gzip.compress(content, 6, mtime=0)
            while len(known) > _MOST:
                known.popitem(last=False)
        response.set_data(known[key])
        response.headers["Content-Encoding"] = "gzip"
        return response
