"""What comes when, by hand; and the calendar file as RFC 5545 says it."""

import re
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


def _parsed(text):
    """A file by the grammar of RFC 5545: unfolded lines name[;parameters]:value, components that open and close."""
    assert text.endswith("\r\n")
    events, stack = [], []
    for line in text.removesuffix("\r\n").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n"):
        name, value = re.fullmatch(r"([A-Z-]+(?:;[A-Z-]+=[^:;]+)*):(.*)", line).groups()
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
        if name == "BEGIN":
            stack.append((value, {}))
        elif name == "END":
            kind, facts = stack.pop()
            assert kind == value
            events += [facts] if kind == "VEVENT" else []
        else:
            assert name not in stack[-1][1], f"{name} twice"
            stack[-1][1][name] = value
            assert not re.search(r"(?<!\\)[;,]", value) or name in ("CATEGORIES", "PRODID")
    assert stack == []
    return events


def test_every_calendar_can_be_read_by_the_grammar():
    """All examples' items, two equal actions, and a text with control characters."""
    agreements = contracts.read_agreements()
    twice = [Item(date(2025, 3, 1), "actie", "danner-b1", "plan\x0b\x00 sturen, of; \\niets", "te laat")] * 2
    today = date(2024, 5, 1)
    items = contracts.agenda(agreements, None, [], today=today, first=today, last=date(2026, 5, 1))
    events = _parsed(contracts.to_ics([*items, *twice], {one.id: one.titel for one in agreements.values()}))
    assert len(events) == len({one["UID"] for one in events}) == sum(one.stand != "gedaan" for one in items) + 2
    for one in events:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= set(one)
        assert re.fullmatch(r"\d{8}T\d{6}Z", one["DTSTAMP"])
        assert one["DTEND;VALUE=DATE"] > one["DTSTART;VALUE=DATE"]


def test_an_evaluation_keeps_its_day(monkeypatch):
    monkeypatch.setenv("INBURGERING_EVALUATIE", "2024-02-29,2023-03-31")
    assert contracts.evaluations(date(2028, 12, 31)) == [
        date(2023, 3, 31), date(2024, 2, 29), date(2026, 2, 28), date(2028, 2, 28),
    ]  # fmt: skip
