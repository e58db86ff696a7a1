"""The finest level that passes: by hand for each step of the ladder, and at random against the auditor."""

import random
from datetime import date

import pytest
from auditor import KNOWN, audit, shown_small
from warehouse import random_rows, write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, Bevoegdheid, Vraag

P = date(2024, 12, 31)
HEEMSTEDE = {"gemeente": ["0397"]}
THIS_YEAR = date(2024, 1, 1)


def town(path, counts, route=None):
    """Persons by municipality and year of datum_plichtig; `route` gives each a spell on it."""
    persons, spells = [], []
    for (code, year), count in counts.items():
        for _ in range(count):
            key, day = len(persons) + 1, date(year, 3, 1)
            persons.append({
                "persoon": key, "geboortejaar": 1990, "geslacht": "vrouw", "gemeentecode": code,
                "doelgroep": "asielstatushouder", "datum_plichtig": day, "mutatiedatum": day,
            })  # fmt: skip
            if route:
                spells.append({"persoon": key, "leerroute": route[len(spells) % len(route)], "start": day})
    places = [{"gemeentecode": code, "gemeente": code, "regio": "IJmond"} for code in ("0397", "0377", "0392")]
    together = [
        {"jaar": 2024, "gemeentecode": code, "aandeel": 0.5, "fte": 1.0, "uren_per_fte": 1400.0, "bron": "proef"}
        for code in ("0397", "0377")
    ]
    rows = {"personen": persons, "leerroutes": spells, "ref_uitvoering": together, "ref_gemeenten": places}
    return write(path / "stad.duckdb", rows, id=path.name)


def one(snapshot, *vragen, voor=ALLES):
    return metrics.finest(vragen, snapshot, voor=voor, peildatum=P)


def level(found):
    return found.niveau.periode, found.niveau.gebied, found.niveau.leerroute


def test_what_passes_stays_as_asked(tmp_path):
    world = town(tmp_path, {("0397", 2024): 12})
    [found] = one(world, Vraag("instroom", filters=HEEMSTEDE, van=THIS_YEAR))
    assert found.niveau.stap == 0 and found.getoond and found.geprobeerd == ()
    assert found.antwoord.rijen == [{"aantal": 12}]


@pytest.mark.parametrize(
    ("counts", "expected", "aantal"),
    [
        ({("0397", 2024): 3, ("0397", 2023): 9}, ("twee jaar", "zoals gevraagd"), 12),
        ({("0397", 2024): 1, ("0397", 2023): 2, ("0397", 2022): 8}, ("sinds 2022", "zoals gevraagd"), 11),
        ({("0397", 2024): 2, ("0377", 2022): 6, ("0392", 2022): 50}, ("sinds 2022", "IASZ"), 8),
        ({("0397", 2024): 2, ("0377", 2022): 1, ("0392", 2022): 50}, ("sinds 2022", "regio"), 53),
    ],
)
def test_first_a_longer_period_then_a_larger_area(tmp_path, counts, expected, aantal):
    world = town(tmp_path, counts)
    [found] = one(world, Vraag("instroom", filters=HEEMSTEDE, van=THIS_YEAR))
    assert (*level(found)[:2], found.antwoord.rijen) == (*expected, [{"aantal": aantal}])
    assert found.getoond and {attempt.reden for attempt in found.geprobeerd} == {"klein"}
    assert [attempt.niveau.stap for attempt in found.geprobeerd] == list(range(found.niveau.stap))
    tried = [(attempt.niveau.van, attempt.niveau.gemeenten) for attempt in found.geprobeerd]
    assert tried[0] == (THIS_YEAR, ("0397",)) and (found.niveau.van, found.niveau.gemeenten) not in tried


def test_last_all_leerroutes(tmp_path):
    world = town(tmp_path, {("0397", 2024): 1, ("0377", 2024): 1, ("0392", 2024): 8}, route=("Z", "B1", "B1"))
    [found] = one(world, Vraag("instroom", filters={**HEEMSTEDE, "leerroute": ["Z"]}, van=THIS_YEAR))
    assert level(found) == ("sinds 2022", "regio", "alle")  # four on Z in the whole region
    assert found.antwoord.rijen == [{"aantal": 10}]


