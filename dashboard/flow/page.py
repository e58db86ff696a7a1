"""One page of the flow from its template."""

from typing import Any

import flask

from dashboard import wording


def page(template: str, status: int = 200, **facts: Any) -> flask.Response:
    """A template of this folder, with the words for people."""
    return flask.make_response(flask.render_template(f"kwartaal/{template}", wording=wording, **facts), status)
