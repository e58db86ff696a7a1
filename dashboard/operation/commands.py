"""Commands leave their line in the audit log too. One table says which; the commands themselves know nothing of it.

Who runs a command has the files of the work folder already, so a log that can't be written refuses nothing here: it is
told, and the command goes on.
"""

import argparse
import getpass
import os
from pathlib import Path
from typing import Any

from dashboard.operation.audit import audit
from data.fouten import Gebruiksfout

_WRITES = {
    "gesprek": ("leg-vast",),
    "actie": ("maak", "sluit"),
    "logboek": ("oordelen", "stap", "document", "corrigeer"),
    "aanbeveling": ("leg-vast", "stand"),
}
_FIGURES = ("cijfers", "kpi", "signalen", "vooruitblik")


def run(arguments: argparse.Namespace) -> int:
    """Run a command; what it loads, changes or takes along stands in the audit log afterwards."""
    event, facts = what(arguments)
    before = _current(arguments) if arguments.opdracht == "start" else None
    try:
        code = int(arguments.run(arguments) or 0)
    except Gebruiksfout:
        if event == "laden":
            _write("laden_mislukt", arguments, {"opdracht": arguments.opdracht})
        raise
    if event is not None and (before is None or before != _current(arguments)):  # start may find all there already
        _write(event, arguments, facts)
    return code


def what(arguments: argparse.Namespace) -> tuple[str | None, dict[str, Any]]:
    """The event that a command is, and its facts: names of ours and numbers, nothing that a person typed freely."""
    command = arguments.opdracht
    facts: dict[str, Any] = {"opdracht": command}

    def given(name: str) -> Any:
        return getattr(arguments, name, None)

    if command in ("laad", "start"):
        return "laden", facts
    if command in _FIGURES and (given("uit") or given("formaat") in ("csv", "xlsx", "json")):
        return "export", facts | {"cijfer": given("ids"), "contract": given("contracten"), "soort": given("formaat")}
    if command == "termijnen":  # per person
        return "export", facts | {"soort": given("formaat")}
    if given("onderdeel") in _WRITES.get(command, ()):
        return "vastgelegd", facts | {"soort": given("onderdeel"), "contract": given("contract")}
    if command == "momentopnamen" and (given("zet") or given("bewaar") is not None):
        return "momentopname", facts | {"momentopname": given("zet"), "bewaar": given("bewaar")}
    if command == "sleutel" and given("wissel"):
        return "sleutel", facts
    if command in ("reservekopie", "herstel"):
        return command, facts
    if command == "opruimen" and not given("proef"):
        return "opruimen", facts
    return None, facts


def _write(event: str, arguments: argparse.Namespace, facts: dict[str, Any]) -> None:
    try:
        audit(event, wie=user(), momentopname_nu=_current(arguments), **facts)
    except Gebruiksfout:
        from dashboard.commands import common

        common.say("Let op: dit kon niet in het auditlogboek worden vastgelegd. De map is vol of alleen-lezen.")


def _current(arguments: argparse.Namespace) -> str | None:
    werkmap: Path | None = getattr(arguments, "werkmap", None)
    if werkmap is None or not werkmap.is_dir():
        return None
    import etl

    return etl.Store(werkmap).current_id()


def user() -> str:
    """Who is at this computer."""
    try:
        return os.environ.get("USER") or getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return f"gebruiker {os.getuid()}"
