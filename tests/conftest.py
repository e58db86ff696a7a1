"""What is costly to make and used in many places: a work folder with the example in it, and a browser."""

import os

import pytest
from playwright.sync_api import sync_playwright

import contracts
import etl
from dashboard.figures import pictures
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


@pytest.fixture(scope="session")
def chromium():
    """The system's browser. One for all tests of a process: two at once is more than the library allows."""
    path = pictures.browser()
    assert path, "Chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
