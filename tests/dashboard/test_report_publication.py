"""What the reports publish, before the auditor who has only its JSON; also of a delivery of thirty people."""

import sys
from pathlib import Path

import pytest

import contracts
import etl
import metrics
from dashboard.report import content
from data import voorbeeld
from metrics import insight

sys.path.insert(0, str(Path(__file__).parents[1] / "metrics"))
from auditor import audit, shown_small

pytestmark = pytest.mark.xdist_group("publicatie")


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A momentopname of thirty persons."""
    base = tmp_path_factory.mktemp("klein")
    voorbeeld.write(base / "leveringen", personen=30, zaad=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INBURGERING_CONFIGMAP", str(base / "configuratie"))
        etl.load([base / "leveringen"], store=etl.Store(base / "werk"), contracts=contracts.read_agreements().terms())
    return etl.Store(base / "werk").current()


@pytest.mark.parametrize("soort", ["evaluatie", "kwartaal"])
@pytest.mark.parametrize("size", ["demo", "few"])
def test_nothing_comes_out_of_a_report(soort, size, request):
    snapshot = request.getfixturevalue("snapshot" if size == "demo" else "few")
    day = metrics.default_peildatum(snapshot)
    signals = insight.read_signals() if size == "few" else None
    pub = content.publish(content.Order(soort), snapshot, metrics.ALLES, day, signals)
    published = [one.to_json() for one in pub.everything]
    assert audit(published) == []
    assert shown_small(published) == []
    assert "verborgen" in str(published)
