"""What differs in the deliveries, for who has some municipalities: of contracts with people of theirs, of no other."""

import re
from pathlib import Path

import pytest
from plotly.io.json import to_json_plotly
from visitors import PEOPLE

import contracts
import etl
from dashboard import access
from dashboard.access import Desk
from dashboard.pages import gegevens
from dashboard.pages.context import Context
from dashboard.state import View

pytestmark = pytest.mark.xdist_group("toegang")
ELSEWHERE = {"danner-z", "danner-brugklas"}  # here only of Haarlem


@pytest.fixture(scope="module")
def agreements(tmp_path_factory):
    """The ten contracts, two of them only of Haarlem, and one left out."""
    folder = tmp_path_factory.mktemp("afspraken")
    for path in (Path(contracts.__file__).parent / "agreements").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.stem in ELSEWHERE:
            text = re.sub(r"(?m)^gemeenten: .*$", 'gemeenten: ["0392"]', text)
        if path.stem != "hva-onderwijs":
            (folder / path.name).write_text(text, encoding="utf-8")
    return folder


def _rows(snapshot):
    with snapshot.connect() as connection:
        return connection.execute("SELECT coalesce(contract, '-'), count(*) FROM bevindingen GROUP BY 1").fetchall()


def _seen(rows):
    found = {}
    for contract, _, _, count in rows:
        found[contract] = found.get(contract, 0) + count
    return found


def test_findings_are_of_contracts_with_ones_own_municipality(werkmap, snapshot, agreements):
    desk, every = Desk(werkmap, agreements), dict(_rows(snapshot))
    assert every.keys() >= ELSEWHERE, "the example must hold findings of both"
    for who in ("beleid regio", "beheer"):
        with access.acting(PEOPLE[who]):
            assert _seen(desk.findings(snapshot)) == every
    with access.acting(PEOPLE["beleid elders"]):  # Haarlem
        assert _seen(desk.findings(snapshot)) == {key: n for key, n in every.items() if key != "hva-onderwijs"}
    mine = {key: n for key, n in every.items() if key not in {*ELSEWHERE, "hva-onderwijs"}}
    assert mine
    for who in ("beleid", "contract deel"):
        with access.acting(PEOPLE[who]):
            assert _seen(desk.findings(snapshot)) == mine
            for id in ("gegevenskwaliteit", "rapportage_op_tijd"):
                rows = desk.answer(snapshot, id, View()).rijen
                assert not {row["contract"] for row in rows} & {*ELSEWHERE, "hva-onderwijs"}
            signals = [one for one in desk.signals(snapshot, View()) if one.verklaring.cijfer == "rapportage_op_tijd"]
            assert not {one.uitkomst.dims.get("contract") for one in signals} & {*ELSEWHERE, "hva-onderwijs"}
    with access.acting(PEOPLE["beleid"]):  # own costs stay, whatever contract they were booked on
        assert desk.answer(snapshot, "kosten", View(), ("contract",)).rijen


def test_the_page_names_no_contract_of_others_and_no_person(werkmap, snapshot, agreements):
    desk = Desk(werkmap, agreements)
    with snapshot.connect() as connection:
        people = {row[0] for row in connection.execute("SELECT DISTINCT persoon FROM personen").fetchall()}
    told = {}
    for who in ("contract deel", "contract", "beheer"):
        with access.acting(PEOPLE[who]):
            told[who] = to_json_plotly(gegevens.render(Context(desk, snapshot, View())))
    names = {etl.schrijf_persoon(one) for one in people} | {str(one) for one in people if one > 10**9}
    assert not [name for name in names if name in told["contract deel"]]
    titles = {id: one.titel for id, one in contracts.read_agreements(agreements).items() if id in ELSEWHERE}
    for id, title in titles.items():
        assert f'"{title}"' in told["contract"]
        assert f'"{title}"' not in told["contract deel"] and f'"{id}"' not in told["contract deel"]
    limited = {who: "waar uw gemeenten bij horen" in text for who, text in told.items()}
    assert limited == {"contract deel": True, "contract": False, "beheer": False}
