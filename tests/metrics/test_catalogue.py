"""What a definition may be, where a figure comes from, and who stands behind it."""

from datetime import date

import pytest

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, Bevoegdheid, query
from metrics.catalogue import WrongDefinition, check, check_compiled, outputs
from metrics.definition import PERSON, TIME

P = date(2024, 6, 30)
NEEDED = {
    "aantal": set(), "aandeel": {"teller", "noemer"}, "gemiddelde": {"waarde"}, "kwartielen": {"waarde"},
    "tijd_tot": {"duur", "afloop"}, "incidentie": {"duur", "afloop"}, "verhouding": {"teller", "noemer"},
    "bedrag": {"bedrag"},
}  # fmt: skip
LISTED = [
    "instroom",
    "taakstelling",
    "routeverdeling",
    "pip_op_tijd",
    "intake_tot_pip",
    "toets_op_tijd",
    "brugklas_voor_pip",
    "rapportage_op_tijd",
    "uitstroom",
    "maanden_tot_uitstroom",
    "voldaan_binnen",
    "termijn_verstreken",
    "routewissel",
    "afschaling",
    "ontzorgen_verlengd",
    "begeleiding_twaalf_maanden",
    "examen_per_poging",
    "examen_eerste_poging",
    "examen_uiteindelijk",
    "inburgeringsexamen",
    "leerroute_geslaagd",
    "onderdeel_geslaagd",
    "uitval",
    "tevredenheid",
    "respons",
    "aanwezigheid",
    "participatie_actief",
    "betaald_werk",
    "duaal_gestart",
    "werk_na_uitstroom",
    "kosten",
    "kosten_per_persoon",
    "spuk_saldo",
    "uitvoeringstekort",
    "formatie",
    "besluiten",
    "samenloop",
    "gegevenskwaliteit",
    "leerroute_afgerond_binnen",
    "p50_allen",
    "aanbod_gekregen",
    "niveau_behaald",
    "pvt_volledig",
    "map_volledig",
    "uren_z_route",
    "route_past_bij_toets",
    "doorstroom_onderwijs",
    "uit_bijstand",
    "intake_begonnen",
    "pip_openstaand",
    "termijn_loopt_af",
    "spuk_telling",
]


def test_every_figure_of_the_list_is_there():
    assert set(LISTED) <= set(metrics.catalogue())


@pytest.mark.parametrize("id", LISTED)
def test_a_definition_is_whole(id):
    one = metrics.catalogue()[id]
    columns = set(outputs(id))
    assert NEEDED[one.soort] <= columns
    for name in one.mogelijk:
        if name in TIME:
            assert "datum" in columns or name in columns, name
        elif name in PERSON:
            assert "persoon" in columns or name in columns, name
        else:
            assert name in columns, name
    assert one.vraag.endswith("?")
    assert one.definitie.strip().endswith(".")
    assert one.bron
    if one.soort == "incidentie":
        assert one.einden and one.horizonnen


@pytest.mark.parametrize("id", LISTED)
def test_every_dimension_answers_and_filters(snapshot, id):
    one = metrics.catalogue()[id]
    for name in one.mogelijk:
        [answer] = metrics.compute(id, snapshot, voor=ALLES, peildatum=P, per=[name])
        keys = [tuple((row[dim] is None, str(row[dim])) for dim in answer.dims) for row in answer.rijen]
        assert keys == sorted(keys), name
        assert len(set(keys)) == len(keys) or one.soort == "incidentie", name
        known = [row[name] for row in answer.rijen if row[name] is not None]
        if known:
            [again] = metrics.compute(id, snapshot, voor=ALLES, peildatum=P, per=[name], filters={name: known[:1]})
            assert again.rijen == [row for row in answer.rijen if row[name] == known[0]], name


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS aantal; SELECT 2",
        "DROP TABLE personen",
        "SELECT persoon FROM main.personen",
        "SELECT persoon FROM geheim",
        "SELECT bsn FROM personen",
        "SELECT * FROM read_csv('x.csv')",
        "SELECT * FROM 'x.parquet'",
        "SELECT getenv('HOME') AS datum FROM personen",
        "SELECT persoon FROM personen WHERE persoon = :wie",
        "SELECT persoon FROM personen WHERE persoon IN (SELECT persoon FROM main.trajecten)",
        "INSERT INTO personen SELECT * FROM personen",
        "COPY personen TO 'x.csv'",
        "SELECT FROM WHERE",
    ],
)
def test_a_wrong_definition_is_refused(sql):
    with pytest.raises(WrongDefinition):
        check(sql, "proef")
    with pytest.raises(WrongDefinition):  # and whoever would run it looks at that first
        query._written(sql, "proef")


