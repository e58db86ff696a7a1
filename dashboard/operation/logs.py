"""The operator's log: Dutch sentences on stderr, or JSON lines for a log server.

Whatever else writes a log (the web server, a library) is told by its name and level only: its words may quote what a
person typed. Faults are told as kind and place in the code.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

from dashboard.operation.clean import clean_fact, clean_text, places
from data.instellingen import Log

NAME = "inburgering"
_LEVELS = {"info": logging.INFO, "waarschuwing": logging.WARNING, "fout": logging.ERROR}
_DUTCH = {"DEBUG": "info", "INFO": "info", "WARNING": "waarschuwing", "ERROR": "fout", "CRITICAL": "fout"}
_FOREIGN = {
    "waitress.queue": "Alle draden zijn bezig; verzoeken wachten. Gebeurt dit vaak, verhoog dan server.draden.",
}


def operator() -> logging.Logger:
    """The log for the person who keeps the program running."""
    return logging.getLogger(NAME)


def tell(sentence: str, niveau: str = "info", fault: BaseException | None = None, **feiten: Any) -> None:
    """One line: a Dutch sentence, with codes and numbers beside it."""
    info = (type(fault), fault, fault.__traceback__) if fault is not None else None
    operator().log(_LEVELS[niveau], "%s", sentence, extra={"feiten": feiten}, exc_info=info)


def start(keuze: Log, stream: TextIO | None = None) -> None:
    """Let everything that is logged in this process go through here."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json() if keuze.vorm == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    operator().setLevel(_LEVELS[keuze.niveau])
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a full disk under the log is no reason to stop


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """What one line holds, in one place for both forms."""
    own = record.name == NAME or record.name.startswith(f"{NAME}.")
    told = record.getMessage() if own else _FOREIGN.get(record.name, f"Melding van het onderdeel {record.name}.")
    found: dict[str, Any] = {
        "moment": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "niveau": _DUTCH.get(record.levelname, "info"),
        "melding": clean_text(told, 500),
    }
    found |= {name: clean_fact(value) for name, value in getattr(record, "feiten", {}).items()}
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None:
        found |= {"fout": type(fault).__name__, "plaats": places(fault)}
    return found


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_facts(record), ensure_ascii=False)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = _facts(record)
        moment = datetime.fromisoformat(facts.pop("moment")).astimezone()
        level, told = facts.pop("niveau"), facts.pop("melding")
        beside = "  ".join(f"{name}={_short(value)}" for name, value in facts.items())
        mark = "" if level == "info" else f"{level.upper()}: "
        return f"{moment:%d-%m-%Y %H:%M:%S}  {mark}{told}" + (f"  ({beside})" if beside else "")


def _short(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