def test_what_passes_nowhere_says_so_and_stays_hidden(tmp_path):
    world = town(tmp_path, {("0397", 2024): 2})
    [found] = one(world, Vraag("instroom", filters=HEEMSTEDE, van=THIS_YEAR))
    assert not found.getoond
    assert found.antwoord.to_json()["rijen"] == [{"aantal": "verborgen"}]


def test_a_table_per_year_becomes_one_per_two_years(tmp_path):
    world = town(tmp_path, {("0397", 2024): 9, ("0397", 2023): 2, ("0397", 2022): 7})
    [found] = one(world, Vraag("instroom", ("jaar",), HEEMSTEDE))
    assert found.antwoord.rijen == [{"tweejaar": "2022", "aantal": 7}, {"tweejaar": "2023-2024", "aantal": 11}]
    assert level(found)[0] == "twee jaar"


def test_a_year_beside_since_2022_is_weighed_together(tmp_path):
    """2024 counts 9 and since 2022 is 12: each passes alone, together they say that 3 came before."""
    world = town(tmp_path, {("0397", 2024): 9, ("0397", 2023): 3, ("0377", 2022): 20})
    whole, year = one(world, Vraag("instroom", filters=HEEMSTEDE), Vraag("instroom", filters=HEEMSTEDE, van=THIS_YEAR))
    assert whole.antwoord.rijen == [{"aantal": 12}]
    assert year.geprobeerd[0].reden == "af te leiden"
    assert year.antwoord.rijen == [{"aantal": 12}] and level(year)[0] == "twee jaar"


def test_an_area_is_no_larger_than_ones_rights(tmp_path):
    world = town(tmp_path, {("0397", 2024): 2, ("0377", 2024): 20})
    asked = Vraag("instroom", filters=HEEMSTEDE, van=THIS_YEAR)
    [found] = one(world, asked, voor=Bevoegdheid(frozenset({"0397"})))
    assert found.niveau.gebied == "zoals gevraagd" and not found.getoond
    with pytest.raises(Gebruiksfout, match="gepubliceerde"):
        one(world, asked, voor=Bevoegdheid(None, exact=False))


def test_a_wide_table_may_hide_some_rows(tmp_path):
    world = town(tmp_path, {("0397", 2024): 2, ("0377", 2024): 3, ("0392", 2024): 40, ("0453", 2024): 40})
    [strict] = one(world, Vraag("instroom", ("gemeente",)))
    [loose] = one(world, Vraag("instroom", ("gemeente",), deel=0.5))
    assert strict.niveau.gebied == "regio" and strict.antwoord.rijen == [{"aantal": 85}]
    assert loose.niveau.stap == 0 and len(loose.antwoord.rijen) == 4


FIGURES = ("instroom", "toets_op_tijd", "routeverdeling", "uitval", "uitstroom", "examen_per_poging", "voldaan_binnen",
           "betaald_werk", "leerroute_geslaagd", "brugklas_voor_pip")  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6, 7, 8])
def test_nothing_comes_out_of_levels_chosen_together(seed, tmp_path):
    dice = random.Random(seed)
    world = write(tmp_path / "w.duckdb", random_rows(dice.choice([30, 60, 120]), seed=seed), id=f"fijn{seed}")
    asked = []
    for _ in range(dice.randint(2, 5)):
        id = dice.choice(FIGURES)
        assert id in KNOWN
        possible = metrics.catalogue()[id].dimensies
        filters = {"gemeente": dice.choice([["0397"], ["0377"], ["0397", "0377"]])} if dice.random() < 0.7 else {}
        if "leerroute" in possible and dice.random() < 0.3:
            filters["leerroute"] = [dice.choice(["B1", "Z"])]
        per = tuple(name for name in ("jaar", "gemeente") if name in possible and dice.random() < 0.3)
        van = dice.choice([None, date(2023, 1, 1), date(2024, 1, 1)])
        asked.append(Vraag(id, per, filters, van, deel=dice.choice([1.0, 0.5])))
    found = metrics.finest(asked, world, voor=ALLES, peildatum=date(2024, 6, 30))
    published = [one.antwoord.to_json() for one in found]
    assert audit(published) == []
    assert shown_small(published) == []
    for one in found:
        levels = [attempt.niveau.stap for attempt in one.geprobeerd]
        assert levels == list(range(one.niveau.stap))
