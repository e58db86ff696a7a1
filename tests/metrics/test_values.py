"""What cannot occur is told to who mistypes, with what can."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from warehouse import write

import metrics
from data.fouten import Gebruiksfout
from metrics.values import _LISTS

LAYOUT = Path(__file__).parents[2] / "etl" / "layouts" / "standaard.yaml"


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setenv("INBURGERING_VANDAAG", "2025-02-01")
    person = {
        "persoon": 1, "geboortejaar": 1990, "geslacht": "man", "gemeentecode": "0397", "doelgroep": "gezinsmigrant",
        "datum_plichtig": date(2022, 1, 1), "mutatiedatum": date(2024, 12, 31),
    }  # fmt: skip
    rows = {
        "personen": [person],
        "ref_gemeenten": [{"gemeentecode": "0397", "gemeente": "Heemstede", "regio": "IJmond"}],
        "contracten": [{"contract": "danner-b1", "van": date(2022, 1, 1), "tot": date(2025, 12, 31),
                        "ritme": "kwartaal", "termijn_dagen": 28}],
        "leerroutes": [{"persoon": 1, "leerroute": "B1", "contract": "oud", "start": date(2022, 2, 1)}],
    }  # fmt: skip
    return write(tmp_path / "w.duckdb", rows)


@pytest.mark.parametrize(
    ("id", "words", "told"),
    [
        ("instroom", {"peildatum": date(2025, 2, 2)}, "toekomst. Kies een dag van 01-01-2022 tot en met 01-02-2025"),
        ("instroom", {"peildatum": date(2021, 12, 31)}, "voor de Wet inburgering 2021. Kies een dag van 01-01-2022"),
        ("instroom", {"filters": {"gemeente": ["Heemsteede"]}}, r"Bedoelt u 0397 \(Heemstede\)"),
        ("instroom", {"filters": {"gemeente": ["9999"]}}, "'9999' is geen code van een gemeente"),
        ("instroom", {"filters": {"jaar": ["20244"]}}, "'20244' is geen jaar"),
        ("uitval", {"filters": {"horizon": [12]}}, "Kies uit: 183, 365, 730"),
        ("uitval", {"filters": {"contract": ["danner"]}}, "Kies uit: danner-b1, oud"),
        ("aanwezigheid", {"filters": {"soort": ["boete"]}}, "Kies uit: taal, participatie"),
        ("besluiten", {"filters": {"soort": ["taal"]}}, "Kies uit: waarschuwing, boete"),
        ("examen_per_poging", {"filters": {"onderdeel": ["MAP"]}}, "Kies uit: lezen"),
        ("instroom", {"per": ["onzin"]}, "Wel mogelijk: gemeente"),
        ("qqqq", {}, "De lijst van alle cijfers geeft: inburgering cijfers"),
    ],
)
def test_it_is_told_with_what_is_possible(world, id, words, told):
    with pytest.raises(Gebruiksfout, match=told):
        metrics.check_possible([id], world, **words)


def test_what_can_occur_passes(world):
    filters = {"gemeente": ["397"], "contract": ["danner-b1"], "jaar": [2030], "leerroute": ["z"]}
    metrics.check_possible(["uitstroom"], world, filters=filters, peildatum=date(2025, 2, 1))
    for id, own in (("uitstroom", {"reden_einde": ["uitval"]}), ("kosten", {"kostensoort": ["software"]})):
        metrics.check_possible([id], world, filters=own)


def test_all_mistakes_at_once(world):
    with pytest.raises(Gebruiksfout) as fault:
        metrics.check_possible(
            ["aanwezigheid"], world, peildatum=date(2030, 1, 1), filters={"soort": ["x"], "gemeente": ["y"]}
        )
    assert len(fault.value.meldingen) == 3


def test_the_lists_are_those_of_the_layout():
    """A value that loads may be asked: every list of the standard layout is in the lists here."""
    layout = yaml.safe_load(LAYOUT.read_text(encoding="utf-8"))
    for table, column, id in (
        ("besluiten", "soort", "besluiten"), ("besluiten", "grondslag", ""), ("uren", "soort", "aanwezigheid"),
        ("boekingen", "budget", ""), ("boekingen", "kostensoort", ""), ("leerroutes", "reden_einde", ""),
        ("examens", "onderdeel", "examen_per_poging"), ("onderdelen", "onderdeel", "onderdeel_geslaagd"),
        ("tevredenheid", "onderdeel", "tevredenheid"),
    ):  # fmt: skip
        known = layout[table]["kolommen"][column]["keuzes"]
        values = [next(iter(one)) if isinstance(one, dict) else one for one in known]
        assert set(values) <= set(_LISTS[column][id]), (table, column)
