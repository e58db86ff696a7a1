"""All mistakes in all agreements are told at once, with file and line; the example agreements have none."""

from datetime import date

import pytest

import contracts
from contracts import schema
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
        ("g.yaml, regel 1", "staat ook in b.yaml"),
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


WHOLE = """id: taal
titel: Taal
aanbieder: [School A, School B]
gemeenten: ["0397", "0377", "0392"]
onderdeel: {leerroute: B1}
percelen:
  - {id: zuid, titel: Zuid, gemeenten: ["0397", "0377"]}
  - {id: noord, titel: Noord, gemeenten: ["0392"], aanbieder: School B}
looptijd: {van: 2022-01-01, tot: 2024-12-31, verlengbaar_tot: 2026-12-31, verlengd: [{tot: 2025-12-31}]}
keurmerk: {perioden: [{status: aspirant, van: 2022-01-01, tot: 2022-12-31}, {status: geldig, van: 2023-01-01}]}
bron: artikel 4 van het contract
kpis:
  - {id: a, titel: A, cijfer: aanwezigheid, filter: {soort: taal}, perceel: zuid, norm: 0.8}
"""


def _read(folder, text):
    (folder / "taal.yaml").write_text(text)
    return contracts.read_agreements(folder)["taal"]


def test_parcels_extensions_and_several_suppliers(tmp_path):
    one = _read(tmp_path, WHOLE)
    assert one.aanbieder == "School A en School B"
    assert one.looptijd.einde == date(2025, 12, 31)
    assert one.filter_of(one.kpis[0]) == {"soort": ["taal"], "gemeente": ["0397", "0377"]}
    assert contracts.read_agreements(tmp_path).terms()[0].tot == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("perceel: zuid", "perceel: west", "regel 13: het perceel west staat niet bij percelen."),
        ('gemeenten: ["0392"]', 'gemeenten: ["0375"]', "regel 8: de gemeente 0375 hoort niet bij dit contract."),
        ('"0377", "0392"]\n', '"0377", "0377", "0392"]\n', "regel 4: de gemeentecode 0377 staat er twee keer."),
        ("[{tot: 2025-12-31}]", "[{tot: 2027-12-31}]", "regel 9: de verlenging gaat verder dan verlengbaar_tot."),
        ("[{tot: 2025-12-31}]", "[{tot: 2024-12-31}]", "regel 9: een verlenging eindigt na het vorige einde."),
        ("verlengbaar_tot: 2026", "verlengbaar_tot: 2023", "regel 9: verlengbaar_tot ligt voor het einde"),
        ("tot: 2022-12-31}", "tot: 2023-12-31}", "regel 10: de statussen van het keurmerk overlappen"),
        ("leerroute: B1}", "leerroute: onderwijs}", "regel 10: de onderwijsroute valt onder de Inspectie"),
        ("soort: taal", "soort: rekenen", "regel 13: 'rekenen' bestaat niet bij soort. Kies uit: taal, participatie."),
        ("norm: 0.8", "norm: .nan", "regel 13: kpis.norm is geen getal."),
        ("norm: 0.8", "norm: 0.8, teller: docenten", "regel 13: teller hoort alleen bij cijfer: kwaliteit."),
        ("norm: 0.8", "norm: 0.8, geldig_van: 2024-01-01, geldig_tot: 2023-01-01", "regel 13: geldig_tot ligt voor"),
        ("soort: taal", "soort: taal, contract: ander", "regel 13: het contract staat al vast"),
        ("cijfer: aanwezigheid", "cijfer: aanwezig", "het cijfer aanwezig bestaat niet. Bedoelt u aanwezigheid?"),
    ],
)
def test_mistakes_beside_the_figures_are_told_in_one_sentence(tmp_path, old, new, told):
    assert old in WHOLE
    with pytest.raises(Gebruiksfout) as fault:
        _read(tmp_path, WHOLE.replace(old, new, 1))
    assert any(told in sentence for sentence in fault.value.meldingen), fault.value.meldingen


def test_the_keurmerk_is_a_gate(tmp_path):
    one = _read(tmp_path, WHOLE)
    assert contracts.gate(one, date(2022, 6, 1)).status == "aspirant"
    assert contracts.gate(one, date(2024, 6, 1)).open
    assert contracts.gate(one, date(2021, 6, 1)).status == "onbekend"
    gone = _read(tmp_path, WHOLE.replace("{status: geldig, van: 2023", "{status: geschorst, van: 2023"))
    assert contracts.gate(gone, date(2024, 6, 1)).open is False
    assert "mogen er geen nieuwe lessen beginnen" in contracts.gate(gone, date(2024, 6, 1)).zin
    school = contracts.read_agreements()["vu-onderwijs"]
    assert contracts.gate(school, date(2024, 6, 1)).toezicht == "Inspectie van het Onderwijs"


def test_the_schema_is_current_and_describes_every_field():
    assert schema.PLACE.read_text(encoding="utf-8") == schema.text(), "run: python -m contracts.schema"
    made = schema.schema()
    parts = {"Agreement": made, **made["$defs"]}
    for name, part in parts.items():
        for field, facts in part["properties"].items():
            assert facts.get("description"), f"{name}.{field} has no description"
    assert {"id", "titel", "cijfer"} == set(parts["Kpi"]["required"])
    assert {"type": "string"} in parts["Agreement"]["properties"]["aanbieder"]["anyOf"]


def test_example_norms_say_where_they_come_from():
    found = contracts.read_agreements()
    sources = {one.source(kpi) for one in found.values() for kpi in one.kpis}
    assert "voorbeeldnorm" in sources
    assert "landelijke monitor tolken" in sources
    law = {kpi.cijfer for one in found.values() for kpi in one.kpis if "Besluit" in one.source(kpi)}
    assert law == {"map_volledig", "pvt_volledig"}
    assert 50 <= sum(len({kpi.id for kpi in one.kpis}) for one in found.values()) <= 65
