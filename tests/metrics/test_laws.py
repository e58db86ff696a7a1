"""Laws that hold for any peildatum, period and filter."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehouse import random_rows, write
from world import World

import metrics
from metrics import ALLES

DAYS = st.dates(date(2022, 3, 31), date(2025, 8, 31))
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "gemeente": st.lists(st.sampled_from(["0397", "0377", "0392"]), min_size=1, max_size=2, unique=True),
        "doelgroep": st.lists(st.sampled_from(["asielstatushouder", "gezinsmigrant"]), min_size=1, unique=True),
        "leerroute": st.lists(st.sampled_from(["B1", "onderwijs", "Z"]), min_size=1, max_size=2, unique=True),
        "geslacht": st.just(["vrouw"]),
        "leeftijd": st.lists(st.sampled_from(["<25", "25-34", "45+"]), min_size=1, unique=True),
        "cohort": st.lists(st.sampled_from([2022, 2023, 2024]), min_size=1, unique=True),
    },
)
_MODEST = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _ask(id, snapshot, **words):
    return metrics.compute(id, snapshot, voor=ALLES, **words)[0].rijen


@given(day=DAYS, filters=FILTERS)
@_MODEST
def test_filters_combine_on_any_day(snapshot, rows, day, filters):
    world = World(rows, day)
    group = {
        key for key in world.persons
        if all(world.dims(key)[name] in values for name, values in filters.items())
    }  # fmt: skip
    assert _ask("instroom", snapshot, peildatum=day, filters=filters) == [{"aantal": len(group)}]
    exams = [row for row in world.exams if row["persoon"] in group and row["resultaat"] != "geen"]
    found = _ask("examen_per_poging", snapshot, peildatum=day, filters=filters)
    assert sum(row["noemer"] for row in found) == len(exams)
    assert sum(row["teller"] for row in found) == sum(row["resultaat"] == "geslaagd" for row in exams)
    # of a spell its own leerroute counts, of a person the first
    own = filters.get("leerroute")
    others = {name: values for name, values in filters.items() if name != "leerroute"}
    ended = [
        row for row in world.spells
        if row["einde"] and (own is None or row["leerroute"] in own)
        and all(world.dims(row["persoon"])[name] in values for name, values in others.items())
    ]  # fmt: skip
    assert sum(row["aantal"] for row in _ask("uitstroom", snapshot, peildatum=day, filters=filters)) == len(ended)


@given(day=DAYS, later=st.integers(1, 400))
@_MODEST
def test_a_later_peildatum_never_lowers_a_count(snapshot, day, later):
    for id, key in (("instroom", "aantal"), ("uitstroom", "aantal"), ("examen_per_poging", "noemer")):
        before, after = (
            sum(row[key] for row in _ask(id, snapshot, peildatum=moment, tot=day))
            for moment in (day, day + timedelta(later))
        )
        assert before == after, "what happened until a day is the same seen from later"
        assert sum(row[key] for row in _ask(id, snapshot, peildatum=day + timedelta(later))) >= before


@given(day=DAYS, filters=FILTERS)
@_MODEST
def test_shares_lie_in_their_interval_and_incidences_add_up(snapshot, day, filters):
    for row in _ask("pip_op_tijd", snapshot, peildatum=day, filters=filters, per=["jaar"]):
        assert 0 <= row["laag"] <= row["waarde"] <= row["hoog"] <= 1
    for id in ("voldaan_binnen", "uitval", "leerroute_afgerond_binnen"):
        rows = _ask(id, snapshot, peildatum=day, filters=filters)
        for horizon in {row["horizon"] for row in rows}:
            values = [row["waarde"] for row in rows if row["horizon"] == horizon]
            assert all(value is None for value in values) or abs(sum(values) - 1) < 1e-9


def test_names_do_not_matter_and_a_move_moves_the_counts(rows, snapshot, tmp_path):
    renamed = {
        table: [{**row, "persoon": -row["persoon"] - 1} if "persoon" in row else row for row in many]
        for table, many in random_rows().items()
    }
    mover = renamed["personen"][0]
    was, mover["gemeentecode"] = mover["gemeentecode"], "0453"
    moved = write(tmp_path / "verhuisd.duckdb", renamed, id="verhuisd")
    for id in ("instroom", "pip_op_tijd", "uitstroom", "voldaan_binnen", "aanwezigheid"):
        assert _ask(id, snapshot) == _ask(id, moved), id
    before = {row["gemeente"]: row["aantal"] for row in _ask("instroom", snapshot, per=["gemeente"])}
    after = {row["gemeente"]: row["aantal"] for row in _ask("instroom", moved, per=["gemeente"])}
    assert after.get("0453") == 1
    assert after[was] == before[was] - 1
    assert sum(after.values()) == sum(before.values())
    del rows
