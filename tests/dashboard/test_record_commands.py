"""The record from the command line: what is written comes back as data, and what is wrong is told."""

import hashlib
import json

import pytest

from dashboard.cli import main

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("INBURGERING_VANDAAG", "2024-08-01")

    def go(*words, code=0):
        found = main([*words, "--werkmap", str(tmp_path / "werk")])
        out, err = capsys.readouterr()
        assert found == code, err
        return json.loads(out) if "json" in words and out else err

    return go


def test_a_talk_from_begin_to_end(run, tmp_path):
    words = ("--datum", "2024-07-10", "--kwartaal", "2024-K2", "--aanwezig", "contractmanager", "--door", "A")
    talk = run("gesprek", "leg-vast", "danner-b1", *words, "--aanwezig", "aanbieder", "--formaat", "json")
    assert (talk["nummer"], talk["wie"], talk["aanwezigen"]) == (1, "A", ["contractmanager", "aanbieder"])
    words = ("--wat", "Plan", "--eigenaar", "aanbieder", "--voor", "31-07-2024", "--gesprek", "1")
    run("actie", "maak", "danner-b1", *words)
    [action] = run("actie", "toon", "--formaat", "json", "--streng", code=1)
    assert (action["nummer"], action["status"], action["voor"], action["gesprek"]) == (2, "te laat", "2024-07-31", 1)
    run("actie", "sluit", "2", "--resultaat", "Is er")
    assert run("actie", "toon", "--formaat", "json", "--streng") == []
    [action] = run("actie", "toon", "--alle", "--formaat", "json")
    assert (action["status"], action["resultaat"], action["gesloten"]) == ("gesloten", "Is er", "2024-08-01")
    run("logboek", "stap", "danner-b1", "aanwezigheid", "verbeterplan", "--kwartaal", "2024-K2")
    paper = tmp_path / "plan.txt"
    paper.write_text("plan")
    noted = run("logboek", "document", "danner-b1", str(paper), "--titel", "Plan", "--formaat", "json")
    assert noted["verwijzing"] == "plan.txt" and noted["sha256"] == hashlib.sha256(b"plan").hexdigest()
    run("logboek", "corrigeer", "1", "--veld", "datum=11-07-2024")
    [talk] = run("gesprek", "toon", "danner-b1", "--formaat", "json")
    assert (talk["datum"], talk["gecorrigeerd"], talk["acties"]) == ("2024-07-11", True, [2])
    assert [one["soort"] for one in run("logboek", "toon", "--formaat", "json")] == [
        "gesprek", "actie", "sluiting", "stap", "document", "gesprek",
    ]  # fmt: skip
    told = run("logboek", "controleer", "--formaat", "json")
    assert (told["in_orde"], told["regels"], told["audit"]["fouten"]) == (True, [], [])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("gesprek", "leg-vast", "danner", "--datum", "2024-07-10", "--aanwezig", "a"), "Onbekend contract: danner."),
        (("gesprek", "leg-vast", "danner-b1", "--datum", "2024-07-10", "--aanwezig", " "), "kijk naar aanwezigen"),
        (("actie", "sluit", "7", "--resultaat", "x"), "Regel 7 staat niet in het logboek"),
        (("logboek", "stap", "danner-b1", "snelheid", "malus"), "kent de KPI snelheid niet"),
        (("logboek", "document", "danner-b1", "weg.pdf", "--titel", "x"), "Het bestand weg.pdf bestaat niet"),
        (("logboek", "oordelen", "danner-b1", "--kwartaal", "2024-K1"), "nog niets geladen"),
    ],
)
def test_what_is_wrong_is_told(run, words, told):
    assert told in run(*words, code=2)


def test_the_calendar_as_data_and_as_a_file(run, tmp_path):
    items = run("agenda", "--van", "2024-07-01", "--tot", "2024-07-31", "--formaat", "json")
    assert {(one["datum"], one["soort"], one["stand"]) for one in items if one["datum"] >= "2024-07-01"} == {
        ("2024-07-28", "rapportage", "te laat")
    }
    run("agenda", "--uit", str(tmp_path / "a.ics"))
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


def test_told_verdicts_beside_those_of_now(werkmap, capsys):
    """Read back from the record, with the reason when they differ."""
    from contracts import read_agreements, record
    from contracts.record.views import to_record

    assert main(["logboek", "oordelen", "vu-onderwijs", "--kwartaal", "2024-K2", "--werkmap", str(werkmap)]) == 0
    words = ["kpi", "vu-onderwijs", "--kwartaal", "2024-K2", "--toen", "verteld", "--formaat", "json"]
    capsys.readouterr()
    assert main([*words, "--werkmap", str(werkmap)]) == 0
    changes = json.loads(capsys.readouterr().out)
    assert len(changes) == len({kpi.id for kpi in read_agreements()["vu-onderwijs"].kpis})
    assert not any(one["anders"] for one in changes)
    book = record.Record(werkmap)
    first = record.told(book.entries(), "vu-onderwijs", "2024-K2")[0]
    other = to_record(first) | {"waarde": 0.123}
    book.write("vu-onderwijs", record.Oordelen(momentopname="x", oordelen=(other,)), wie="a", kwartaal="2024-K2")
    assert main([*words, "--werkmap", str(werkmap)]) == 0
    [change] = json.loads(capsys.readouterr().out)
    assert change["toen"]["waarde"] == 0.123
    assert change["oorzaken"] == ["latere leveringen veranderden het cijfer"]
    book.close()