def test_every_definition_may_run():
    for id, one in metrics.catalogue().items():
        check(one.sql, id)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH personen AS (SELECT 1 AS x FROM main.personen), _u AS (SELECT x FROM main.trajecten) SELECT * FROM _u",
        "WITH _u AS (SELECT 1 AS x FROM personen) SELECT * FROM _u",
        "WITH personen AS (SELECT 1 AS x FROM main.personen WHERE x = $eigen) SELECT * FROM personen",
        "WITH personen AS (SELECT 1 AS x FROM ander.main.personen) SELECT * FROM personen",
    ],
)
def test_what_runs_is_looked_at_again(sql):
    with pytest.raises(WrongDefinition):
        check_compiled(sql, "proef")


def test_lineage_and_provenance(snapshot):
    tables = metrics.lineage("pip_op_tijd")
    assert set(tables) == {"personen", "trajecten"}
    assert "datum_pip" in tables["trajecten"]
    found = metrics.provenance("pip_op_tijd", snapshot)
    assert [one["tabel"] for one in found] == ["personen", "trajecten"]
    counts = {"bestand": "alles.xlsx", "stand": None, "geladen": 7, "geweigerd": 1}
    assert found[1]["leveringen"] == [counts | {"redenen": {}, "rijen": []}]
    with pytest.raises(Gebruiksfout):
        metrics.provenance("bestaat_niet", snapshot)


def test_persons_behind_a_figure(snapshot):
    asked = {"peildatum": P, "filters": {"gemeente": ["0397"]}}
    [answer] = metrics.compute("pip_op_tijd", snapshot, voor=ALLES, **asked)
    units = metrics.persons("pip_op_tijd", snapshot, voor=ALLES, per=["doelgroep"], **asked)
    assert len(units) == answer.rijen[0]["noemer"]
    assert sum(unit["teller"] for unit in units) == answer.rijen[0]["teller"]
    assert all(len(unit["persoon"]) == 16 and unit["persoon"].isalpha() for unit in units)
    assert units[0]["doelgroep"]
    assert metrics.persons("instroom", snapshot, voor=Bevoegdheid(frozenset()), peildatum=P) == []
    with pytest.raises(Gebruiksfout):
        metrics.persons("tevredenheid", snapshot, voor=ALLES)


def test_hidden_is_its_own_state():
    import copy
    import pickle

    assert str(metrics.VERBORGEN) == "verborgen"
    assert copy.deepcopy(metrics.VERBORGEN) is metrics.VERBORGEN
    assert pickle.loads(pickle.dumps(metrics.VERBORGEN)) is metrics.VERBORGEN
    assert metrics.VERBORGEN not in (0, None, "", False)


def test_an_empty_warehouse_answers_too(tmp_path):
    from warehouse import write

    empty = write(tmp_path / "leeg.duckdb", {}, id="leeg")
    for id, one in metrics.catalogue().items():
        [answer] = metrics.compute(id, empty, voor=ALLES, peildatum=P)
        # no dimensions: one row that counts nothing; dimensions: no rows, for nothing occurs
        rows = len(one.horizonnen) * (len(one.einden) + 1) if one.soort == "incidentie" else 1
        assert len(answer.rijen) == (0 if one.eigen else rows), id
        metrics.publish([answer])
