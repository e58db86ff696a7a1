"""What a browser may do with our answers, what another site may send us, how much and how often; what is not said."""

import json
import re
import socket
import threading

import pytest
from visitors import ADDRESS, PEOPLE, log_in, page
from waitress.server import create_server

from dashboard import access
from dashboard.server import may_listen, options
from data.fouten import Gebruiksfout
from data.instellingen import Instellingen

pytestmark = pytest.mark.xdist_group("toegang")
LOGIN = {"uitgever": "https://x.nl", "client_id": "m", "adres": "https://m.nl"}
SIGNS = ("Traceback", 'File "', "site-packages", "dashboard/", ".py", "werkzeug", "waitress", "flask", "/tmp/")


@pytest.fixture(autouse=True)
def _patient(app):
    app.server.extensions["toegang"].limiter = access.Limiter()


def test_every_answer_says_what_a_browser_may_do_with_it(app, browser):
    client = browser("contract")
    for path in (
        "/",
        "/_dash-layout",
        "/bestand/instroom.csv",
        "/kwartaal/",
        "/static/x",
        "/assets/stijl.css",
        "/gezond",
    ):
        headers = client.get(path).headers
        policy = dict(one.split(" ", 1) for one in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert not re.search(r"unsafe|http:|https:|\*|data:", policy["script-src"]), path
        assert (policy["frame-ancestors"], policy["base-uri"], policy["object-src"]) == ("'none'",) * 3
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert (headers.get("Cache-Control") == "no-store") == (path != "/assets/stijl.css"), path
        assert "Server" not in headers
        assert "Access-Control-Allow-Origin" not in headers


def test_no_page_of_ours_holds_a_script_or_handler_of_its_own(browser):
    """But for Dash's own line, whose hash is in the policy."""
    client = browser("contract")
    for path in ("/kwartaal/", "/kwartaal/gesprek/danner-z", "/uitgelogd", "/uitloggen", "/static/x"):
        text = client.get(path).text
        assert "<script" not in text
        assert not re.search(r"<[^>]+\son\w+=", text)
    index = client.get("/").text
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>([^<]+)<", index)
    assert [("application/json" in attributes, "DashRenderer" in text) for attributes, text in inline] == [
        (True, False), (False, True)
    ]  # fmt: skip
    assert not re.search(r'(?:src|href)="(?:https?:)?//', index)


def test_on_http_on_this_computer_the_cookie_and_headers_fit(demo):
    headers = demo.server.test_client().get("/").headers
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


def test_the_cookie_of_a_session_is_of_this_site_only(app):
    gate = app.server.extensions["toegang"]
    assert gate.cookie.startswith("__Host-")
    with app.server.test_request_context(base_url=ADDRESS):
        response = app.server.response_class()
        access.login._set_cookie(gate, response, gate.cookie, "x", None)
        cookie = response.headers["Set-Cookie"]
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


@pytest.mark.parametrize("host", [
    "elders.nl", "127.0.0.1.elders.nl", "localhost.elders.nl", "elders.nl:8050", "127.0.0.1@elders.nl", "", "[::2]",
    "0.0.0.0", "169.254.169.254", "localhost\t.elders.nl", "monitor.voorbeeld.nl",
])  # fmt: skip
def test_another_name_for_this_computer_is_refused(demo, host):
    """DNS rebinding: a page elsewhere has its own name point at 127.0.0.1."""
    answer = demo.server.test_client().get("/_dash-layout", headers={"Host": host})
    assert answer.status_code == 400
    assert "elders" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost", "[::1]:8050", "LOCALHOST:9"])
def test_the_names_of_this_computer_are_fine(demo, host):
    assert demo.server.test_client().get("/_dash-layout", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["elders.nl", "127.0.0.1", "monitor.voorbeeld.nl.elders.nl", "monitor.voorbeeld.nl:1"])
def test_with_login_only_the_address_of_the_settings_counts(app, host):
    client = log_in(app, PEOPLE["contract"])
    assert client.get("/", base_url=f"https://{host}").status_code == 400
    if host == "127.0.0.1":  # the one who watches whether it runs, on the computer itself
        assert client.get("/gezond", base_url=f"http://{host}").status_code == 200


@pytest.mark.parametrize(("headers", "good"), [
    ({"Sec-Fetch-Site": "same-origin"}, True), ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Origin": ADDRESS}, True), ({"Sec-Fetch-Site": "cross-site"}, False), ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "none"}, False), ({"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS}, False),
    ({"Origin": "https://elders.nl"}, False), ({"Origin": "null"}, False), ({}, False),
    ({"Origin": ADDRESS + ".elders.nl"}, False),
])  # fmt: skip
def test_a_form_of_another_site_is_refused(app, headers, good):
    """And a form of our own needs the token of its session besides."""
    client = app.server.test_client()
    ours = log_in(app, PEOPLE["contract"])
    gate = app.server.extensions["toegang"]
    client.set_cookie(
        gate.cookie, ours._cookies[next(iter(ours._cookies))].value, domain="monitor.voorbeeld.nl", secure=True
    )
    for token in (ours.csrf, "", "x", log_in(app, PEOPLE["contract"]).csrf):
        form = {"csrf": token, "wat": ""}
        answer = client.post("/kwartaal/actie/danner-z", data=form, headers=headers, base_url=ADDRESS)
        assert answer.status_code == (400 if good and token == ours.csrf else 403)


