"""One small example for everyone who needs a work folder with something in it: loading it costs seconds."""

import os

import pytest

import contracts
import etl
from data import voorbeeld


@pytest.fixture(scope="session")
def voorbeeld_werkmap(tmp_path_factory):
    """A work folder with the example of 300 persons, its deliveries beside it. Who changes it, copies it first."""
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
