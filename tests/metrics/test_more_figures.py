"""The figures beyond the first ten against plain loops over the same rows."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pandas as pd
import pytest
from lifelines import AalenJohansenFitter
from world import STATUS, World

import metrics
from metrics import ALLES

FIRST = date(2022, 1, 1)
P = date(2024, 6, 30)


def ask(id, snapshot, **words):
    return metrics.compute(id, snapshot, voor=ALLES, peildatum=P, **words)[0].rijen


def days(count):
    return timedelta(days=count)


def quarter(day):
    return f"{day.year}-K{(day.month + 2) // 3}"


def quarter_ends():
    return [moment.date() for moment in pd.date_range(FIRST, P, freq="QE")]


@pytest.fixture(scope="module")
def world(rows):
    return World(rows, P)


def expect(snapshot, id, pairs, **words):
    """`pairs` holds for each unit whether it counts in the numerator."""
    [row] = ask(id, snapshot, **words)
    counted = [bool(hit) for hit in pairs]
    assert (row["teller"], row["noemer"]) == (sum(counted), len(counted)), id
    assert len(counted) > 2, "the rows test nothing"
    return row


def with_pip(world):
    return {key: row for key, row in world.trajecten.items() if row["datum_pip"]}


def test_around_the_pip(snapshot, world):
    pips = with_pip(world)
    expect(snapshot, "toets_op_tijd", [
        row["datum_leerbaarheidstoets"] is not None and row["datum_leerbaarheidstoets"] <= row["datum_pip"]
        for row in pips.values()
    ])  # fmt: skip
    expect(snapshot, "brugklas_voor_pip", [
        any(part["persoon"] == key and part["onderdeel"] == "brugklas" and part["start"] < row["datum_pip"]
            for part in world.parts)
        for key, row in pips.items() if world.persons[key]["doelgroep"] in STATUS
    ])  # fmt: skip


def test_termijn_verstreken(snapshot, rows, world):
    late = []
    for key, row in with_pip(world).items():
        if row["datum_einde"]:
            continue
        months = sum(one["maanden"] for one in world.of("besluiten")
                     if one["persoon"] == key and one["soort"] == "verlenging" and one["datum"] <= P)  # fmt: skip
        term = pd.Timestamp(row["datum_pip"]) + pd.DateOffset(years=3) + pd.DateOffset(months=months)
        late.append(str(P) > str(term)[:10])
    expect(snapshot, "termijn_verstreken", late)
    day = date(2025, 12, 31)
    row = metrics.compute("termijn_verstreken", snapshot, voor=ALLES, peildatum=day)[0].rijen[0]
    assert row["teller"] > 0
    del rows


def test_maatwerk(snapshot, world):
    first = {key: row["start"] for key, row in world.first.items()}
    expect(snapshot, "routewissel", [
        any(row["persoon"] == key and row["reden_einde"] == "overstap" and row["einde"] <= start + days(548)
            for row in world.spells)
        for key, start in first.items() if start + days(548) <= P
    ])  # fmt: skip
    van = date(2023, 1, 1)
    b1 = {row["persoon"] for row in world.spells if row["leerroute"] == "B1" and row["start"] >= van}
    down = {row["persoon"] for row in world.of("besluiten") if row["soort"] == "afschaling" and row["datum"] <= P}
    expect(snapshot, "afschaling", [key in down for key in b1], van=van)
    expect(snapshot, "ontzorgen_verlengd", [
        row["verlengd"] for row in world.parts if row["onderdeel"] == "financieel ontzorgen" and row["einde"]
    ])  # fmt: skip
    expect(snapshot, "begeleiding_twaalf_maanden", [
        row["einde"] is None or row["einde"] - row["start"] >= days(335)
        for row in world.parts
        if row["onderdeel"] == "maatschappelijke begeleiding" and row["start"] + days(365) <= P
    ])  # fmt: skip


def test_the_whole_exam(snapshot, world):
    taken, passed, level = set(), defaultdict(set), defaultdict(set)
    for row in world.exams:
        if row["resultaat"] == "geen":
            continue
        taken.add(row["persoon"])
        if row["resultaat"] == "geslaagd":
            passed[row["persoon"]].add(row["onderdeel"])
            if row["onderdeel"] != "KNM" and row["niveau"] in ("B1", "B2"):
                level[row["persoon"]].add(row["onderdeel"])
    group = [key for key in with_pip(world) if key in taken]
    expect(snapshot, "inburgeringsexamen", [len(passed[key]) == 5 for key in group])
    expect(snapshot, "niveau_behaald", [len(level[key]) == 4 for key in group])


def test_ended_spells_and_hours(snapshot, world):
    expect(snapshot, "leerroute_geslaagd", [
        row["reden_einde"] == "afgerond" for row in world.spells if row["reden_einde"] in ("afgerond", "uitval")
    ])  # fmt: skip
    for id, part, least in (("pvt_volledig", "PVT", 12), ("map_volledig", "MAP", 40)):
        expect(snapshot, id, [
            row["uren"] >= least for row in world.parts if row["onderdeel"] == part and row["resultaat"] == "afgerond"
        ])  # fmt: skip
    assert metrics.catalogue()["leerroute_geslaagd"].klaar


def test_meedoen(snapshot, world):
    running = {row["persoon"] for row in world.spells if row["leerroute"] in ("B1", "Z") and not row["einde"]}
    expect(snapshot, "participatie_actief", [world.doing(key, P) for key in running])
    open_ones = [key for key, row in with_pip(world).items() if not row["datum_einde"]]
    expect(snapshot, "betaald_werk", [world.doing(key, P, "betaald werk") for key in open_ones])
    expect(snapshot, "duaal_gestart", [
        world.doing(row["persoon"], row["start"]) or any(
            one["persoon"] == row["persoon"] and row["start"] < one["start"] <= row["start"] + days(183)
            for one in world.participation)
        for row in world.spells if row["leerroute"] in ("B1", "Z") and row["start"] + days(183) <= P
    ])  # fmt: skip
    expect(snapshot, "werk_na_uitstroom", [
        world.doing(key, row["datum_einde"] + days(182), "betaald werk", "opleiding")
        for key, row in world.trajecten.items()
        if row["uitkomst"] == "voldaan" and row["datum_einde"] + days(182) <= P
    ])  # fmt: skip


@pytest.mark.parametrize("end", ["voldaan", "ontheven of vrijgesteld", "vertrokken of overleden", "niet voldaan"])
def test_voldaan_binnen_is_aalen_johansen_of_lifelines(snapshot, world, end):
    names = {"ontheffing": "ontheven of vrijgesteld", "vrijstelling": "ontheven of vrijgesteld",
             "vertrokken": "vertrokken of overleden", "overleden": "vertrokken of overleden"}  # fmt: skip
    durations, events = [], []
    for key, row in with_pip(world).items():
        stop = row["datum_einde"] or world.persons[key]["datum_vertrek"] or P
        durations.append(max((stop - row["datum_pip"]).days, 0))
        result = names.get(row["uitkomst"], row["uitkomst"])
        events.append(0 if result is None else 1 if result == end else 2)
    # lifelines moves tied durations apart by a hair; that is why it agrees to 1e-2 only
    fitter = AalenJohansenFitter(jitter_level=1e-6, seed=1, calculate_variance=False).fit(durations, events, 1)
    course = fitter.cumulative_density_.iloc[:, 0]
    found = {row["horizon"]: row for row in ask("voldaan_binnen", snapshot) if row["einde"] == end}
    for horizon in (365, 730):
        assert found[horizon]["waarde"] == pytest.approx(course[course.index <= horizon + 0.5].iloc[-1], abs=1e-2)
        assert found[horizon]["in_risico"] == sum(duration >= horizon for duration in durations)
    if max(durations) < 1095:
        assert found[1095]["waarde"] is None


def test_rapportage_op_tijd(snapshot, rows):
    earliest = {}
    for row in rows["rapportages"]:
        key = row["contract"], row["kwartaal"]
        if row["datum"] <= P:
            earliest[key] = min(row["datum"], earliest.get(key, row["datum"]))
    expected = []
    for contract in ("danner-b1", "danner-z"):
        for last in quarter_ends():
            limit = last + days(28)
            if limit <= P:
                when = earliest.get((contract, quarter(last)))
                expected.append((contract, quarter(last), int(when is not None and when <= limit), 1))
    found = ask("rapportage_op_tijd", snapshot)
    assert [(row["contract"], row["kwartaal"], row["teller"], row["noemer"]) for row in found] == expected
    assert {row["teller"] for row in found} == {0, 1}
    assert all("laag" not in row for row in found)


def test_respons(snapshot, rows):
    answers = Counter((row["onderdeel"], quarter(row["datum"])) for row in rows["tevredenheid"] if row["datum"] <= P)
    found = ask("respons", snapshot)
    assert [row["kwartaal"] for row in found] == [quarter(day) for day in quarter_ends()]
    for row in found:
        [invited] = [one["uitgenodigd"] for one in rows["uitnodigingen"] if one["kwartaal"] == row["kwartaal"]]
        assert (row["teller"], row["noemer"]) == (answers["PVT", row["kwartaal"]], invited)
        assert (row["laag"] is None) == (row["teller"] > row["noemer"])


def test_taakstelling(snapshot, world):
    for row in ask("taakstelling", snapshot):
        year, half = (int(part) for part in row["halfjaar"].split("-"))
        housed = sum(
            person["gemeentecode"] == "0397" and person["doelgroep"] in STATUS and moment is not None
            and moment.year == year and (moment.month > 6) == (half == 2)
            for person in world.persons.values() for moment in [person["datum_huisvesting"]]
        )  # fmt: skip
        assert (row["teller"], row["noemer"], row["verwacht"]) == (housed, 17, pytest.approx(10.2))


def test_money(snapshot, world, rows):
    booked = [row for row in rows["boekingen"] if row["soort"] == "realisatie" and row["datum"] <= P]
    provisions, execution = defaultdict(float), defaultdict(float)
    for row in booked:
        (execution if row["budget"] == "uitvoering" else provisions)[row["datum"].year] += row["bedrag"]
    people = Counter(person["datum_plichtig"].year for person in world.persons.values())
    groups = Counter((person["datum_plichtig"].year, person["doelgroep"]) for person in world.persons.values())
    for row in ask("kosten_per_persoon", snapshot):
        assert row["teller"] == pytest.approx(provisions[row["jaar"]])
        assert row["noemer"] == people[row["jaar"]]
        assert row["waarde"] == pytest.approx(row["teller"] / row["noemer"])
    for row in ask("spuk_saldo", snapshot):
        income = 13000 * groups[row["jaar"], "asielstatushouder"] + 601 * groups[row["jaar"], "gezinsmigrant"]
        assert row["waarde"] == pytest.approx(income - provisions[row["jaar"]])
    for row in ask("uitvoeringstekort", snapshot):
        assert row["gemeente"] == "0397"
        assert row["waarde"] == pytest.approx(0.52 * execution[row["jaar"]] - 101000)
    [row] = ask("formatie", snapshot)
    busy = sum(not one["datum_einde"] for one in world.trajecten.values())
    assert (row["n"], row["noemer"]) == (busy, 2.2)
    assert row["teller"] == pytest.approx(busy * 15 / 1400)


def test_besluiten_and_samenloop(snapshot, world):
    made = [row for row in world.of("besluiten") if row["datum"] <= P]
    counts = Counter((row["soort"], row["grondslag"]) for row in made)
    assert [tuple(row.values()) for row in ask("besluiten", snapshot)] == [(*k, v) for k, v in sorted(counts.items())]
    pairs = [
        (one, other) for one in made for other in made
        if one["persoon"] == other["persoon"] and one["soort"] == "boete" and one["grondslag"] == "Wi2021"
        and other["soort"] in ("boete", "maatregel") and other["grondslag"] == "Participatiewet"
        and abs((one["datum"] - other["datum"]).days) <= 30
    ]  # fmt: skip
    assert pairs
    assert ask("samenloop", snapshot) == [{"aantal": len(pairs)}]


def test_gegevenskwaliteit(snapshot):
    found = {(row["bestand"], row["kenmerk"]): row["aantal"] for row in ask("gegevenskwaliteit", snapshot)}
    assert found["alles.xlsx", "gelezen"] == 10
    assert found["alles.xlsx", "geweigerd"] == 1
    assert found[None, "andere start"] == 1


def test_who_was_due_a_part(snapshot, world):
    offered = {(row["persoon"], row["onderdeel"]) for row in world.parts}
    for row in ask("aanbod_gekregen", snapshot):
        if row["onderdeel"] not in ("PVT", "brugklas"):
            continue
        group = [key for key, person in world.persons.items() if person["doelgroep"] == row["doelgroep"]]
        assert row["onderdeel"] == "PVT" or row["doelgroep"] in STATUS
        assert (row["teller"], row["noemer"]) == (
            sum((key, row["onderdeel"]) in offered for key in group), len(group)
        )  # fmt: skip