def test_a_callback_of_another_site_is_refused(app, browser):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.nl", "Sec-Fetch-Site": "cross-site"}):
        answer = browser("contract").post("/_dash-update-component", json={}, headers=headers)
        assert answer.status_code == 403
    plain = app.server.test_client()
    plain.set_cookie("x", "y")
    ours = browser("contract")
    answer = ours.post("/_dash-update-component", data="{}", content_type="text/plain")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", [
    None, [], 3, "x", {}, {"output": 3}, {"output": "anders"}, {"output": "SHOW"}, {"output": "SHOW", "inputs": 3},
    {"output": "SHOW", "inputs": [], "state": []}, {"output": "SHOW", "inputs": [{}, {}], "state": [[]]},
    {"output": "SHOW", "inputs": [{"id": "adres", "property": "pathname", "value": 3}] * 2, "state": [[]]},
    {"output": "SHOW", "inputs": [{"id": "adres", "property": "pathname", "value": "/"}] * 2, "state": [[3]]},
    {"output": "SHOW", "inputs": [{"id": "adres", "property": "pathname", "value": "/"}] * 2, "state": [
        [{"id": {"type": "menu"}, "property": "id", "value": {"pad": "/"}}]]},
    {"output": "SHOW", "inputs": [{"id": "adres", "property": "pathname", "value": "/"}] * 2, "state": [[]],
     "outputs": 7},
    {"output": "SHOW", "inputs": [{"id": "adres", "property": "pathname", "value": "/"}] * 2, "state": [[]],
     "changedPropIds": [None]},
])  # fmt: skip
def test_a_callback_that_no_page_of_ours_sends_is_no_question(app, browser, body):
    page(browser("contract"), "/definities")  # so that the callbacks are known
    show = next(one for one in app.callback_map if "inhoud-blok" in one)
    text = json.dumps(body).replace('"SHOW"', json.dumps(show))
    answer = browser("contract").post("/_dash-update-component", data=text, content_type="application/json")
    assert answer.status_code == 400
    assert not [one for one in SIGNS if one in answer.text]


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/bestand/niets.csv", 404), ("GET", "/bestand/instroom.exe", 404), ("PUT", "/kwartaal/", 405),
    ("GET", "/kwartaal/rapportage/x", 404), ("GET", "/static/x", 403), ("POST", "/kwartaal/actie/danner-z", 403),
    ("DELETE", "/bestand/instroom.csv", 405), ("GET", "/_dash-component-suites/dash/../../../etc/passwd", 404),
    ("GET", "/bestand/instroom.csv?gemeente=9999&per=niets", 400), ("TRACE", "/", 405),
    ("GET", "/bestand/instroom.csv?van=2025-01-01&peildatum=2024-01-01", 400),
])  # fmt: skip
def test_what_is_wrong_is_said_in_dutch_and_tells_nothing_of_the_program(browser, method, path, status):
    for accept in ("text/html", "*/*", "application/json"):
        answer = browser("contract").open(path, method=method, headers={"Accept": accept})
        assert answer.status_code == status, answer.text[:200]
        if status >= 400:
            assert not [one for one in SIGNS if one in answer.text.replace("/assets/stijl.css", "")]
            assert re.search(r"\b(de|dit|dat|niet|een)\b", answer.text, re.IGNORECASE)


def test_a_fault_of_ours_tells_nothing_either(app, browser, monkeypatch):
    def broken(*arguments, **options):
        raise RuntimeError("geheim: 123456782 in /tmp/geheim.py")

    monkeypatch.setattr("dashboard.export.to_csv", broken)
    answer = browser("contract").get("/bestand/instroom.csv")
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert not [one for one in SIGNS if one in answer.text.replace("/assets/stijl.css", "")]


