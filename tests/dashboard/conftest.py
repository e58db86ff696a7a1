"""One small example, loaded once for all tests of the dashboard."""

import pytest

import etl


@pytest.fixture(scope="session")
def werkmap(voorbeeld_werkmap):
    """A work folder with the example of 300 persons."""
    return voorbeeld_werkmap


@pytest.fixture(scope="session")
def snapshot(werkmap):
    """Its current momentopname."""
    return etl.Store(werkmap).current()
