"""One example work folder for the tests of access."""

import os

import pytest
from visitors import PEOPLE, SETTINGS, app_with, log_in

import contracts
import etl
from dashboard.app import create_app
from data import voorbeeld


@pytest.fixture(scope="session")
def werkmap(tmp_path_factory):
    """A work folder with the example of 120 persons, and its deliveries beside it."""
    base = tmp_path_factory.mktemp("toegang")
    voorbeeld.write(base / "leveringen", personen=120)
    for path in base.rglob("*.xlsx"):  # reading the reports takes most of the time, and these will do
        name = path.name.lower()
        if name.startswith(("rapportage", "kwartaalrapportage", "presentie")) and "-b1_2025" not in name:
            path.unlink()
    before = os.environ.get("INBURGERING_CONFIGMAP")
    os.environ["INBURGERING_CONFIGMAP"] = str(base / "configuratie")
    try:
        etl.load([base / "leveringen"], store=etl.Store(base / "werk"), contracts=contracts.read_agreements().terms())
    finally:
        os.environ.pop("INBURGERING_CONFIGMAP")
        if before is not None:
            os.environ["INBURGERING_CONFIGMAP"] = before
    return base / "werk"


@pytest.fixture(scope="session")
def snapshot(werkmap):
    """Its momentopname."""
    return etl.Store(werkmap).current()


@pytest.fixture(scope="session")
def app(werkmap):
    """The app as a municipality runs it: people must log in."""
    return app_with(werkmap, **SETTINGS)


@pytest.fixture(scope="session")
def demo(werkmap):
    """The app on somebody's own computer."""
    return create_app(werkmap)


@pytest.fixture
def browser(app):
    """Gives a browser that is logged in as somebody of PEOPLE; None: not logged in."""

    def of(name):
        return log_in(app, PEOPLE[name] if name is not None else None)

    return of
