"""Laws that hold for every figure, on any peildatum and for any filter."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_worlds import small_world
from warehouse import random_rows, write

import metrics
from metrics import ALLES
from metrics.catalogue import outputs

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
_MODEST = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
P = date(2024, 6, 30)
IDS = sorted(metrics.catalogue())
COUNTS = {
    "aantal": ("aantal",), "aandeel": ("teller", "noemer", "n"), "gemiddelde": ("n",), "kwartielen": ("n",),
    "tijd_tot": ("n",), "incidentie": ("n",), "verhouding": ("teller", "noemer"), "bedrag": ("waarde",),
}  # fmt: skip


def _ask(id, snapshot, **words):
    return metrics.compute(id, snapshot, voor=ALLES, **words)[0].rijen


def _sums(definition, rows):
    """The counts of all rows together; of incidences those of one horizon and end."""
    if definition.soort == "incidentie":
        rows = [
            row for row in rows if row["horizon"] == definition.horizonnen[0] and row["einde"] == definition.einden[0]
        ]
    return {key: sum(row[key] for row in rows) for key in COUNTS[definition.soort] if all(key in row for row in rows)}


def _whole_stays(definition):
    """Figures of which the noemer does not know every dimension: only their tellers add up."""
    return bool(definition.verdeling or definition.geheel)


@pytest.mark.parametrize("id", IDS)
def test_parts_add_up_to_the_total(snapshot, id):
    definition = metrics.catalogue()[id]
    total = _sums(definition, _ask(id, snapshot, peildatum=P))
    names = [name for name in definition.mogelijk if name != "contract" or name in outputs(id)]
    for name in random.Random(id).sample(names, min(4, len(names))):
        parts = _sums(definition, _ask(id, snapshot, peildatum=P, per=[name]))
        for key, value in total.items():
            if key == "noemer" and _whole_stays(definition):
                continue
            if (key == "n" and definition.gevolgd and definition.soort == "aandeel") or (id, key) == (
                "respons",
                "teller",
            ):
                # a group of which nobody is followed long enough, or nobody was invited, has no row
                assert parts[key] <= value, (name, key)
            else:
                assert parts[key] == pytest.approx(value, abs=1e-6), (name, key)


@given(day=DAYS, filters=FILTERS)
@_MODEST
def test_shares_lie_in_their_interval_and_incidences_add_up(snapshot, day, filters):
    for id, definition in metrics.catalogue().items():
        possible = {name: values for name, values in filters.items() if name in definition.filterbaar}
        rows = _ask(id, snapshot, peildatum=day, filters=possible)
        for row in rows:
            if row.get("laag") is not None:
                assert row["laag"] <= row["waarde"] + 1e-12 and row["waarde"] <= row["hoog"] + 1e-12, (id, row)
            if definition.soort == "aandeel" and definition.interval:
                assert row["laag"] is None or 0 <= row["laag"] <= row["hoog"] <= 1
            if definition.gevolgd:
                assert 0 <= row.get("gevolgd", row.get("noemer")) <= row["n"]
        if definition.soort == "incidentie":
            for horizon in definition.horizonnen:
                values = [row["waarde"] for row in rows if row["horizon"] == horizon]
                assert all(value is None for value in values) or sum(values) == pytest.approx(1)


CUMULATIVE = ("instroom", "uitstroom", "examen_per_poging", "besluiten", "samenloop", "leerroute_geslaagd")


@given(day=DAYS, later=st.integers(1, 400))
@_MODEST
def test_a_later_peildatum_never_lowers_a_count(snapshot, day, later):
    for id in CUMULATIVE:
        definition = metrics.catalogue()[id]
        before, after, open_ended = (
            _sums(definition, _ask(id, snapshot, **words))
            for words in (
                {"peildatum": day},
                {"peildatum": day + timedelta(later), "tot": day},
                {"peildatum": day + timedelta(later)},
            )
        )
        # what happened until a day is the same seen from later; who was not a person yet on that day can only add
        assert all(before[key] <= after[key] <= open_ended[key] for key in before), id


def test_names_and_the_order_of_rows_do_not_matter(rows, snapshot, tmp_path):
    dice = random.Random(7)
    renamed = {
        table: [{**row, "persoon": -row["persoon"] - 1} if "persoon" in row else row for row in many]
        for table, many in rows.items()
    }
    for many in renamed.values():
        dice.shuffle(many)
    other = write(tmp_path / "anders.duckdb", renamed, id="anders")
    for id in IDS:
        assert _ask(id, snapshot, peildatum=P) == _ask(id, other, peildatum=P), id


def test_a_move_moves_the_counts(snapshot, tmp_path):
    moved_rows = random_rows()
    mover = moved_rows["personen"][0]
    was, mover["gemeentecode"] = mover["gemeentecode"], "0453"
    moved = write(tmp_path / "verhuisd.duckdb", moved_rows, id="verhuisd")
    for id in IDS:
        definition = metrics.catalogue()[id]
        if "persoon" not in outputs(id) or "gemeente" not in definition.dimensies:
            continue
        before, after = (_ask(id, where, per=["gemeente"]) for where in (snapshot, moved))
        elsewhere = [[row for row in rows if row["gemeente"] not in (was, "0453")] for rows in (before, after)]
        assert elsewhere[0] == elsewhere[1], id
        for key in set(COUNTS[definition.soort]) - ({"noemer"} if _whole_stays(definition) else set()):
            lost, gained = (
                _sums(definition, [row for row in one if row["gemeente"] == place]).get(key, 0)
                - _sums(definition, [row for row in other if row["gemeente"] == place]).get(key, 0)
                for place, one, other in ((was, before, after), ("0453", after, before))
            )
            assert lost == pytest.approx(gained), (id, key)


@pytest.mark.parametrize("seed", (3, 7))
def test_the_same_question_gives_the_same_bits(tmp_path, seed):
    snapshot = write(tmp_path / "klein.duckdb", small_world(seed, persons=25), id=f"bits-{seed}")
    first = metrics.compute(IDS, snapshot, voor=ALLES, peildatum=P)
    again = metrics.compute(IDS, snapshot, voor=ALLES, peildatum=P)
    assert [answer.rijen for answer in first] == [answer.rijen for answer in again]
