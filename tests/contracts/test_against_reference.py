"""Every verdict of random agreements over random rows, all quarters, beside the slow reference."""

import random
from datetime import date

import pytest
import verdict_reference as reference

import contracts
import metrics
from contracts.model import Agreement
from contracts.read import Agreements
from data.fouten import Gebruiksfout

UNTIL = date(2025, 12, 31)
_FIGURES = [
    {"cijfer": "aanwezigheid", "filter": {"soort": "taal"}, "norm": 1.0},
    {"cijfer": "aanwezigheid", "filter": {"soort": "participatie"}, "norm": 0.9},
    {"cijfer": "aanwezigheid", "filter": {"soort": "taal", "gemeente": ["0397", "0377"]}, "norm": 0.95},
    {"cijfer": "aanwezigheid", "filter": {"soort": "taal"}, "perceel": "zuid", "norm": 0.95},
    {"cijfer": "leerroute_geslaagd", "norm": 0.7},
    {"cijfer": "leerroute_geslaagd", "perceel": "noord", "norm": 0.7},
    {"cijfer": "leerroute_geslaagd", "filter": {"leerroute": "B1"}, "norm": 0.75},
    {"cijfer": "onderdeel_geslaagd", "filter": {"onderdeel": "MAP"}, "norm": 0.8},
    {"cijfer": "uitval", "filter": {"einde": "uitval", "horizon": 365}, "norm": 0.15},
    {"cijfer": "tevredenheid", "filter": {"onderdeel": "leerroute"}, "norm": 5.5},
    {"cijfer": "rapportage_op_tijd", "norm": 0.5},
    {"cijfer": "betaald_werk", "norm": 0.3},
    {"cijfer": "duaal_gestart", "filter": {"leerroute": "B1"}, "norm": 0.5},
    {"cijfer": "kwaliteit", "richting": "hoger", "soort": "aandeel", "teller": "docenten_bevoegd", "noemer": "docenten",
     "norm": 0.6},
    {"cijfer": "kwaliteit", "richting": "lager", "teller": "deelnemers_in_groepen", "noemer": "groepen", "norm": 14},
    {"cijfer": "kwaliteit", "richting": "lager", "kenmerk": "wachttijd_dagen", "norm": 28},
    {"cijfer": "kwaliteit", "richting": "hoger", "kenmerk": "keurmerk_geldig_tot", "norm": 1.0},
]  # fmt: skip


def _agreement(id, dice):
    begin = dice.choice([date(2022, 1, 1), date(2022, 11, 15), date(2023, 7, 1)])
    kpis = []
    for number, figure in enumerate(_FIGURES):
        kpi = {
            "id": f"k{number:02}", "titel": "K", **figure,
            "venster": dice.choice(["kwartaal", "vier kwartalen", "looptijd"]),
            "min_n": dice.choice([1, 3, 5, 12]),
            "gevolg": [{"na": 1, "stap": "gesprek"}, {"na": dice.randint(2, 3), "stap": "verbeterplan"}],
        }  # fmt: skip
        if dice.random() < 0.15:
            kpi["norm"] = None
        changed = date(dice.choice([2023, 2024]), dice.choice([1, 4, 5]), 1)
        if dice.random() < 0.4:
            kpi["geldig_van"] = date(2022, 7, 1)
            kpis.append({**kpi, "geldig_van": changed, "norm": kpi["norm"] and kpi["norm"] * 0.9, "gevolg": []})
        elif dice.random() < 0.3:
            kpi["geldig_tot"] = changed
        kpis.append(kpi)
    return {
        "id": id, "titel": "T", "aanbieder": ["A", "B"], "gemeenten": ["0397", "0392", "0377"],
        "percelen": [{"id": "zuid", "titel": "Zuid", "gemeenten": ["0397", "0377"]},
                     {"id": "noord", "titel": "Noord", "gemeenten": ["0392"]}],
        "onderdeel": {"leerroute": "B1"},
        "looptijd": {
            "van": begin, "tot": dice.choice([date(2024, 12, 31), date(2025, 12, 31)]),
            "verlengbaar_tot": date(2027, 12, 31), "verlengd": dice.choice([[], [{"tot": date(2026, 6, 30)}]]),
        },
        "status": dice.choice(["lopend", "lopend", "beëindigd"]), "bron": "proef", "kpis": kpis,
    }  # fmt: skip


def _same(mine, other):
    return mine == other or (
        isinstance(mine, float | int) and isinstance(other, float | int) and abs(mine - other) < 1e-9
    )


@pytest.mark.parametrize("seed", range(2))
def test_every_verdict_equals_the_reference(rows, snapshot, seed):
    dice = random.Random(seed)
    raw = [_agreement(id, dice) for id in ("danner-b1", "danner-z", "vu-onderwijs")]
    raw.append({**_agreement("vluchtelingenwerk-pvt", dice), "status": "in aanbesteding"})
    agreements = Agreements({one["id"]: Agreement.model_validate(one) for one in raw})
    found = contracts.assess(agreements, snapshot, voor=metrics.ALLES, peildatum=UNTIL, kwartaal="alle")
    expected = reference.judge(raw, rows, snapshot, UNTIL)
    assert len(found) == len(expected)
    for mine, other in zip([one.to_json() for one in found], expected, strict=True):
        different = {key: (mine[key], other[key]) for key in mine if not _same(mine[key], other[key])}
        assert not different, (mine["contract"], mine["kpi"], mine["kwartaal"], different)
    seen = {(one.oordeel, one.zekerheid) for one in found}
    assert {"zeker", "onzeker", "geen interval", "te vroeg", None} <= {certainty for _, certainty in seen}
    assert len({verdict for verdict, _ in seen}) == 6


def test_one_quarter_and_one_contract_are_part_of_all(snapshot):
    dice = random.Random(9)
    raw = [_agreement(id, dice) for id in ("danner-b1", "danner-z")]
    agreements = Agreements({one["id"]: Agreement.model_validate(one) for one in raw})
    everything = contracts.assess(agreements, snapshot, voor=metrics.ALLES, peildatum=UNTIL, kwartaal="alle")
    one = contracts.assess(agreements, snapshot, voor=metrics.ALLES, kwartaal="2024-K2", contracten=["danner-z"])
    assert one == [
        verdict for verdict in everything if verdict.contract == "danner-z" and verdict.kwartaal == "2024-K2"
    ]
    last = contracts.assess(agreements, snapshot, voor=metrics.ALLES, peildatum=date(2024, 8, 14))
    assert {verdict.kwartaal for verdict in last} == {"2024-K2"}


def test_what_cannot_be_asked_is_told(snapshot, monkeypatch):
    monkeypatch.setenv("INBURGERING_VANDAAG", "2025-11-03")
    agreements = contracts.read_agreements()
    with pytest.raises(Gebruiksfout, match="Onbekend contract: danner"):
        contracts.assess(agreements, snapshot, voor=metrics.ALLES, contracten=["danner"])
    with pytest.raises(Gebruiksfout, match="2025-K4 is op 03-11-2025 nog niet voorbij"):
        contracts.assess(agreements, snapshot, voor=metrics.ALLES, kwartaal="2025-K4")
    with pytest.raises(Gebruiksfout, match="niet voor publicatie"):
        contracts.assess(agreements, snapshot, voor=metrics.Bevoegdheid(None, exact=False))
