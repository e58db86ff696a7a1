"""One small example, loaded once for all tests of the dashboard."""

import pytest

import etl
from dashboard import access, texts
from dashboard.access import Desk

EVERYTHING = access.Person("test", frozenset(access.ROLLEN), None)


@pytest.fixture(scope="session")
def werkmap(voorbeeld_werkmap):
    """A work folder with the example of 300 persons."""
    return voorbeeld_werkmap


@pytest.fixture(scope="session")
def snapshot(werkmap):
    """Its current momentopname."""
    return etl.Store(werkmap).current()


@pytest.fixture(scope="module")
def desk(werkmap):
    """What the pages ask, with nothing remembered of another module."""
    return Desk(werkmap, None)


@pytest.fixture
def in_english():
    """Someone who may see everything looks in English."""
    with access.acting(EVERYTHING), texts.speaking("en"):
        yield
