"""What comes when, by hand; and the calendar file as RFC 5545 says it."""

from datetime import date

import pytest
from warehouse import write

import contracts
from contracts.agenda import Item
from contracts.record import Actie, ActionView
from data.fouten import Gebruiksfout

YAML = """id: danner-b1
titel: Taal; les, en meer
aanbieder: School
gemeenten: ["0397"]
onderdeel: {leerroute: B1}
looptijd: {van: 2024-01-01, tot: 2024-12-31, verlengbaar_tot: 2025-12-31}
keurmerk: {perioden: [{status: geldig, van: 2022-01-01, tot: 2024-09-15}]}
rapportage: {termijn_dagen: 30}
bron: artikel 4
"""


@pytest.fixture
def agreements(tmp_path):
    (tmp_path / "a.yaml").write_text(YAML)
    return contracts.read_agreements(tmp_path)


def _agenda(agreements, connection, today, first, last, actions=()):
    found = contracts.agenda(agreements, connection, actions, today=today, first=first, last=last)
    return [(str(one.datum), one.soort, one.stand) for one in found]


def test_a_year_by_hand(agreements, tmp_path):
    reports = [{"contract": "danner-b1", "kwartaal": "2024-K1", "datum": date(2024, 4, 9), "vervangen": False}]
    snapshot = write(tmp_path / "w.duckdb", {"rapportages": reports})
    open_action = ActionView(3, "danner-b1", Actie(wat="x", eigenaar="y", voor=date(2024, 8, 1)), "te laat", None, None, False)  # fmt: skip  # noqa: E501
    closed = ActionView(4, "danner-b1", Actie(wat="x", eigenaar="y", voor=date(2024, 8, 2)), "gesloten", None, None, False)  # fmt: skip  # noqa: E501
    with snapshot.connect() as connection:
        found = _agenda(
            agreements, connection, date(2024, 8, 20), date(2024, 1, 1), date(2026, 6, 1), (open_action, closed)
        )
    assert found == [
        ("2024-01-01", "evaluatie", "gedaan"),
        ("2024-04-30", "rapportage", "gedaan"),
        ("2024-07-02", "verlenging", "gedaan"),
        ("2024-07-30", "rapportage", "te laat"),
        ("2024-08-01", "actie", "te laat"),
        ("2024-09-15", "keurmerk", "verwacht"),
        ("2024-10-30", "rapportage", "verwacht"),
        ("2024-12-31", "einde contract", "verwacht"),
        ("2025-01-30", "rapportage", "verwacht"),
        ("2026-01-01", "evaluatie", "verwacht"),
    ]


def test_what_is_overdue_shows_up_until_it_is_done(agreements):
    found = _agenda(agreements, None, date(2024, 8, 20), date(2024, 8, 20), date(2024, 9, 30))
    assert found == [
        ("2024-04-30", "rapportage", "te laat"), ("2024-07-30", "rapportage", "te laat"),
        ("2024-09-15", "keurmerk", "verwacht"),
    ]  # fmt: skip


def test_evaluations_are_a_setting_and_then_every_two_years(monkeypatch):
    years = [day.year for day in contracts.evaluations(date(2031, 1, 1))]
    assert years == [2024, 2026, 2028, 2030]
    monkeypatch.setenv("INBURGERING_EVALUATIE", "2025-03-01")
    assert contracts.evaluations(date(2027, 12, 31)) == [date(2025, 3, 1), date(2027, 3, 1)]
    monkeypatch.setenv("INBURGERING_EVALUATIE", "volgend jaar")
    with pytest.raises(Gebruiksfout, match="INBURGERING_EVALUATIE"):
        contracts.evaluations(date(2027, 12, 31))


def test_the_calendar_file_follows_the_rules():
    long = "Één heel lange tekst, met een komma; en een puntkomma \\ en é" * 3
    items = [
        Item(date(2024, 2, 29), "rapportage", "c", long, "verwacht"),
        Item(date(2024, 3, 1), "actie", "c", "regel\nmet einde", "te laat"),
        Item(date(2024, 3, 2), "actie", "c", "klaar", "gedaan"),
    ]
    text = contracts.to_ics(items, {"c": "Taal"})
    assert text == contracts.to_ics(items, {"c": "Taal"})
    lines = text.split("\r\n")
    assert lines[-1] == "" and all("\n" not in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    whole = text.replace("\r\n ", "").split("\r\n")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20240229" in whole and "DTEND;VALUE=DATE:20240301" in whole
    summary = next(line for line in whole if line.startswith("SUMMARY:"))
    plain = summary[8:].replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    assert plain == f"Taal: {long}"
    assert "SUMMARY:Taal: regel\\nmet einde" in whole
    assert len({line for line in whole if line.startswith("UID:")}) == 2
