"""The part of plotly.js that our charts use (lines and bars), in the place of all of it: a quarter of the size.

It is served only when it is of the same version as the package that Dash is built with; else all of it is.
"""

import hashlib
import pkgutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask

from dashboard import access

PLACE = "/_dash-component-suites/plotly/package_data/plotly.min.js"
FILE = Path(__file__).parent / "vendor" / "plotly-basic.min.js"
KINDS = ("bar", "scatter", "pie")  # what it can draw
_DAY = 24 * 3600


@lru_cache(maxsize=1)
def _script() -> tuple[bytes, str]:
    """What a browser gets, and its fingerprint."""
    whole = pkgutil.get_data("plotly", "package_data/plotly.min.js") or b""
    part = FILE.read_bytes() if FILE.exists() else b""
    chosen = part if part and _version(part) == _version(whole) else whole
    return chosen, hashlib.sha256(chosen).hexdigest()[:20]


def _version(script: bytes) -> bytes:
    """As it stands in the heading of the file."""
    return script[:200].partition(b" v")[2].partition(b"\n")[0].strip()


def add_bundle(server: flask.Flask) -> None:
    """Serve it at the address where Dash looks for plotly.js; a browser asks again after a day."""

    @server.get(PLACE)
    @access.needs(access.IEDEREEN)
    def plotly() -> Any:
        script, mark = _script()
        response = flask.Response(script, mimetype="text/javascript")
        response.set_etag(mark)
        response.cache_control.public, response.cache_control.max_age = True, _DAY
        return response.make_conditional(flask.request)
