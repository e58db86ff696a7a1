"""What a chart shows is what its table shows; and what is too small for one municipality names whom it is about."""

import re

import pytest

import contracts
import metrics
from dashboard import report
from dashboard.report import blocks, content
from metrics import insight

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.fixture(scope="module")
def heemstede(snapshot):
    order = report.Order("evaluatie", towns=("0397",), chapters=("tijdigheid", "instroom"))
    sources = report.Sources(declarations=insight.read_signals())
    return content.build(order, snapshot, contracts.read_agreements(), metrics.ALLES, sources)


def _pairs(parts):
    """Every chart of shares with the table of the same title."""
    tables = {one["titel"]: one for one in parts if one["soort"] == "tabel"}
    return [(one, tables[one["titel"]]) for one in parts if one["soort"] == "grafiek" and one["titel"] in tables]


def test_a_chart_says_what_its_table_says(heemstede):
    facts, _ = heemstede
    found = 0
    for chapter in facts["hoofdstukken"]:
        for chart, table in _pairs(chapter["blokken"]):
            if table["koppen"][1:4] != ["Aantal", "Van", "Aandeel"]:
                continue
            drawn = re.findall(r">([^<>]+)</text>", chart["svg"])
            for name, count, whole, part, *_ in table["rijen"]:
                value = "verborgen" if count == "verborgen" else f"{count} van de {whole}"
                value += f" ({part})" if part.endswith("%") else ""
                assert name in drawn and value in drawn
                assert f"{name}: {value}" in chart["alt"]
                found += 1
    assert found >= 3


def test_a_coarser_level_is_named_in_sentence_table_and_account(heemstede):
    facts, pub = heemstede
    lifted = [one for one in pub.answers if pub.about(one.id, *one.per)]
    assert lifted, "at 300 persons some figure of Heemstede alone is too small"
    said = " ".join(blocks.texts(facts["hoofdstukken"]))
    for one in lifted:
        place = pub.about(one.id, *one.per)
        title = metrics.catalogue()[one.id].titel
        assert f"{title}: getoond over {place}." in said
    text = " ".join(blocks.texts(next(one for one in facts["hoofdstukken"] if one["id"] == "tijdigheid")))
    if place := pub.about("pip_op_tijd"):
        assert f"Over {place if place.startswith('de ') else place + ' samen'}: " in text


def test_no_percentage_of_fewer_than_twenty_people_leaves_the_house(heemstede):
    _, pub = heemstede
    for answer in pub.everything:
        for row in answer.rijen:
            if (
                answer.definition.personen
                and answer.definition.soort == "aandeel"
                and isinstance(row.get("noemer"), int)
                and row["noemer"] < 20
            ):
                assert not isinstance(row.get("waarde"), float), (answer.cijfer, row)
