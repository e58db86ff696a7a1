"""Units kept ready: every answer is the one that is counted without them, rights are apart, room is bounded."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import numpy as np
import pytest
from warehouse import random_rows, write

import metrics
from metrics import ALLES, Bevoegdheid, columns
from metrics.aggregate import aggregate
from metrics.connection import cursor
from metrics.definition import AFTERWARDS
from metrics.exact import counted, definition_of, parameters
from metrics.query import ask
from metrics.ready import Shelf

IDS = sorted(metrics.catalogue())
HEEMSTEDE, TWO = Bevoegdheid(frozenset({"0397"})), Bevoegdheid(frozenset({"0397", "0377"}))
DAYS = (date(2024, 6, 30), date(2025, 8, 20))
WHOLE = (DAYS[1], date(2022, 1, 1), DAYS[1])
PERIODS = ((date(2022, 1, 1), None), (date(2023, 4, 1), date(2024, 3, 31)), (date(2024, 1, 1), date(2030, 1, 1)))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return write(tmp_path_factory.mktemp("klaar") / "w.duckdb", random_rows(150, seed=11), id="klaarwereld")


@pytest.fixture(scope="module")
def shelf(world):
    return Shelf(world.path, patience=1)


def _direct(world, question, voor, days):
    with cursor(world) as connection:
        return aggregate(connection, question, parameters(question, voor, *days))


def _values(world, definition):
    """Per name that can be filtered on, values that occur and one that does not."""
    found = {}
    for name in definition.filterbaar:
        if name in AFTERWARDS:
            found[name] = list(definition.horizonnen if name == "horizon" else definition.einden)
            continue
        rows = _direct(world, ask(definition, {}, (name,)), ALLES, WHOLE)
        known = sorted({row[name] for row in rows if row[name] is not None})
        found[name] = known or [2024 if name in ("cohort", "jaar") else "0000"] if name != "leeftijd" else known
    return {name: values for name, values in found.items() if values}


@pytest.mark.parametrize("id", IDS)
def test_the_answer_is_the_one_that_is_counted_without(world, shelf, id):
    definition, dice = definition_of(id), random.Random(id)
    values = _values(world, definition)
    for _ in range(6):
        names = dice.sample(sorted(values), min(len(values), dice.randint(0, 3)))
        filters = {name: dice.sample(values[name], min(len(values[name]), dice.randint(1, 2))) for name in names}
        possible = [*definition.mogelijk, *(["tweejaar"] if "jaar" in definition.dimensies else [])]
        per = dice.sample(possible, min(len(possible), dice.randint(0, 2)))
        day, (van, tot), voor = dice.choice(DAYS), dice.choice(PERIODS), dice.choice((ALLES, HEEMSTEDE, TWO))
        days = (day, van, tot or day)
        question = ask(definition, filters, per)
        source = shelf.source(question, voor, days)
        assert source is not None
        with source:
            ready = aggregate(source, question, parameters(question, voor, *days))
        assert ready == _direct(world, question, voor, days), (filters, per, days, voor)


IN_MEMORY = {
    "instroom": "aantal", "pip_op_tijd": "aandeel", "tevredenheid": "gemiddelde", "maanden_tot_uitstroom": "kwartielen",
    "p50_allen": "tijd_tot", "uitval": "incidentie", "aanwezigheid": "verhouding", "kosten_per_persoon": "verhouding",
    "routeverdeling": "aandeel", "spuk_saldo": "bedrag", "besluiten": "aantal",
}  # fmt: skip


@pytest.mark.parametrize("id", sorted(IN_MEMORY))
def test_every_kind_of_figure_is_counted_in_memory_and_the_database_is_not_asked(world, shelf, id, monkeypatch):
    """So that the comparison above compares two ways of counting."""
    question = ask(definition_of(id), {}, tuple(name for name in ("jaar",) if name in definition_of(id).mogelijk))
    assert question.definition.soort == IN_MEMORY[id]
    with shelf.source(question, ALLES, WHOLE) as source:
        bound = parameters(question, ALLES, *WHOLE)
        before = aggregate(source, question, bound)  # what hangs on nothing is asked once
        monkeypatch.setattr(source, "execute", lambda *_: pytest.fail("the database was asked"))
        assert aggregate(source, question, bound) == before == _direct(world, question, ALLES, WHOLE)


def test_of_many_combinations_only_those_that_occur_are_counted(world, shelf):
    question = ask(definition_of("instroom"), {}, ("gemeente", "doelgroep", "leerroute", "cohort", "leeftijd", "maand"))
    with shelf.source(question, ALLES, WHOLE) as source:
        bound = parameters(question, ALLES, *WHOLE)
        groups = source.groups(question, bound)
        assert groups.many <= groups.rows < 200
        assert aggregate(source, question, bound) == _direct(world, question, ALLES, WHOLE)


def test_amounts_that_no_column_can_hold_exactly_are_left_to_the_database():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (bedrag DOUBLE, noemer DOUBLE)")
        connection.execute("INSERT INTO t VALUES (1e9, 0.1), (1e-9, 0.25)")
        found = columns.read(connection, "t", (), {})
        assert set(found.amounts) == {"noemer"}
        groups = found.grouped((), None)
        assert groups is not None
        assert [columns.written(one) for one in groups.total(found.amounts["noemer"]).tolist()] == [0.35]


@pytest.mark.parametrize("kind", ["int8", "int32", "int64"])
def test_whole_numbers_add_up_exactly(kind):
    dice = np.random.default_rng(4)
    most = min(np.iinfo(kind).max, 2**52 - 1)
    values = dice.integers(-most, most, 5000, endpoint=True).astype(kind)
    code = dice.integers(0, 7, 5000)
    found = columns.Divided(None, ("x",), (7,), None, code, 5000).total(values)
    assert found.tolist() == [sum(values[code == one].tolist()) for one in range(7)]


@pytest.mark.parametrize("total", [0, 1, -1, 35_000_000, 2**53 + 2, -(2**53) - 10**8 - 7, 10**17 + 3])
def test_a_sum_is_written_as_the_database_writes_it(total):
    text = f"{'-' if total < 0 else ''}{abs(total) // 10**8}.{abs(total) % 10**8:08d}"
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT '{text}'::DECIMAL(38, 8)::DOUBLE").fetchall() == [(columns.written(total),)]


def test_nothing_of_one_municipality_is_read_for_another(world):
    kept = Shelf(world.path, patience=1)
    question = ask(definition_of("instroom"), {}, ("gemeente",))
    with cursor(world) as connection:
        everyone = counted(connection, question, ALLES, WHOLE, kept)
        mine = counted(connection, question, HEEMSTEDE, WHOLE, kept)
        nobody = counted(connection, question, Bevoegdheid(frozenset()), WHOLE, kept)
        again = counted(connection, question, ALLES, WHOLE, kept)
    assert {row["gemeente"] for row in mine} == {"0397"}
    assert len(everyone) > 1
    assert nobody == []
    assert again == everyone


def test_rows_of_who_is_beyond_the_rights_are_not_even_there(world):
    kept = Shelf(world.path, patience=1)
    question = ask(definition_of("instroom"), {}, ())
    with kept.source(question, HEEMSTEDE, WHOLE) as source:
        text = source.units(question)
        rows = source.execute(f"{text} SELECT DISTINCT gemeente::VARCHAR FROM _u", {"van": date.min, "tot": date.max})
        assert rows.fetchall() == [("0397",)]


def test_what_is_kept_is_bounded_and_the_answers_stay(world):
    room = 12_000
    kept = Shelf(world.path, room=room, patience=1)
    ids = ["instroom", "pip_op_tijd", "routewissel", "uitstroom", "aanwezigheid", "examen_eerste_poging"] * 2
    for id in ids:
        question = ask(definition_of(id), {"geslacht": ["vrouw"]}, ())
        with cursor(world) as connection:
            assert counted(connection, question, ALLES, WHOLE, kept) == _direct(world, question, ALLES, WHOLE)
        assert kept.values <= room
    assert kept.values > 0
    held = kept.lend().execute("SELECT count(*) FROM duckdb_types() WHERE type_name LIKE 'e%\\_%' ESCAPE '\\'")
    assert held.fetchall()[0][0] < 60  # types go with their table


def test_a_figure_is_kept_when_it_is_asked_again(world):
    kept = Shelf(world.path)
    question = ask(definition_of("instroom"), {}, ())
    assert [kept.source(question, ALLES, WHOLE) is None for _ in range(4)] == [True, False, False, False]


def test_nobody_waits_for_what_is_written_when_another_writes(world):
    kept, told = Shelf(world.path, patience=1), []
    kept.behind(lambda: told.append(None))
    question = ask(definition_of("instroom"), {}, ())
    with cursor(world) as connection:
        for _ in range(3):
            assert counted(connection, question, ALLES, WHOLE, kept) == _direct(world, question, ALLES, WHOLE)
    assert (kept.values, len(told)) == (0, 1)
    assert kept.write_asked()
    assert not kept.write_asked()
    assert kept.values > 0
    with kept.source(question, ALLES, WHOLE) as source:
        assert aggregate(source, question, parameters(question, ALLES, *WHOLE)) == _direct(
            world, question, ALLES, WHOLE
        )
    assert len(told) == 1


def test_what_hangs_on_a_period_is_written_behind_when_it_is_asked_once(world):
    kept, told = Shelf(world.path), []
    kept.behind(lambda: told.append(None))
    period = (DAYS[1], date(2023, 1, 1), date(2023, 12, 31))
    assert kept.source(ask(definition_of("instroom"), {}, ()), ALLES, period) is None
    assert not kept.write_asked()
    assert kept.source(ask(definition_of("afschaling"), {}, ()), ALLES, period) is None
    assert kept.write_asked()
    with kept.source(ask(definition_of("afschaling"), {}, ()), ALLES, period) as source:
        assert source is not None
    assert len(told) == 1


def test_what_was_let_go_of_just_now_is_counted_without(world):
    kept = Shelf(world.path, patience=1)
    question = ask(definition_of("instroom"), {}, ("gemeente",))
    with kept.source(question, ALLES, WHOLE) as source, cursor(world) as connection:
        table = source.units(question).split("memory.main.")[1].split()[0]
        source.execute(f"DROP TABLE memory.main.{table}")
        assert counted(connection, question, ALLES, WHOLE, kept) == _direct(world, question, ALLES, WHOLE)


def test_many_at_once_get_the_same(world):
    kept = Shelf(world.path, room=20_000)
    ids = ["instroom", "pip_op_tijd", "uitstroom", "examen_eerste_poging", "routeverdeling", "kosten"]
    wanted = {id: _direct(world, ask(definition_of(id), {}, ()), ALLES, WHOLE) for id in ids}
    ready = threading.Barrier(8)

    def ask_all(turn):
        ready.wait()
        found = []
        for id in random.Random(turn).sample(ids * 3, 18):
            with cursor(world) as connection:
                found.append((id, counted(connection, ask(definition_of(id), {}, ()), ALLES, WHOLE, kept)))
        return found

    with ThreadPoolExecutor(8) as pool:
        for part in pool.map(ask_all, range(8)):
            assert all(rows == wanted[id] for id, rows in part)


def test_the_file_itself_cannot_be_changed_nor_another_opened(world, tmp_path):
    kept = Shelf(world.path, patience=1)
    connection = kept.lend()
    for text in (
        "DELETE FROM bron.main.personen", f"ATTACH '{tmp_path / 'x.duckdb'}' AS x", "SET enable_external_access = true",
        f"COPY (SELECT 1) TO '{tmp_path / 'x.csv'}'",
    ):  # fmt: skip
        with pytest.raises(duckdb.Error):
            connection.execute(text)
    assert list(tmp_path.iterdir()) == []
    # and rows of people are never put aside on a disk
    assert connection.execute("SELECT current_setting('temp_directory')").fetchall() == [("",)]
