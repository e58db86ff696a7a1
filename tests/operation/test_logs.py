"""The operator's log: Dutch, or JSON; of what others log only the name, of faults only kind and place."""

import io
import json
import logging

import pytest

from dashboard.operation import logs
from data.instellingen import Log

BSN = "999900110"


@pytest.fixture
def started():
    """Logging set up on a buffer; gives (start, text)."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    buffer = io.StringIO()
    yield lambda **keuze: logs.start(Log(**keuze), buffer), buffer.getvalue
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)


def _fail():
    raise ValueError(f"cell {BSN} of Jan")


def test_json_lines_hold_one_object_each(started):
    start, text = started
    start(vorm="json")
    logs.tell("Het dashboard staat open.", poort=8050)
    try:
        _fail()
    except ValueError as fault:
        logs.tell("Er ging iets mis.", "fout", fault, route="/bestand/<naam>")
    first, second = [json.loads(line) for line in text().splitlines()]
    assert (first["niveau"], first["melding"], first["poort"]) == ("info", "Het dashboard staat open.", 8050)
    assert second["fout"] == "ValueError" and second["plaats"][-1].startswith("test_logs.py:")
    assert BSN not in text() and "Jan" not in text()


def test_text_is_for_reading(started):
    start, text = started
    start(vorm="tekst")
    logs.tell("De schijf raakt vol.", "waarschuwing", vrij_mb=12)
    assert text().endswith("  WAARSCHUWING: De schijf raakt vol.  (vrij_mb=12)\n") and text().count("\n") == 1


def test_what_a_library_says_is_not_repeated(started):
    start, text = started
    start(vorm="tekst")
    logging.getLogger("ergens.anders").warning("person %s with token eyJabcdefgh.abc", BSN)
    logging.getLogger("waitress.queue").warning("Task queue depth is %d", 4)
    assert "Melding van het onderdeel ergens.anders." in text() and "Alle draden zijn bezig" in text()
    assert BSN not in text() and "eyJ" not in text() and "Task" not in text()


def test_a_forged_line_stays_inside_its_own(started):
    start, text = started
    start(vorm="tekst")
    logs.tell("Aanvraag\n25-11-2026 00:00:00  Alles is goed", wie="a\u2028b\x1b[31m")
    assert text().count("\n") == 1 and "\x1b" not in text() and "\u2028" not in text()


def test_below_the_chosen_level_nothing_is_told(started):
    start, text = started
    start(niveau="fout")
    logs.tell("gewoon")
    logs.tell("let op", "waarschuwing")
    logs.tell("mis", "fout")
    assert text().count("\n") == 1 and "FOUT: mis" in text()