def test_what_is_sent_is_no_larger_than_it_need_be(browser):
    client = browser("contract")
    large = "x" * (1024 * 1024 + 10)
    assert client.post("/_dash-update-component", data=large, content_type="application/json").status_code == 413
    assert client.send("/kwartaal/actie/danner-z", wat=large).status_code == 413
    assert client.post("/uitloggen", data={"csrf": large}).status_code == 413


def test_how_often_is_limited_per_person_and_the_next_one_is_not_hindered(app, browser):
    gate, now = app.server.extensions["toegang"], [0.0]
    gate.limiter = access.Limiter(clock=lambda: now[0])
    client, other = browser("contract"), browser("contract")
    answers = [client.send("/kwartaal/actie/danner-z", wat="").status_code for _ in range(62)]
    assert answers == [400] * 60 + [429] * 2
    assert other.send("/kwartaal/actie/danner-z", wat="").status_code == 400
    assert client.get("/gezond").status_code == 200
    now[0] += 1
    assert client.send("/kwartaal/actie/danner-z", wat="").status_code == 400
    assert client.send("/kwartaal/actie/danner-z", wat="").status_code == 429


def test_what_is_heavy_to_make_is_limited_more(app, browser):
    app.server.extensions["toegang"].limiter = access.Limiter(clock=lambda: 0.0)
    client = browser("contract")
    answers = [client.get("/download/niets.png").status_code for _ in range(62)]
    assert answers == [404] * 60 + [429] * 2
    assert client.get("/bestand/niets.csv").status_code == 404


def test_the_limiter_remembers_no_more_than_it_should():
    limiter = access.Limiter(clock=lambda: 0.0)
    for number in range(10_050):
        limiter.allow("lezen", str(number))
    assert len(limiter._left) == 10_000


@pytest.mark.parametrize(("host", "login", "good"), [
    ("127.0.0.1", False, True), ("localhost", False, True), ("::1", False, True), ("127.9.9.9", False, True),
    ("0.0.0.0", False, False), ("::", False, False), ("192.168.1.5", False, False), ("", False, False),
    ("elders.nl", False, False), ("127.0.0.1.nl", False, False), ("0.0.0.0", True, True), ("192.168.1.5", True, True),
])  # fmt: skip
def test_it_listens_to_others_only_when_they_must_log_in(host, login, good):
    chosen = Instellingen.model_validate({"inloggen": LOGIN if login else {}})
    chosen = chosen.model_copy(update={"server": chosen.server.model_copy(update={"adres": host})})
    if good:
        assert may_listen(chosen) == host
    else:
        with pytest.raises(Gebruiksfout, match="luistert niet"):
            may_listen(chosen)


def _asked(server_options, *headers):
    """What the app sees of who asks, over a real connection."""
    seen = {}

    def app(environ, start):
        seen.update(environ)
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    server = create_server(app, host="127.0.0.1", port=0, **server_options)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with socket.create_connection(("127.0.0.1", server.effective_port)) as connection:
        lines = ["GET / HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
        connection.sendall("\r\n".join(lines).encode())
        connection.recv(1000)
    server.trigger.pull_trigger(server.close)  # by the thread that listens: it must not wait for what was closed
    thread.join(10)
    assert not thread.is_alive()
    return seen["REMOTE_ADDR"], seen["HTTP_HOST"], seen["wsgi.url_scheme"], seen.get("HTTP_X_FORWARDED_FOR")


def test_what_a_proxy_says_counts_only_when_the_settings_say_that_there_is_one():
    said = ("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: elders.nl", "X-Forwarded-Proto: https")
    without = Instellingen.model_validate({"inloggen": LOGIN})
    assert _asked(options(without), *said) == ("127.0.0.1", "127.0.0.1", "http", None)
    behind = Instellingen.model_validate({"inloggen": {**LOGIN, "proxy": 1}})
    assert _asked(options(behind), *said)[:3] == ("203.0.113.9", "elders.nl", "https")
    # of two that are said, only the last is said by our own proxy
    twice = ("X-Forwarded-For: 198.51.100.7, 203.0.113.9", *said[1:])
    assert _asked(options(behind), *twice)[0] == "203.0.113.9"


def test_a_body_that_is_too_large_does_not_even_come_in():
    assert options(Instellingen())["max_request_body_size"] == 26 * 1024 * 1024
