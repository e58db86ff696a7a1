"""All mistakes in all agreements are told at once, with file and line; the example agreements have none."""

import pytest

import contracts
from data.fouten import Gebruiksfout

GOOD = """id: {id}
titel: Taal
aanbieder: School
gemeenten: ["0397"]
onderdeel: {{leerroute: B1}}
looptijd: {{van: 2022-01-01, tot: 2025-12-31}}
bron: voorbeeldnorm
kpis:
  - id: aanwezigheid
    titel: Aanwezigheid
    cijfer: {figure}
    filter: {{{filter}}}
    norm: {norm}
    gevolg: [{{na: {first}, stap: gesprek}}, {{na: 2, stap: plan}}]
"""


def _write(folder, name, **facts):
    defaults = {"id": "a", "figure": "aanwezigheid", "filter": "soort: taal", "norm": 0.8, "first": 1}
    (folder / name).write_text(GOOD.format(**{**defaults, **facts}))


def test_the_example_has_ten_contracts_without_a_mistake():
    found = contracts.read_agreements()
    assert len(found) == 10
    assert {term.contract for term in found.terms()} == set(found)
    assert all(one.bron == "voorbeeldnorm" for one in found.values())


def test_every_mistake_is_told_with_file_and_line(tmp_path):
    _write(tmp_path, "a.yaml", figure="aanwezigheit")
    _write(tmp_path, "b.yaml", id="b", filter="kleur: rood, soort: taal")
    _write(tmp_path, "c.yaml", id="c", figure="pip_op_tijd", filter="gemeente: '0397'", norm=80)
    _write(tmp_path, "d.yaml", id="d", first=2)
    _write(tmp_path, "e.yaml", id="e", filter="")
    (tmp_path / "f.yaml").write_text("id: f\n  titel: [scheef\n")
    _write(tmp_path, "g.yaml", id="b")
    with pytest.raises(Gebruiksfout) as fault:
        contracts.read_agreements(tmp_path)
    told = fault.value.meldingen
    expected = [
        ("a.yaml, regel 11", "aanwezigheit bestaat niet"),
        ("b.yaml, regel 12", "kent het filter kleur niet"),
        ("c.yaml, regel 13", "norm van 0 tot 1"),
        ("d.yaml, regel 14", "lopen niet op"),
        ("e.yaml, regel 12", "kies één soort"),
        ("f.yaml, regel 2", "geen geldige YAML"),
        ("g.yaml, regel 1", "staat ook in een ander bestand"),
    ]
    assert len(told) == len(expected)
    for sentence, (place, text) in zip(told, expected, strict=True):
        assert sentence.startswith(place), sentence
        assert text in sentence


def test_wrong_fields_are_told_in_dutch(tmp_path):
    (tmp_path / "a.yaml").write_text(
        GOOD.format(id="a", figure="aanwezigheid", filter="soort: taal", norm="veel", first=1) + "kleur: rood\n"
    )
    with pytest.raises(Gebruiksfout) as fault:
        contracts.read_agreements(tmp_path)
    assert fault.value.meldingen == [
        "a.yaml, regel 13: kpis.norm is geen getal. Schrijf bijvoorbeeld 0.80.",
        "a.yaml, regel 15: kleur kennen wij niet. Is de naam goed gespeld?",
    ]
