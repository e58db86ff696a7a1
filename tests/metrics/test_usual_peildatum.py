"""The usual peildatum: the last day of the last quarter that ended on or before the newest date there is."""

from datetime import date

import pytest
from warehouse import write

import metrics
from metrics import ALLES

PERSON = {
    "persoon": 1, "geboortejaar": 1990, "geslacht": "man", "gemeentecode": "0397", "doelgroep": "gezinsmigrant",
    "datum_plichtig": date(2022, 1, 1), "mutatiedatum": date(2029, 1, 1),
}  # fmt: skip
SPELL = {"persoon": 1, "leerroute": "B1", "start": date(2022, 2, 1)}
PART = {"persoon": 1, "onderdeel": "MAP", "start": date(2022, 2, 1), "resultaat": "loopt", "verlengd": False}
EXAM = {"persoon": 1, "onderdeel": "KNM", "resultaat": "geslaagd"}
HOURS = {"persoon": 1, "contract": "c", "soort": "taal", "uren_gepland": 1, "uren_aanwezig": 1}


def usual(tmp_path, **rows):
    world = write(tmp_path / "w.duckdb", {"personen": [PERSON], **rows}, id=str(tmp_path))
    day = metrics.default_peildatum(world)
    assert metrics.compute("instroom", world, voor=ALLES)[0].peildatum == day
    return day


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (date(2024, 6, 30), date(2024, 6, 30)),
        (date(2024, 6, 29), date(2024, 3, 31)),
        (date(2024, 7, 1), date(2024, 6, 30)),
        (date(2024, 9, 30), date(2024, 9, 30)),
        (date(2024, 12, 31), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2024, 12, 31)),
        (date(2024, 12, 30), date(2024, 9, 30)),
        (date(2024, 2, 29), date(2023, 12, 31)),
        (date(2024, 3, 31), date(2024, 3, 31)),
        (date(2022, 2, 28), date(2021, 12, 31)),
        (date(2031, 5, 5), date(2031, 3, 31)),  # a planned end counts: it is a date in the records
    ],
)
def test_quarter_edges(tmp_path, newest, expected):
    assert usual(tmp_path, leerroutes=[{**SPELL, "einde": newest, "reden_einde": "afgerond"}]) == expected


@pytest.mark.parametrize(
    ("table", "row"),
    [
        *(
            ("trajecten", {"persoon": 1, "datum_intake_1": date(2022, 2, 1), column: date(2024, 6, 30)})
            for column in ("datum_intake_1", "datum_intake_2", "datum_leerbaarheidstoets", "datum_pip", "datum_einde")
        ),
        ("leerroutes", {**SPELL, "start": date(2024, 6, 30)}),
        ("onderdelen", {**PART, "start": date(2024, 6, 30)}),
        ("onderdelen", {**PART, "einde": date(2024, 6, 30)}),
        ("examens", {**EXAM, "examendatum": date(2024, 6, 30)}),
        ("uren", {**HOURS, "maand": date(2024, 6, 1)}),  # a month counts as its last day
    ],
)
def test_every_table_of_the_records_counts(tmp_path, table, row):
    assert usual(tmp_path, **{table: [row]}) == date(2024, 6, 30)


def test_other_tables_do_not_count(tmp_path):
    late = date(2028, 12, 31)
    work = {"persoon": 1, "vorm": "betaald werk", "start": late}
    paid = {"boekstuk": "b", "datum": late, "gemeentecode": "0397", "budget": "uitvoering", "kostensoort": "personeel",
            "soort": "realisatie", "bedrag": 1}  # fmt: skip
    assert usual(tmp_path, leerroutes=[SPELL], participatie=[work], boekingen=[paid]) == date(2021, 12, 31)


def test_with_persons_alone_their_latest_mutation_counts(tmp_path):
    assert usual(tmp_path) == date(2028, 12, 31)


def test_with_nothing_at_all(tmp_path):
    assert usual(tmp_path, personen=[]) == date(2022, 1, 1)
