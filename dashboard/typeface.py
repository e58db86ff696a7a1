"""The typeface of everything that people see: Source Sans Pro, from the package that brings it (OFL)."""

import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import flask

from dashboard import access

_FILES = {"gewoon": "SourceSansPro-Regular.ttf", "vet": "SourceSansPro-Semibold.ttf"}
_YEAR = 365 * 24 * 3600
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def folder() -> Path:
    """Where the files of the typeface lie."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.font_directory)


def add_typeface(server: flask.Flask) -> None:
    """Add the addresses /lettertype/gewoon.ttf and /lettertype/vet.ttf; a browser keeps them for a year."""

    @server.get("/lettertype/<name>.ttf")
    @access.needs(access.IEDEREEN)
    def typeface(name: str) -> Any:
        if name not in _FILES:
            return flask.abort(404)
        return flask.send_from_directory(folder(), _FILES[name], mimetype="font/ttf", max_age=_YEAR)


def fontconfig() -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    """A settings file by which a browser finds the typeface besides its own, and the folder that keeps it."""
    keep = tempfile.TemporaryDirectory(prefix="inburgering-letters-")
    path = Path(keep.name) / "fonts.conf"
    path.write_text(_FONTCONFIG.format(folder=escape(str(folder())), cache=escape(keep.name)), encoding="utf-8")
    return path, keep
