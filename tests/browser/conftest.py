"""A real browser against a real server on 127.0.0.1, with the example of 300 persons."""

import os
import socket
import threading
from urllib.parse import urlparse

import pytest
from waitress.server import create_server

import contracts
import etl
from dashboard.app import create_app
from data import voorbeeld


@pytest.fixture(scope="session")
def werkmap(tmp_path_factory):
    """A work folder with the example of 300 persons."""
    base = tmp_path_factory.mktemp("browser")
    voorbeeld.write(base / "leveringen", personen=300)
    os.environ["INBURGERING_CONFIGMAP"] = str(base / "configuratie")
    terms = contracts.read_agreements().terms()
    etl.load([base / "leveringen"], store=etl.Store(base / "werk"), contracts=terms)
    return base / "werk"


def _serve(folder, deliveries=None):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = create_server(create_app(folder, leveringen=deliveries).server, host="127.0.0.1", port=port, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    return server, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def site(werkmap):
    """The address of a running dashboard."""
    server, address = _serve(werkmap, werkmap.parent / "leveringen")
    yield address
    server.close()


@pytest.fixture
def empty_site(tmp_path):
    """The address of a dashboard where nothing was loaded."""
    server, address = _serve(tmp_path)
    yield address
    server.close()


@pytest.fixture
def open_page(chromium):
    """Open an address at a width; afterwards nothing was asked elsewhere and nothing went wrong. `refused`: a form that
    is meant to be refused there, which a browser notes as an error too."""
    opened, wrong = [], []

    def go(address, width=1440, scheme="light", refused=None):
        def note(text):
            if refused is None or (refused not in text and "status of 400" not in text):
                wrong.append(text)

        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.on("console", lambda line: note(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.on("request", lambda request: wrong.append(request.url) if _elsewhere(request.url) else None)
        page.on("response", lambda answer: note(answer.url) if answer.status >= 400 else None)
        page.goto(address, timeout=90_000)
        page.wait_for_selector("#inhoud h1", timeout=90_000)
        page.wait_for_load_state("networkidle")
        opened.append(context)
        return page

    yield go
    for context in opened:
        context.close()
    assert wrong == []


def _elsewhere(url):
    return urlparse(url).scheme in ("http", "https", "ws", "wss") and urlparse(url).hostname != "127.0.0.1"
