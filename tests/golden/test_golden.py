"""The golden delivery: about thirty fictional persons, every figure counted by hand (uitkomsten.yaml), through the real
load; and docs/definities.md, which shows the same tables to people."""

import pytest
import yaml

import metrics
from metrics import ALLES
from metrics.catalogue import outputs
from tests.golden import definities, golden

WORKED = {entry["cijfer"]: entry for entry in yaml.safe_load(definities.WORKED.read_text(encoding="utf-8"))}
ROUNDING = 5e-5 + 1e-12  # the table has four decimals


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("goud")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("INBURGERING_SLEUTEL", raising=False)
        patch.setenv("INBURGERING_CONFIGMAP", str(folder / "configuratie"))
        snapshot, report = golden.load(folder)
        yield snapshot, report, golden.names(snapshot)


def test_everything_was_loaded(loaded):
    _, report, _ = loaded
    assert all(file.status == "geladen" and file.geweigerd == 0 for file in report.bestanden)
    assert metrics.default_peildatum(loaded[0]) == golden.PEILDATUM


def test_every_figure_is_worked_out():
    assert set(WORKED) == set(metrics.catalogue())
    people = [person["naam"] for person in golden.people()]
    assert len(set(people)) == len(people) == 30
    assert all(person["verhaal"].endswith(".") for person in golden.people())


def _same(found, expected):
    if isinstance(expected, float) and isinstance(found, int | float):
        return abs(found - expected) <= ROUNDING
    return found == expected


@pytest.mark.parametrize("id", sorted(WORKED))
def test_a_figure_is_what_was_counted(loaded, id):
    snapshot, _, known = loaded
    entry, definition = WORKED[id], metrics.catalogue()[id]
    [answer] = metrics.compute(id, snapshot, voor=ALLES, peildatum=golden.PEILDATUM)
    rows = answer.rijen
    if entry.get("deel"):
        rows = [row for row in rows if row["bestand"] == "personen.csv"]
    if definition.soort == "incidentie":
        assert all(row["waarde"] is None for row in rows if row["horizon"] > definities.longest(entry))
        rows = [row for row in rows if row["horizon"] <= definities.longest(entry)]
    assert len(rows) == len(entry["rijen"])
    for row, line in zip(rows, entry["rijen"], strict=True):
        assert set(row) == set(line["uitkomst"])
        for key, value in line["uitkomst"].items():
            assert _same(row[key], value), f"{key}: {row[key]} is geen {value}"
    if "persoon" in outputs(id):
        _who(entry, definition, golden.behind(id, snapshot, known))


def _who(entry, definition, units):
    """The names in the table are those behind the figure, and as many as it says."""
    if "duren" in entry:
        found = sorted(f"{name} {unit['duur']} {unit['afloop'] or 'nog bezig'}" for name, unit in units)
        assert found == sorted(entry["duren"])
    for line in entry["rijen"]:
        row = line["uitkomst"]
        mine = [(name, unit) for name, unit in units if all(unit.get(key) == row[key] for key in definition.eigen)]
        if "wel" in line:
            assert sorted(line["wel"]) == sorted(name for name, unit in mine if unit["teller"])
            assert sorted(line["niet"]) == sorted(name for name, unit in mine if not unit["teller"])
            assert (row["teller"], row["noemer"]) == (len(line["wel"]), len(line["wel"]) + len(line["niet"]))
        if "wie" in line:
            assert sorted(line["wie"]) == sorted(name for name, _ in mine)
            assert len(line["wie"]) == row.get("aantal", row.get("teller", row.get("n")))


def test_the_docs_are_current():
    assert definities.TARGET.read_text(encoding="utf-8") == definities.render(), (
        "docs/definities.md is not current: run python -m tests.golden.definities"
    )


def test_the_docs_hold_no_bsn():
    text = definities.TARGET.read_text(encoding="utf-8")
    assert not any(person["bsn"] in text for person in golden.people())
