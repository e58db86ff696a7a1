"""What lies in the work folder may be damaged, old, too much or of another key: it is told, and a load repairs it."""

import os
import shutil
import stat
import time

import duckdb
import pytest

import etl
from data.fouten import Gebruiksfout
from etl import key_change
from tests.etl.conftest import ONE, TERMS, THREE, TWO, fictional, people


@pytest.fixture
def store(tmp_path):
    return etl.Store(tmp_path / "werk")


def _damage(path, place):
    size = path.stat().st_size
    with path.open("r+b") as handle:
        if place == "end":
            handle.truncate(size // 2)
        elif place == "whole":
            handle.write(bytes(size))
        elif place == "empty":
            handle.truncate(0)
        else:
            handle.seek(size // 2)
            handle.write(b"\xff" * 4096)


@pytest.mark.parametrize("place", ["end", "inside"])
def test_a_damaged_momentopname_is_made_again_by_the_same_load(folder, load, rows, store, place):
    (folder / "personen.csv").write_text(people(ONE, TWO))
    load()
    id = store.current().id
    whole = store.path_of(id).read_bytes()
    for kind in ("whole", "empty", "end") if place == "end" else ():
        store.path_of(id).write_bytes(whole)
        _damage(store.path_of(id), kind)
        with pytest.raises(Gebruiksfout, match=f"{id} is beschadigd. Laad uw leveringen opnieuw"):
            store.current().connect()
        assert [info.leesbaar for info in store.snapshots()] == [False]
    _damage(store.path_of(id), place)
    load()
    assert store.current().id == id
    assert rows("SELECT count(*) FROM personen") == [(2,)]


def test_a_damaged_pointer_is_told_and_repaired(folder, load, store):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    id = store.current().id
    for content in (b"", b"\xff\xfe\x00", b"../../etc/passwd\n", b"abcdefghijkl\n", b"x" * 10_000):
        (store.werkmap / "huidig").write_bytes(content)
        with pytest.raises(Gebruiksfout, match="inburgering laad MAP"):
            store.current()
        assert [(info.id, info.huidig) for info in store.snapshots()] == [(id, False)]
    load()
    assert store.current().id == id


@pytest.mark.parametrize("place", ["end", "inside", "empty"])
def test_a_damaged_cache_is_read_again_without_a_word(folder, load, rows, store, place):
    (folder / "personen.csv").write_text(people(*(fictional(n) for n in range(100))))
    (folder / "examens.csv").write_text("bsn;onderdeel;examendatum;resultaat\n")
    load()
    for number, path in enumerate(sorted(store.cache.iterdir())):
        if path.suffix == ".parquet" or number % 2:
            _damage(path, place)
    (folder / "trajecten.csv").write_text(f"bsn;datum_pip\n{fictional(3)};2024-03-01\n")
    assert load()["personen.csv"].geladen == 100
    assert rows("SELECT count(*) FROM personen JOIN trajecten USING (persoon)") == [(1,)]


def test_a_cache_in_another_form_is_read_again(folder, load, store):
    forms = ["[]", "{}", '{"parts": 3}', '{"parts": [[1, 2]]}', "null"]
    for number in range(len(forms)):
        (folder / f"personen_{number}.csv").write_text(people(fictional(number)))
    load()
    for form, path in zip(forms, sorted(store.cache.glob("[!m]*.json")), strict=False):
        path.write_text(form)
    (folder / "trajecten.csv").write_text("bsn\n")
    assert [file.geladen for file in load().values() if file.soort == "personen"] == [1] * len(forms)


def test_the_cache_does_not_grow_without_bound(folder, load, store, monkeypatch):
    monkeypatch.setenv("INBURGERING_BEWAAR_MOMENTOPNAMEN", "2")
    sizes = []
    for number in range(3):
        (folder / "personen.csv").write_text(people(ONE) + f"{fictional(50 + number)};;;;;;;;\n")
        load()
        sizes.append((len(store.ids()), len(list(store.cache.glob("*.parquet")))))
    assert sizes == [(1, 2), (2, 4), (2, 4)]  # of each delivery its rows, and what was refused


def test_what_another_engine_took_from_a_momentopname_goes_with_it(folder, load, store, monkeypatch):
    monkeypatch.setenv("INBURGERING_BEWAAR_MOMENTOPNAMEN", "2")
    copies = store.cache / "parquet"
    made = []
    for number in range(3):
        (folder / "personen.csv").write_text(people(*(fictional(n) for n in range(number + 1))))
        load()
        made.append(store.current().id)
        (copies / made[-1]).mkdir(parents=True)
        (copies / made[-1] / "personen.parquet").write_bytes(b"PAR1")
    assert sorted(path.name for path in copies.iterdir()) == sorted(made[1:])


def test_a_momentopname_of_another_schema_says_what_to_do(folder, load, store):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    made = store.path_of(store.current().id)
    for id, version, sentence in (("ponmlkjihgfe", 0, "ouder programma"), ("aonmlkjihgfe", 99, "nieuwer programma")):
        other = store.path_of(id)
        shutil.copy(made, other)
        with duckdb.connect(str(other)) as connection:
            connection.execute("UPDATE momentopname SET schema_versie = ?, id = ?", [version, id])
            connection.execute("ALTER TABLE momentopname DROP COLUMN nieuwste_datum")
        store.switch(id)
        with pytest.raises(Gebruiksfout, match=sentence):
            store.current().connect()
    assert [info.leesbaar for info in store.snapshots()] == [True, True, True]
    assert load()["personen.csv"].geladen == 1
    assert store.current().id == made.stem


def _age(path, months):
    then = time.time() - months * 31 * 86400
    os.utime(path, (then, then))


def test_cleaning_up_removes_what_is_past_its_term_and_never_the_current_one(folder, load, store):
    ids = []
    for count in range(1, 4):
        (folder / "personen.csv").write_text(people(*(fictional(n) for n in range(count))))
        load()
        ids.append(store.current().id)
    for id in ids:
        _age(store.path_of(id), 70)
    _age(store.path_of(ids[1]), 10)
    for name, months in (("oud", 70), ("nieuw", 1)):
        report = store.werkmap / "rapporten" / name
        report.mkdir(parents=True)
        (report / "evaluatie.pdf").write_bytes(b"%PDF")
        _age(report, months)
    (store.werkmap / "fout.log").write_text("x")
    _age(store.werkmap / "fout.log", 4)
    (store.werkmap / "logboek.sqlite").write_bytes(b"wat mensen schreven")
    _age(store.werkmap / "logboek.sqlite", 100)
    (store.cache / "aaaa-0.parquet").write_bytes(b"PAR1")
    planned = etl.cleanup_plan(store)
    assert [(one.soort, one.naam) for one in planned] == [
        ("momentopname", ids[0]), ("cache", "3 bestanden"), ("rapport", "oud"), ("foutenlogboek", "fout.log"),
    ]  # fmt: skip
    assert len(store.ids()) == 3
    assert etl.clean_up(store) == planned
    assert set(store.ids()) == {ids[1], ids[2]}
    assert store.current().id == ids[2]
    assert etl.current_is_too_old(store)
    assert sorted(path.name for path in store.werkmap.iterdir()) == [
        ".slot", "cache", "huidig", "logboek.sqlite", "momentopnamen", "rapporten",
    ]  # fmt: skip
    assert etl.clean_up(store) == []


def test_a_key_lies_closed_and_a_key_that_others_may_read_is_closed_again(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    assert stat.S_IMODE(etl.key_file().stat().st_mode) == 0o600
    etl.key_file().chmod(0o644)
    load()
    assert stat.S_IMODE(etl.key_file().stat().st_mode) == 0o600


@pytest.fixture
def change(folder, store):
    """Change the key and load the folder again."""

    def run(load=etl.load):
        return etl.change_key(
            [folder], store, lambda key: load([folder], store=store, contracts=TERMS, new_key=key)
        )  # fmt: skip

    return run


def test_a_changed_key_gives_other_pseudonyms_and_the_same_persons(folder, load, rows, store, change):
    (folder / "personen.csv").write_text(people(ONE, TWO))
    (folder / "trajecten.csv").write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    load()
    before, old = set(rows("SELECT persoon FROM personen")), etl.key_info(store)
    info = change()
    after = set(rows("SELECT persoon FROM personen"))
    assert info.afdruk == info.werkmap_afdruk != old.afdruk
    assert len(after) == 2
    assert not after & before
    assert rows("SELECT count(*) FROM personen JOIN trajecten USING (persoon)") == [(1,)]
    assert store.ids() == [store.current().id]
    assert len(list(store.cache.glob("*.parquet"))) == 2
    assert [path.name for path in etl.old_keys()] == [f"sleutel.oud-{old.afdruk}"]
    assert load()["personen.csv"].geladen == 2


def test_a_change_that_fails_leaves_key_and_momentopname(folder, load, store, change):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    first, key = store.current().id, etl.key_file().read_text()

    def broken(*_args, **_rest):
        raise RuntimeError("stroom weg")

    with pytest.raises(RuntimeError):
        change(broken)
    assert (store.current().id, etl.key_file().read_text()) == (first, key)
    assert [path.name for path in etl.key_file().parent.iterdir()] == ["sleutel"]
    assert load()["personen.csv"].geladen == 1


def test_a_change_that_is_cut_off_after_its_load_is_completed_by_the_next(folder, load, store, change, monkeypatch):
    (folder / "personen.csv").write_text(people(ONE))
    load()

    def killed():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(key_change, "_take_place", killed)
        change()
    assert not etl.key_info(store).past
    assert load()["personen.csv"].geladen == 1
    assert etl.key_info(store).past


def test_a_change_refuses_to_lose_a_delivery(folder, load, store, change):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "trajecten.csv").write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    load()
    first = store.current().id
    (folder / "trajecten.csv").unlink()
    with pytest.raises(Gebruiksfout, match=r"trajecten\.csv"):
        change()
    assert store.current().id == first


def test_a_lost_key_is_replaced_by_loading_again(folder, load, store, change):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    etl.key_file().unlink()
    with pytest.raises(Gebruiksfout, match="sleutel --wissel MAP"):
        load()
    assert change().past
    assert load()["personen.csv"].geladen == 1


def test_a_key_from_the_environment_is_changed_there(folder, load, store, change, monkeypatch):
    (folder / "personen.csv").write_text(people(ONE))
    monkeypatch.setenv("INBURGERING_SLEUTEL", "ab" * 32)
    load()
    with pytest.raises(Gebruiksfout, match="staat in de omgeving"):
        change()
    monkeypatch.setenv("INBURGERING_SLEUTEL", "cd" * 32)
    with pytest.raises(Gebruiksfout, match="andere sleutel"):
        load()
    assert change().past
    assert not etl.key_file().exists()


def test_two_rows_that_differ_only_in_a_hidden_number_stay_two(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    line = "{};2024-01-02;0397;uitvoering;tolk;100\n"
    (folder / "boekingen.csv").write_text(
        "boekstuk;datum;gemeentecode;budget;kostensoort;bedrag\n" + line.format(f"B {TWO}") + line.format(f"B {THREE}")
    )
    assert load()["boekingen.csv"].geladen == 2
    assert len({name for (name,) in rows("SELECT boekstuk FROM boekingen")}) == 2
    assert not any(TWO in name or THREE in name for (name,) in rows("SELECT boekstuk FROM boekingen"))


def test_free_room_that_the_engine_gave_back_is_no_damage(store, tmp_path):
    """DuckDB shortens a file of which the last blocks are free, and goes on counting those blocks."""
    store.folder.mkdir(parents=True)
    id = "abcdefghijkl"
    path = store.path_of(id)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE momentopname AS SELECT 1 AS schema_versie; CHECKPOINT")
        connection.execute("CREATE TABLE groot AS SELECT hash(i) AS h FROM range(400000) AS r(i)")
    for statement in ("DROP TABLE groot", *["CREATE OR REPLACE TABLE klein AS SELECT 1 AS een"] * 3):
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"{statement}; CHECKPOINT")
    with duckdb.connect(str(path), read_only=True) as connection:
        counted = connection.execute("SELECT block_size * total_blocks FROM pragma_database_size()").fetchone()[0]
    assert path.stat().st_size < counted  # or this would test nothing
    with etl.Snapshot(id, path).connect() as connection:
        assert connection.execute("SELECT een FROM klein").fetchone() == (1,)
    with path.open("r+b") as handle:  # without its card too, a file that was cut off is told
        handle.truncate(12_288 + 1)
    with pytest.raises(Gebruiksfout, match="beschadigd"):
        etl.Snapshot(id, path).connect()
