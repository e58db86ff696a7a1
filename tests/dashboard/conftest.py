"""One small example, loaded once for all tests of the dashboard."""

import os

import pytest

import contracts
import etl
from data import voorbeeld


@pytest.fixture(scope="session")
def werkmap(tmp_path_factory):
    """A work folder with the example of 300 persons."""
    base = tmp_path_factory.mktemp("voorbeeld")
    voorbeeld.write(base / "leveringen", personen=300)
    before = os.environ.get("INBURGERING_CONFIGMAP")
    os.environ["INBURGERING_CONFIGMAP"] = str(base / "configuratie")
    try:
        terms = contracts.read_agreements().terms()
        etl.load([base / "leveringen"], store=etl.Store(base / "werk"), contracts=terms)
    finally:
        os.environ.pop("INBURGERING_CONFIGMAP")
        if before is not None:
            os.environ["INBURGERING_CONFIGMAP"] = before
    return base / "werk"


@pytest.fixture(scope="session")
def snapshot(werkmap):
    """Its current momentopname."""
    return etl.Store(werkmap).current()
