"""Figures against plain loops over the same rows: another way, written from the specification."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import numpy as np
import pytest
from world import STATUS, World

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, Bevoegdheid

FIRST = date(2022, 1, 1)
P = date(2024, 6, 30)


def ask(id, snapshot, **words):
    words.setdefault("voor", ALLES)
    words.setdefault("peildatum", P)
    return metrics.compute(id, snapshot, **words)[0].rijen


@pytest.fixture(scope="module")
def world(rows):
    return World(rows, P)


@pytest.mark.parametrize("dim", ["gemeente", "doelgroep", "leerroute", "cohort", "geslacht", "leeftijd"])
def test_instroom_by_every_dimension_of_a_person(snapshot, world, dim):
    counts = Counter(world.dims(key)[dim] for key in world.persons)
    expected = sorted(counts.items(), key=lambda pair: (pair[0] is None, pair[0]))
    assert [(row[dim], row["aantal"]) for row in ask("instroom", snapshot, per=[dim])] == expected
    assert ask("instroom", snapshot) == [{"aantal": len(world.persons)}]


def test_time_and_two_dimensions(snapshot, world):
    counts = Counter(
        (person["datum_plichtig"].year, f"{person['datum_plichtig'].year}-K{(person['datum_plichtig'].month + 2) // 3}",
         person["datum_plichtig"].strftime("%Y-%m"), person["doelgroep"])
        for person in world.persons.values()
    )  # fmt: skip
    found = ask("instroom", snapshot, per=["jaar", "kwartaal", "maand", "doelgroep"])
    assert [tuple(row.values()) for row in found] == [(*key, count) for key, count in sorted(counts.items())]


def test_contract_of_a_person_is_any_spell_or_part(snapshot, world):
    for contract in ("danner-b1", "vluchtelingenwerk-pvt"):
        expected = sum(contract in world.contracts[key] for key in world.persons)
        assert ask("instroom", snapshot, filters={"contract": [contract]}) == [{"aantal": expected}]
    counts = Counter(contract for key in world.persons for contract in (world.contracts[key] or {None}))
    found = {row["contract"]: row["aantal"] for row in ask("instroom", snapshot, per=["contract"])}
    assert found == counts


@pytest.mark.parametrize("filters", [{}, {"gemeente": ["0397"]}, {"doelgroep": ["nareiziger", "gezinsmigrant"]}])
def test_pip_op_tijd(snapshot, world, filters):
    teller = noemer = 0
    for key, person in world.persons.items():
        dims = world.dims(key)
        if any(dims[name] not in values for name, values in filters.items()):
            continue
        begin = person["datum_huisvesting"] if person["doelgroep"] in STATUS else person["datum_plichtig"]
        if begin is None or not FIRST <= begin <= P or begin + timedelta(70) > P:
            continue
        traject = world.trajecten.get(key, {})
        pip, end, limit = traject.get("datum_pip"), traject.get("datum_einde"), begin + timedelta(70)
        left = any(gone is not None and gone <= limit for gone in (person["datum_vertrek"], end))
        if pip is None and left:
            continue
        noemer += 1
        teller += pip is not None and pip <= limit
    [row] = ask("pip_op_tijd", snapshot, filters=filters)
    assert (row["teller"], row["noemer"]) == (teller, noemer)
    assert noemer > 20
    assert row["waarde"] == teller / noemer


def test_routeverdeling_keeps_its_whole(snapshot, world):
    counts = Counter(row["leerroute"] for row in world.first.values())
    rows = {row["leerroute"]: row for row in ask("routeverdeling", snapshot)}
    assert {route: row["teller"] for route, row in rows.items()} == counts
    assert {row["noemer"] for row in rows.values()} == {sum(counts.values())}
    assert rows["B1"]["verwacht"] == 0.6
    assert rows["B1"]["verschil"] == pytest.approx(100 * (rows["B1"]["waarde"] - 0.6))
    assert ask("routeverdeling", snapshot, filters={"leerroute": ["Z"]}) == [rows["Z"]]


def test_uitstroom(snapshot, world):
    counts = Counter((row["leerroute"], row["reden_einde"]) for row in world.spells if row["einde"])
    assert [tuple(row.values()) for row in ask("uitstroom", snapshot)] == [(*k, v) for k, v in sorted(counts.items())]
    period = {"van": date(2024, 1, 1), "tot": date(2024, 3, 31)}
    inside = sum(bool(row["einde"]) and period["van"] <= row["einde"] <= period["tot"] for row in world.spells)
    assert sum(row["aantal"] for row in ask("uitstroom", snapshot, **period)) == inside


def test_maanden_tot_uitstroom(snapshot, world):
    months = defaultdict(list)
    for row in world.spells:
        pip = world.trajecten.get(row["persoon"], {}).get("datum_pip")
        if row["reden_einde"] == "afgerond" and pip:
            months[row["leerroute"]].append((row["einde"] - pip).days / 30.4375)
    for row in ask("maanden_tot_uitstroom", snapshot):
        values = months.pop(row["leerroute"])
        assert row["n"] == len(values)
        assert [row["p25"], row["p50"], row["p75"]] == pytest.approx(list(np.percentile(values, [25, 50, 75])))
    assert not months


def test_examens(snapshot, world):
    taken = [row for row in world.exams if row["resultaat"] != "geen"]
    found = {row["onderdeel"]: (row["teller"], row["noemer"]) for row in ask("examen_per_poging", snapshot)}
    assert found == {
        part: (
            sum(row["resultaat"] == "geslaagd" for row in taken if row["onderdeel"] == part),
            sum(row["onderdeel"] == part for row in taken),
        )
        for part in {row["onderdeel"] for row in taken}
    }
    van = date(2023, 7, 1)
    first = {}
    for row in sorted(taken, key=lambda row: row["examendatum"]):
        first.setdefault((row["persoon"], row["onderdeel"]), row)
    counts = Counter(key[1] for key, row in first.items() if row["examendatum"] >= van)
    found = {row["onderdeel"]: row["noemer"] for row in ask("examen_eerste_poging", snapshot, van=van)}
    assert found == counts
    inside = {(row["persoon"], row["onderdeel"]) for row in taken if row["examendatum"] >= van}
    passed = {(row["persoon"], row["onderdeel"]) for row in taken if row["resultaat"] == "geslaagd"}
    for row in ask("examen_uiteindelijk", snapshot, van=van):
        mine = {key for key in inside if key[1] == row["onderdeel"]}
        assert (row["teller"], row["noemer"]) == (len(mine & passed), len(mine))


def test_onderdeel_geslaagd_per_contract(snapshot, world):
    done = [row for row in world.parts if row["einde"] and row["resultaat"] != "loopt"]
    found = ask("onderdeel_geslaagd", snapshot, filters={"contract": ["vluchtelingenwerk-pvt"]})
    mine = [row for row in done if row["contract"] == "vluchtelingenwerk-pvt"]
    assert [(row["onderdeel"], row["teller"], row["noemer"]) for row in found] == [
        ("PVT", sum(row["resultaat"] == "afgerond" for row in mine), len(mine))
    ]


def test_tevredenheid(snapshot, rows):
    scores = [row["score"] for row in rows["tevredenheid"] if row["onderdeel"] == "PVT" and FIRST <= row["datum"] <= P]
    [row] = [row for row in ask("tevredenheid", snapshot) if row["onderdeel"] == "PVT"]
    assert (row["n"], row["noemer"], row["teller"]) == (len(scores), len(scores), sum(score <= 5 for score in scores))
    assert row["waarde"] == pytest.approx(np.mean(scores))
    assert row["verdeling"] == [scores.count(score) for score in range(1, 11)]
    assert row["laag"] < row["waarde"] < row["hoog"]


def test_aanwezigheid(snapshot, world):
    hours = [row for row in world.of("uren") if row["maand"] <= P]
    for row in ask("aanwezigheid", snapshot):
        mine = [hour for hour in hours if hour["soort"] == row["soort"]]
        assert row["teller"] == sum(hour["uren_aanwezig"] for hour in mine)
        assert row["waarde"] == row["teller"] / row["noemer"]
        assert row["n"] == len({hour["persoon"] for hour in mine})
        assert "laag" not in row


def test_kosten(snapshot, rows):
    sums = defaultdict(float)
    for row in rows["boekingen"]:
        if row["soort"] == "realisatie" and FIRST <= row["datum"] <= P:
            sums[(row["datum"].year, row["gemeentecode"], row["budget"], row["kostensoort"])] += row["bedrag"]
    found = ask("kosten", snapshot)
    assert [tuple(row.values())[:4] for row in found] == sorted(sums)
    for row in found:
        assert row["waarde"] == pytest.approx(sums[tuple(row.values())[:4]])
        budget = 50000.0 if row["gemeente"] == "0397" else None
        assert row["begroot"] == budget
        assert row["uitputting"] == (row["waarde"] / budget if budget else None)
    split = ask("kosten", snapshot, per=["contract"])
    assert all(row["begroot"] is None and row["uitputting"] is None for row in split)


def test_incidences_of_the_definitions(snapshot, world):
    rows = ask("uitval", snapshot)
    assert [(row["horizon"], row["einde"]) for row in rows[:5]] == [
        (183, end) for end in ("uitval", "afgerond", "overstap", "vertrokken", "nog bezig")
    ]
    spells = [((row["einde"] or P) - row["start"]).days for row in world.spells]
    for row in rows:
        assert row["n"] == len(spells)
        assert row["in_risico"] == sum(days >= row["horizon"] for days in spells)
    [one] = ask("uitval", snapshot, filters={"horizon": ["365"], "einde": ["uitval"]})
    assert one == rows[5]
    with pytest.raises(Gebruiksfout, match="horizon"):
        ask("uitval", snapshot, per=["horizon"])


def test_intake_tot_pip_is_kaplan_meier(snapshot, world):
    from lifelines import KaplanMeierFitter

    days, seen = [], []
    for key, traject in world.trajecten.items():
        begin = traject["datum_intake_1"]
        if begin is None or begin < FIRST:
            continue
        ends = [traject["datum_einde"], world.persons[key]["datum_vertrek"], P]
        stop = traject["datum_pip"] or min(end for end in ends if end)
        days.append(max((stop - begin).days, 0))
        seen.append(traject["datum_pip"] is not None)
    fitter = KaplanMeierFitter().fit(days, seen)
    [row] = ask("intake_tot_pip", snapshot)
    assert row["n"] == len(days)
    for share in (25, 50, 75):
        assert row[f"p{share}"] == fitter.percentile(1 - share / 100)


def test_nothing_after_the_peildatum_exists(snapshot, rows):
    for day in (date(2022, 12, 31), date(2023, 9, 30)):
        world = World(rows, day)
        assert ask("instroom", snapshot, peildatum=day)[0]["aantal"] == len(world.persons)
        ended = sum(row["einde"] is not None for row in world.spells)
        assert sum(row["aantal"] for row in ask("uitstroom", snapshot, peildatum=day)) == ended


def test_sums_over_a_split_are_the_total(snapshot):
    for id, key in (("instroom", "aantal"), ("pip_op_tijd", "noemer"), ("leerroute_geslaagd", "teller")):
        [total] = ask(id, snapshot)
        for dim in ("gemeente", "doelgroep", "leerroute", "cohort", "geslacht", "leeftijd", "jaar", "kwartaal"):
            assert sum(row[key] for row in ask(id, snapshot, per=[dim])) == total[key], (id, dim)
            for row in ask(id, snapshot, per=[dim]):
                if row[dim] is not None:
                    [again] = ask(id, snapshot, filters={dim: [str(row[dim])]})
                    assert again[key] == row[key], (id, dim)


def test_rights_are_a_filter_that_cannot_be_left_out(snapshot):
    mine = Bevoegdheid(frozenset({"0397"}))
    for id in ("instroom", "pip_op_tijd", "uitstroom", "kosten", "aanwezigheid", "voldaan_binnen"):
        definition = metrics.catalogue()[id]
        allowed = ask(id, snapshot, voor=mine)
        if "gemeente" in definition.mogelijk:
            assert allowed == ask(id, snapshot, filters={"gemeente": ["0397"]})
    assert ask("instroom", snapshot, voor=mine, filters={"gemeente": ["0377"]}) == [{"aantal": 0}]
    assert ask("instroom", snapshot, voor=Bevoegdheid(frozenset())) == [{"aantal": 0}]


def test_wrong_questions_are_told_in_dutch(snapshot):
    with pytest.raises(Gebruiksfout, match="pip_op_tijd"):
        ask("pip_op_tyd", snapshot)
    with pytest.raises(Gebruiksfout, match=r"doelgroep.*Wel mogelijk: contract"):
        ask("tevredenheid", snapshot, filters={"doelgroep": ["nareiziger"]})
    with pytest.raises(Gebruiksfout, match="leeftijd"):
        ask("kosten", snapshot, per=["leeftijd"])
    with pytest.raises(Gebruiksfout, match="Kies uit"):
        ask("instroom", snapshot, filters={"leerroute": ["B2"]})
    with pytest.raises(Gebruiksfout, match="kwartaal=2024-K2"):
        ask("instroom", snapshot, filters={"kwartaal": ["2024-Q2"]})
    with pytest.raises(Gebruiksfout, match="begint"):
        ask("instroom", snapshot, van=date(2024, 2, 1), tot=date(2024, 1, 1))
    assert ask("instroom", snapshot, filters={"contract": ["x'; DROP TABLE personen; --"]}) == [{"aantal": 0}]


def test_default_peildatum(snapshot):
    # the newest rows are of August 2025
    assert metrics.default_peildatum(snapshot) == date(2025, 6, 30)
    answer = metrics.compute("instroom", snapshot, voor=ALLES)[0]
    assert (answer.peildatum, answer.van, answer.tot) == (date(2025, 6, 30), FIRST, date(2025, 6, 30))


def test_the_fixed_shape(snapshot):
    answer = metrics.compute(
        "pip_op_tijd", snapshot, voor=ALLES, peildatum=P, filters={"gemeente": ["397"]}, per=["doelgroep"]
    )[0].to_json()
    assert list(answer) == ["cijfer", "peildatum", "van", "tot", "momentopname", "filters", "per", "rijen"]
    assert answer["filters"] == {"gemeente": ["0397"]}
    assert (answer["peildatum"], answer["van"], answer["per"]) == ("2024-06-30", "2022-01-01", ["doelgroep"])
    assert list(answer["rijen"][0]) == ["doelgroep", "teller", "noemer", "waarde", "laag", "hoog"]
