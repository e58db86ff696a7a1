"""The record in a real SQLite and a real PostgreSQL: it grows, it tells, and history cannot be changed."""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import postgres
import pytest
import sqlalchemy as sa

from contracts.assess import Verdict
from contracts.record import (
    Actie,
    Document,
    Gesprek,
    Oordelen,
    Record,
    Sluiting,
    Stapgezet,
    actions,
    talks,
    told,
    write_example,
)
from contracts.record.views import to_record
from data.fouten import Gebruiksfout

DAY = date(2024, 8, 1)
TALK = Gesprek(datum=date(2024, 7, 10), aanwezigen=("contractmanager", "aanbieder"), verslag="Over de aanwezigheid.")
ACTION = Actie(wat="Verbeterplan sturen", eigenaar="aanbieder", voor=date(2024, 7, 31))


@pytest.fixture(scope="module")
def server():
    if postgres.binaries() is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is needed in CI: bash .ci/postgresql")
        pytest.skip("PostgreSQL is not installed: sudo apt-get install postgresql")
    with (
        tempfile.TemporaryDirectory(prefix="inburgering-pg-", dir="/tmp") as folder,
        postgres.cluster(Path(folder)) as url,
    ):
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request, tmp_path):
    if request.param == "sqlite":
        one = Record(tmp_path / "werk")
    else:
        url = request.getfixturevalue("server")
        name = f"d{os.urandom(4).hex()}"
        engine = sa.create_engine(url.replace("postgresql", "postgresql+psycopg", 1), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        one = Record(tmp_path, url.replace("/postgres", f"/{name}"))
    yield one
    one.close()


def test_a_talk_its_actions_and_what_became_of_them(record):
    talk = record.write("danner-b1", TALK, wie="A. Bakker", kwartaal="2024-K2")
    first = record.write("danner-b1", ACTION, wie="A. Bakker", verwijst=talk.nummer)
    second = record.write("danner-b1", ACTION.model_copy(update={"voor": date(2024, 9, 1)}), wie="A. Bakker")
    assert [(one.nummer, one.status) for one in actions(record.entries(), DAY)] == [
        (first.nummer, "te laat"), (second.nummer, "open"),
    ]  # fmt: skip
    end = Sluiting(datum=date(2024, 8, 3), resultaat="Het plan is er.")
    record.write("danner-b1", end, wie="B. de Wit", verwijst=first.nummer)
    found = actions(record.entries(), DAY)
    assert [(one.nummer, one.status) for one in found] == [(second.nummer, "open"), (first.nummer, "gesloten")]
    assert found[1].to_json()["resultaat"] == "Het plan is er."
    [told_talk] = talks(record.entries("danner-b1"))
    assert told_talk.acties == (first.nummer,)
    assert told_talk.gesprek == TALK
    assert record.entries("danner-z") == []
    assert [one.wie for one in record.entries()] == ["A. Bakker", "A. Bakker", "A. Bakker", "B. de Wit"]
    assert record.verify() == []


def test_a_correction_is_a_new_entry_and_the_first_stays(record):
    talk = record.write("danner-b1", TALK, wie="a")
    better = TALK.model_copy(update={"datum": date(2024, 7, 11)})
    record.write("danner-b1", better, wie="b", verwijst=talk.nummer, correctie=True)
    [stands] = talks(record.entries())
    assert (stands.nummer, stands.gesprek.datum, stands.gecorrigeerd) == (talk.nummer, date(2024, 7, 11), True)
    assert record.entry(talk.nummer).inhoud == TALK


def test_verdicts_that_were_told_are_read_back(record):
    one = Verdict("danner-b1", "k", "2024-K2", "aanwezigheid", 0.1 + 0.2, None, None, 12, 0.8, "hoger", "voldoet niet",
                  "geen interval", 2, "verbeterplan", "K", "verhouding", "artikel 4", 3.0, 10.0, date(2024, 4, 1),
                  date(2024, 6, 30))  # fmt: skip
    for momentopname, value in (("m1", one), ("m2", one)):
        content = Oordelen(momentopname=momentopname, oordelen=(to_record(value),))
        record.write("danner-b1", content, wie="a", kwartaal="2024-K2")
    assert told(record.entries(), "danner-b1", "2024-K2") == [one]
    assert told(record.entries(), "danner-b1", "2024-K3") == []


_ATTEMPTS = [
    "UPDATE regels SET wie = 'ander'",
    "UPDATE regels SET nummer = nummer + 100",
    "DELETE FROM regels",
    "DELETE FROM regels WHERE nummer = 1",
    "INSERT INTO regels SELECT 99, moment, wie, soort, contract, kwartaal, verwijst, correctie, inhoud, 'x', 'y' "
    "FROM regels WHERE nummer = 1",
]
_OWN = {
    "sqlite": [
        "INSERT OR REPLACE INTO regels SELECT nummer, moment, 'ander', soort, contract, kwartaal, verwijst, correctie, "
        "inhoud, vorige, hash FROM regels WHERE nummer = 1",
        "UPDATE OR REPLACE regels SET inhoud = '{}'",
    ],
    "postgresql": [
        "TRUNCATE regels",
        "INSERT INTO regels SELECT * FROM regels WHERE nummer = 1 ON CONFLICT (nummer) DO UPDATE SET wie = 'ander'",
        "WITH weg AS (DELETE FROM regels RETURNING nummer) SELECT * FROM weg",
    ],
}


def test_history_cannot_be_changed(record):
    for _ in range(3):
        record.write("danner-b1", TALK, wie="a")
    before = [one.to_json() for one in record.entries()]
    with record.connection() as connection:
        dialect = connection.dialect.name
    for attempt in _ATTEMPTS + _OWN[dialect]:
        with pytest.raises(sa.exc.SQLAlchemyError), record.connection() as connection:
            connection.execute(sa.text(attempt))
        assert [one.to_json() for one in record.entries()] == before, attempt
    assert record.verify() == []


def test_who_goes_around_the_database_breaks_the_chain(record):
    for _ in range(3):
        record.write("danner-b1", TALK, wie="a")
    with record.connection() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TRIGGER regels_geen_update"))
        else:
            connection.execute(sa.text("ALTER TABLE regels DISABLE TRIGGER ALL"))
        connection.execute(sa.text("UPDATE regels SET wie = 'ander' WHERE nummer = 2"))
    assert record.verify() == [2]


def test_taking_the_last_entries_away_shows_too(record, tmp_path):
    """A chain of hashes alone would not show it."""
    for _ in range(3):
        record.write("danner-b1", TALK, wie="a")
    with record.connection() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TRIGGER regels_geen_delete"))
        else:
            connection.execute(sa.text("ALTER TABLE regels DISABLE TRIGGER ALL"))
        connection.execute(sa.text("DELETE FROM regels WHERE nummer > 1"))
    assert record.verify() == [3]
    notes = list(tmp_path.rglob("logboek-stand.json"))
    assert len(notes) == 1 and "aanbieder" not in notes[0].read_text()
    notes[0].write_text("[niet van ons]")
    assert record.verify() == []


def test_many_write_at_once_and_nothing_is_lost(record):
    with ThreadPoolExecutor(6) as pool:
        written = list(pool.map(lambda number: record.write("c", TALK, wie=f"w{number}").nummer, range(30)))
    assert len(set(written)) == 30
    assert {one.wie for one in record.entries()} == {f"w{number}" for number in range(30)}
    assert record.verify() == []


def test_what_points_to_the_wrong_entry_is_refused(record):
    talk = record.write("danner-b1", TALK, wie="a")
    end = Sluiting(datum=DAY, resultaat="klaar")
    for content, contract, number, told_text in (
        (end, "danner-b1", 99, "Regel 99 staat niet in het logboek"),
        (end, "danner-b1", talk.nummer, f"Regel {talk.nummer} is een gesprek, geen actie"),
        (ACTION, "danner-z", talk.nummer, "hoort bij danner-b1, niet bij danner-z"),
    ):
        with pytest.raises(Gebruiksfout, match=told_text):
            record.write(contract, content, wie="a", verwijst=number)
    assert len(record.entries()) == 1


def test_a_bsn_in_a_text_is_masked_before_it_is_written(tmp_path):
    record = Record(tmp_path)
    record.write("c", Gesprek(datum=DAY, aanwezigen=("aanbieder",), verslag="Over 999900006 en meer."), wie="999900006")
    record.write("c", Stapgezet(kpi="k", stap="gesprek", toelichting="zie 9999.00.006"), wie="a")
    record.write("c", Document(titel="Plan", verwijzing="plan-999900006.docx"), wie="a")
    record.close()
    raw = (tmp_path / "logboek.sqlite").read_bytes()
    assert b"999900006" not in raw and b"9999.00.006" not in raw
    assert raw.count(b"[nummer verborgen]") >= 4


def test_the_example_is_marked_and_written_once(tmp_path):
    record = Record(tmp_path)
    assert write_example(record) == 6
    assert write_example(record) == 0
    assert all("VOORBEELD" in one.wie and "VOORBEELD" in str(one.inhoud) for one in record.entries())
    assert [one.status for one in actions(record.entries(), date(2026, 1, 5))] == ["te laat", "open", "gesloten"]
    record.close()


def test_a_wrong_address_is_told_without_its_password(tmp_path):
    for url in ("postgresql://u:geheim@127.0.0.1:1/x", "mysql://u:geheim@127.0.0.1/x", "onzin"):
        with pytest.raises(Gebruiksfout) as fault:
            Record(tmp_path, url)
        assert "geheim" not in str(fault.value)
        assert "INBURGERING_LOGBOEK" in str(fault.value)


def test_the_form_of_the_database_is_the_newest_migration(tmp_path):
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from contracts.record import store

    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [store.HEAD]
    record = Record(tmp_path)
    with record.connection() as connection:
        columns = {one["name"] for one in sa.inspect(connection).get_columns("regels")}
    assert columns == {column.name for column in store.REGELS.columns}
    assert json.loads(store.canonical({"b": 1, "a": "é"})) == {"a": "é", "b": 1}
    record.close()
