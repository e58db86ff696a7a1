"""The same definitions on Apache Spark: equal answers for every figure, with a real Spark."""

import json
import math
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from warehouse import random_rows, write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, Bevoegdheid
from metrics.definition import Soort
from tests.golden import golden

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.traag]
# Java that starts fast instead of running fast: the worlds are small
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
}


VALUES = {
    "gemeente": ["0397", "0377", "0392"],
    "doelgroep": ["asielstatushouder", "nareiziger", "gezinsmigrant"],
    "leerroute": ["B1", "Z"],
    "contract": ["danner-b1", "danner-z", "vluchtelingenwerk-pvt", "vluchtelingenwerk-begeleiding"],
    "cohort": [2022, 2023, 2024],
    "geslacht": ["man", "vrouw"],
    "leeftijd": ["<25", "25-34", "35-44"],
    "jaar": [2022, 2023, 2024],
    "onderdeel": ["PVT", "MAP", "lezen", "spreken", "KNM", "leerroute"],
    "soort": ["taal", "boete", "verlenging"],
    "reden_einde": ["afgerond", "uitval"],
    "kostensoort": ["leerroute", "personeel"],
    "kenmerk": ["gelezen", "andere start"],
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """One Spark for all tests here; the engine takes the one that runs."""
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    os.environ["INBURGERING_SPARK_MAP"] = str(folder / "parquet")
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.Builder().master("local[1]").config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
    del os.environ["INBURGERING_SPARK_MAP"], os.environ["SPARK_LOCAL_IP"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return write(tmp_path_factory.mktemp("spark-world") / "spark.duckdb", random_rows(120, seed=7), id="spark-world")


def near(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(near(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


def equal(one, other):
    return (
        one.to_json() | {"rijen": 0} == other.to_json() | {"rijen": 0}
        and len(one.rijen) == len(other.rijen)
        and all(
            list(mine) == list(yours) and all(near(mine[key], yours[key]) for key in mine)
            for mine, yours in zip(one.rijen, other.rijen, strict=True)
        )
    )


@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2025, 2, 28)])
def test_every_figure_by_every_dimension_and_filter(spark, world, day):
    """All that can be asked at once: every split, filters on everything with most of the values that occur, a period
    and rights; one half of the figures on one day, the other half on another."""
    ids = list(metrics.catalogue())[day.year % 2 :: 2]
    asked = {"voor": Bevoegdheid(frozenset({"0397", "0377"})), "peildatum": day}
    asked |= {"van": date(2022, 2, 1), "tot": date(2025, 1, 31)}
    filled = 0
    for id in ids:
        one = metrics.catalogue()[id]
        filters = {name: values for name, values in VALUES.items() if name in one.mogelijk}
        [expected] = metrics.compute(id, world, per=one.mogelijk, filters=filters, **asked)
        [found] = metrics.compute(id, world, per=one.mogelijk, filters=filters, motor="spark", **asked)
        assert equal(found, expected), id
        filled += any(row.get("noemer") or row.get("aantal") or row.get("n") for row in expected.rijen)
    assert filled > 0.6 * len(ids), "the world tests nothing"


@pytest.mark.parametrize("soort", sorted(get_args(Soort)))
def test_the_plain_question_of_every_kind(spark, world, soort):
    id = next(id for id, one in metrics.catalogue().items() if one.soort == soort)
    [expected] = metrics.compute(id, world, voor=ALLES, peildatum=date(2024, 6, 30))
    [found] = metrics.compute(id, world, voor=ALLES, peildatum=date(2024, 6, 30), motor="spark")
    assert equal(found, expected)
    assert expected.rijen


def test_the_usual_peildatum_and_several_figures_at_once(spark, world):
    ids = ["instroom", "routeverdeling", "voldaan_binnen"]
    asked = {"voor": Bevoegdheid(frozenset({"0397"})), "per": ["tweejaar"]}
    pairs = zip(metrics.compute(ids, world, motor="spark", **asked), metrics.compute(ids, world, **asked), strict=True)
    assert all(equal(found, expected) for found, expected in pairs)


def test_an_empty_momentopname(spark, tmp_path):
    empty = write(tmp_path / "leeg.duckdb", {}, id="leeg")
    for id in ("instroom", "uitval"):
        [found] = metrics.compute(id, empty, voor=ALLES, motor="spark")
        [expected] = metrics.compute(id, empty, voor=ALLES)
        assert equal(found, expected), id


def test_the_export_is_made_once_and_whole(world, tmp_path):
    import duckdb

    from metrics.engines.parquet import export

    folder, schema = export(world, tmp_path)
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert set(made) == {".bron", *(f"{table}.parquet" for table in schema)}
    assert [path.name for path in tmp_path.iterdir()] == ["spark-world"]
    with world.connect() as connection:
        rows = connection.execute("SELECT * FROM personen").fetchall()
    assert duckdb.execute("SELECT * FROM read_parquet(?)", [str(folder / "personen.parquet")]).fetchall() == rows
    export(world, tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made


def test_an_export_goes_with_its_momentopname(tmp_path):
    """In a folder that others use too: only what came from this work folder and is gone there."""
    from metrics.engines.parquet import export

    mine, others = tmp_path / "mijn", tmp_path / "ander"
    for folder in (mine, others):
        folder.mkdir()
    shared = tmp_path / "gedeeld"
    shared.mkdir()
    (shared / "van-niemand").mkdir()
    old, kept, theirs, new = (
        write(folder / f"{id}.duckdb", {}, id=id)
        for folder, id in ((mine, "oud"), (mine, "blijft"), (others, "hun"), (mine, "nieuw"))
    )
    for snapshot in (old, kept, theirs):
        export(snapshot, shared)
    old.path.unlink()
    theirs.path.unlink()
    export(new, shared)
    assert {path.name for path in shared.iterdir()} == {"van-niemand", "blijft", "hun", "nieuw"}


def test_no_value_enters_the_text(spark, world):
    """A quote in a value changes nothing; it is bound."""
    evil = "x') OR 1=1 --"
    [found] = metrics.compute("instroom", world, voor=ALLES, filters={"contract": [evil]}, motor="spark")
    assert found.rijen == [{"aantal": 0}]


def test_without_pyspark_it_says_what_to_do(world, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(Gebruiksfout, match="inburgeringsmonitor\\[spark\\]"):
        metrics.compute("instroom", world, voor=ALLES, motor="spark")


def test_without_java_it_says_what_to_do(world, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Gebruiksfout, match="openjdk-17"):
        metrics.compute("instroom", world, voor=ALLES, motor="spark")


def test_the_command_line_gives_json_alone(tmp_path, monkeypatch):
    """A program of its own, with a Spark of its own: the same JSON, and nothing else on standard output."""
    monkeypatch.delenv("INBURGERING_SLEUTEL", raising=False)
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "configuratie"))
    momentopname, _ = golden.load(tmp_path)
    environment = {**os.environ, "INBURGERING_WERKMAP": str(tmp_path / "werk"), "JAVA_TOOL_OPTIONS": QUICK}
    environment.pop("INBURGERING_SPARK_MAP", None)
    program = str(Path(sys.executable).with_name("inburgering"))
    words = ["cijfers", "pip_op_tijd", "--per", "doelgroep", "--motor", "spark", "--formaat", "json"]
    ran = subprocess.run([program, *words], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    [expected] = metrics.compute("pip_op_tijd", momentopname, voor=ALLES, per=["doelgroep"])
    assert json.loads(ran.stdout) == expected.to_json()
    assert (tmp_path / "werk" / "cache" / "parquet" / momentopname.id / "personen.parquet").is_file()
