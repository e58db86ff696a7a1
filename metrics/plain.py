"""Published answers as plain data and back, so that they can be kept in a file: nothing is lost and nothing is added.

A date, a tuple and a hidden value are marked; text, numbers and lists stay as they are. What stands behind an answer
(`achter`) is for the guard alone and is left out: it holds exact figures.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from metrics.answer import VERBORGEN, Answer
from metrics.exact import definition_of
from metrics.levels import Niveau

_MARK = "·"
_ANSWER = ("cijfer", "peildatum", "van", "tot", "momentopname", "filters", "per", "rijen")
_LEVEL = ("stap", "periode", "van", "tot", "gebied", "gemeenten", "leerroute")


def to_plain(value: Any) -> Any:
    """What JSON can hold. Raises TypeError for what it cannot give back as it was."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if value is VERBORGEN:
        return {_MARK: "verborgen"}
    if isinstance(value, Answer):
        return {_MARK: "antwoord", "in": [to_plain(getattr(value, name)) for name in _ANSWER]}
    if isinstance(value, Niveau):
        return {_MARK: "niveau", "in": [to_plain(getattr(value, name)) for name in _LEVEL]}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_MARK: "datum", "in": value.isoformat()}
    if isinstance(value, list):
        return [to_plain(one) for one in value]
    if isinstance(value, tuple):
        return {_MARK: "rij", "in": [to_plain(one) for one in value]}
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value) or _MARK in value:
            raise TypeError("only names of text can be kept")
        return {key: to_plain(one) for key, one in value.items()}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def from_plain(value: Any) -> Any:
    """What `to_plain` was given. Raises ValueError, KeyError, TypeError or Gebruiksfout for what it never made."""
    if isinstance(value, list):
        return [from_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if _MARK not in value:
        return {key: from_plain(one) for key, one in value.items()}
    kind = value[_MARK]
    if kind == "verborgen":
        return VERBORGEN
    if kind == "datum":
        return date.fromisoformat(value["in"])
    inside = [from_plain(one) for one in value["in"]]
    if kind == "rij":
        return tuple(inside)
    if kind == "antwoord":
        facts = dict(zip(_ANSWER, inside, strict=True))
        return Answer(definition=definition_of(facts["cijfer"]), **facts)
    if kind == "niveau":
        return Niveau(**dict(zip(_LEVEL, inside, strict=True)))
    raise ValueError(f"{kind} is not known")
