"""Logging in and out in a real browser, at a real, certified provider: the package `oidc-provider` on Node."""

import json
import os
import shutil
import socket
import subprocess
import threading
import urllib.request
from pathlib import Path

import pytest
from visitors import app_with
from waitress.server import create_server

pytestmark = [pytest.mark.xdist_group("toegang"), pytest.mark.browser]
HERE = Path(__file__).parent / "oidc"
PEOPLE = {
    "bea": {"roles": ["inburgering-beleid"], "gemeenten": ["Heemstede"]},
    "han": {"roles": ["inburgering-beheer"], "gemeenten": []},
    "vreemd": {"roles": ["parkeren"], "gemeenten": ["Heemstede"]},
}
ROLES = {"inburgering-beleid": "beleid", "inburgering-beheer": "beheer"}
PLACES = {"Heemstede": ["0397"]}


def _port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _without(reason):
    """In CI this test always runs; elsewhere it says why it does not."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def provider_folder(tmp_path_factory):
    """The provider, installed exactly as its lock says."""
    if not shutil.which("npm") or not shutil.which("node"):
        _without("node en npm ontbreken")
    folder = tmp_path_factory.mktemp("inlogdienst")
    for path in HERE.iterdir():
        shutil.copy(path, folder)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    done = subprocess.run(["npm", "ci", *quiet], cwd=folder, capture_output=True, text=True, timeout=180)
    if done.returncode:
        _without(f"oidc-provider is niet op te halen (zonder netwerk?): {done.stderr[-300:]}")
    return folder


@pytest.fixture(scope="module")
def site(werkmap, provider_folder):
    """(the address of the dashboard, its app): it trusts the provider that runs beside it."""
    ours, theirs = (f"http://127.0.0.1:{_port()}" for _ in range(2))
    process = subprocess.Popen(
        ["node", "inlogdienst.mjs", theirs, ours, json.dumps(PEOPLE)], cwd=provider_folder, text=True,
        env={**os.environ, "GEHEIM": "geheim-voor-toetsen"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout.readline().strip() == "klaar"
    app = app_with(
        werkmap, UITGEVER=theirs, CLIENT_ID="monitor", CLIENT_SECRET="geheim-voor-toetsen", ADRES=ours,
        ROLLEN=json.dumps(ROLES), GEMEENTEN=json.dumps(PLACES),
    )  # fmt: skip
    server = create_server(app.server, host="127.0.0.1", port=int(ours.rsplit(":", 1)[1]), threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield ours, app
    server.close()
    process.terminate()
    process.wait(10)


@pytest.fixture
def page(site, chromium):
    """A page in a fresh browser; nothing may go wrong on our own pages, and nothing is asked of the outside."""
    wrong = []
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        one = context.new_page()
        # the provider's own example page wants a font from elsewhere
        one.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
        one.on("console", lambda line: wrong.append(line.text) if line.type == "error" and _ours(one, site) else None)
        one.on("pageerror", lambda fault: wrong.append(str(fault)) if _ours(one, site) else None)
        yield one
    assert [text for text in wrong if "status of 403" not in text] == []  # the page that says no


def _ours(page, site):
    return page.url.startswith(site[0])


def _log_in(page, site, name, path="/"):
    page.goto(site[0] + path)
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("wachtwoord")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()


def test_somebody_logs_in_sees_their_own_and_logs_out_everywhere(page, site):
    _log_in(page, site, "bea", "/instroom")
    page.wait_for_url(site[0] + "/instroom")
    page.get_by_role("heading", name="Instroom", exact=True).wait_for()
    assert "bea (beleid)" in page.locator("header").inner_text()
    menu = page.get_by_role("navigation", name="Hoofdmenu").inner_text()
    assert "Publiceren" in menu
    assert "Contracten" not in menu
    page.wait_for_load_state("networkidle")
    cookies = {one["name"]: one for one in page.context.cookies() if one["name"].startswith("inburgering")}
    assert set(cookies) == {"inburgering"}
    assert cookies["inburgering"]["httpOnly"]
    assert cookies["inburgering"]["sameSite"] == "Lax"
    page.get_by_role("link", name="Uitloggen").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(site[0] + "/uitgelogd")
    page.get_by_role("heading", name="U bent uitgelogd").wait_for()
    request = urllib.request.Request(site[0] + "/_dash-layout", headers={
        "Cookie": f"inburgering={cookies['inburgering']['value']}"})  # fmt: skip
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 401
    page.goto(site[0] + "/")  # and at the provider too: it asks for a name again
    page.locator("input[name=login]").wait_for()


def test_who_has_no_role_here_is_told_so(page, site):
    _log_in(page, site, "vreemd")
    page.get_by_text("u hebt in deze monitor nog geen rol").wait_for()
    assert not [one for one in page.context.cookies() if one["name"] == "inburgering"]


def test_a_page_that_is_open_when_the_session_ends_says_so(page, site):
    _log_in(page, site, "han")
    page.get_by_role("heading", name="Gegevens", exact=True).wait_for()
    gate = site[1].server.extensions["toegang"]
    gate.sessions.end(next(one["value"] for one in page.context.cookies() if one["name"] == "inburgering"))
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Definities").click()
    page.get_by_role("heading", name="U bent niet meer ingelogd").wait_for()
    page.get_by_role("link", name="Opnieuw inloggen").click()
    page.get_by_role("heading", name="Gegevens", exact=True).wait_for()  # the provider still knows who it is
