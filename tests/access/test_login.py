"""Logging in, against a provider that lies: forged tokens, answers to somebody else's question, sessions that are over.

The provider of these tests answers over HTTP as a real one does, and says whatever a test tells it to.
"""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from visitors import PEOPLE, Browser, app_with

from dashboard import access
from dashboard.access.login import safe_path
from dashboard.access.oidc import Mislukt, person_of
from dashboard.access.sessions import Once, Sessions
from data.instellingen import Inloggen

pytestmark = pytest.mark.xdist_group("toegang")
ADDRESS = "http://127.0.0.1:8160"
SECRET = "een-geheim-van-beide-kanten-0123456789"
ROLES = {"rol-beleid": "beleid", "rol-contract": "contract", "rol-lezer": "lezer", "rol-beheer": "beheer"}
PLACES = {"heemstede": ["0397"], "regio": ["alle"]}


class Liar:
    """A provider with one good key. `token` makes the next identity token out of the claims that are right."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "goed"})
        self.asked, self.userinfo, self.extra, self.token = [], {}, {}, None
        liar = self

        class Answers(BaseHTTPRequestHandler):
            def _say(self, thing):
                content = json.dumps(thing).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self):
                liar.asked.append(self.path)
                if self.path.endswith("openid-configuration"):
                    self._say(liar.facts() | liar.extra)
                elif self.path == "/keys":
                    self._say({"keys": [liar.key.as_dict(private=False)]})
                else:
                    self._say(liar.userinfo)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                liar.asked.append((self.path, parse_qs(body)))
                self._say({"access_token": "toegang", "token_type": "Bearer", "id_token": liar.token})

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def facts(self):
        here = self.address
        return {
            "issuer": here, "authorization_endpoint": f"{here}/auth", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys", "userinfo_endpoint": f"{here}/me", "end_session_endpoint": f"{here}/end",
        }  # fmt: skip

    def claims(self, nonce):
        now = int(time.time())
        return {
            "iss": self.address, "aud": "monitor", "sub": "7", "iat": now, "exp": now + 300, "nonce": nonce,
            "roles": ["rol-beleid"], "gemeenten": ["heemstede"], "preferred_username": "bea",
        }  # fmt: skip

    def sign(self, claims, header=None, key=None):
        return jwt.encode({"alg": "RS256", "kid": "goed"} | (header or {}), claims, key or self.key,
                          algorithms=["RS256", "HS256"])  # fmt: skip


@pytest.fixture(scope="module")
def liar():
    """A provider that says what it is told to."""
    one = Liar()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture(scope="module")
def site(werkmap, liar):
    """The app, which trusts that provider."""
    return app_with(
        werkmap, UITGEVER=liar.address, CLIENT_ID="monitor", ADRES=ADDRESS, CLIENT_SECRET=SECRET,
        ROLLEN=json.dumps(ROLES), GEMEENTEN=json.dumps(PLACES),
    )  # fmt: skip


@pytest.fixture
def client(site, liar):
    """A browser in which nobody is logged in yet; the limit on attempts starts anew."""
    liar.asked, liar.userinfo, liar.extra, liar.token = [], {}, {}, None
    site.server.extensions["toegang"].limiter = access.Limiter()
    one = Browser(site.server, site.server.response_class)
    one.address = ADDRESS
    return one


def _begin(client, path="/inloggen"):
    answer = client.get(path)
    assert answer.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}


def _back(client, asked, **more):
    return client.get("/inloggen/terug", query_string={"code": "abc", "state": asked["state"]} | more)


def _logged_in(client):
    return client.get("/_dash-layout").status_code == 200


def test_a_good_token_logs_in_and_the_code_goes_with_its_proof(client, liar):
    asked = _begin(client, "/inloggen?naar=/instroom?gemeente=0397")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == ADDRESS + "/inloggen/terug"
    liar.token = liar.sign(liar.claims(asked["nonce"]))
    answer = _back(client, asked)
    assert (answer.status_code, answer.location) == (303, "/instroom?gemeente=0397")
    assert _logged_in(client)
    path, sent = next(one for one in liar.asked if isinstance(one, tuple))
    assert path == "/token"
    digest = __import__("hashlib").sha256(sent["code_verifier"][0].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
    cookies = answer.headers.getlist("Set-Cookie")
    session = next(one for one in cookies if one.startswith("inburgering="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Max-Age" not in session


def _without(name):
    return lambda liar, claims: liar.sign({key: value for key, value in claims.items() if key != name})


def _with(**changed):
    return lambda liar, claims: liar.sign(claims | changed)


def _part(thing):
    return base64.urlsafe_b64encode(json.dumps(thing).encode()).rstrip(b"=").decode()


def _secret(liar, claims):
    return liar.sign(claims, {"alg": "HS256"}, OctKey.import_key(SECRET))


def _public_as_secret(liar, claims):
    """The old trick: the public key, which everybody knows, used as a shared secret."""
    public = OctKey.import_key(base64.b64encode(liar.key.as_pem(private=False)).decode())
    return liar.sign(claims, {"alg": "HS256"}, public)


def _other_key(liar, claims):
    return liar.sign(claims, key=RSAKey.generate_key(2048, {"kid": "goed"}))


def _changed(liar, claims):
    head, _, signature = liar.sign(claims).split(".")
    return f"{head}.{_part(claims | {'roles': ['rol-beheer']})}.{signature}"


FORGED = {
    "alg none": lambda liar, claims: f"{_part({'alg': 'none'})}.{_part(claims)}.",
    "alg None": lambda liar, claims: f"{_part({'alg': 'None', 'kid': 'goed'})}.{_part(claims)}.",
    "signed with our secret": _secret,
    "signed with the public key": _public_as_secret,
    "another key": _other_key,
    "a key that is not there": lambda liar, claims: liar.sign(
        claims, {"kid": "x"}, RSAKey.generate_key(2048, {"kid": "x"})),
    "a key that it brings itself": lambda liar, claims: liar.sign(
        claims, {"jwk": RSAKey.generate_key(2048).as_dict(private=False)}, RSAKey.generate_key(2048)),
    "changed after signing": _changed,
    "for another program": _with(aud="ander"),
    "for us and another": _with(aud=["monitor", "ander"]),
    "asked by another": _with(aud=["monitor", "ander"], azp="ander"),
    "of another provider": _with(iss="https://elders.nl"),
    "expired": _with(exp=int(time.time()) - 3600),
    "not yet": _with(nbf=int(time.time()) + 3600),
    "of the future": _with(iat=int(time.time()) + 3600),
    "another nonce": _with(nonce="anders"),
    "no nonce": _without("nonce"),
    "no end": _without("exp"),
    "no person": _without("sub"),
    "an empty person": _with(sub=""),
    "no audience": _without("aud"),
    "no token": lambda liar, claims: None,
    "no text": lambda liar, claims: {"sub": "7"},
    "not a token": lambda liar, claims: "a.b.c",
    "no role": _with(roles=["iets anders"]),
    "no role at all": _with(roles=None),
    "exact figures of no municipality": _with(gemeenten=["elders"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_token_that_is_not_right_logs_nobody_in(client, liar, name, caplog):
    asked = _begin(client)
    liar.token = FORGED[name](liar, liar.claims(asked["nonce"]))
    answer = _back(client, asked)
    assert answer.status_code == 403
    assert not _logged_in(client)
    for secret in (asked["state"], asked["nonce"], str(liar.token)[-20:], SECRET, "Traceback", "authlib"):
        assert secret not in answer.text
        assert secret not in caplog.text or len(secret) < 8
    assert [one for one in liar.asked if isinstance(one, str) and one.startswith("http")] == []


def test_an_answer_counts_once_and_in_its_own_browser_only(site, client, liar):
    asked = _begin(client)
    liar.token = liar.sign(liar.claims(asked["nonce"]))
    other = Browser(site.server, site.server.response_class)
    other.address = ADDRESS
    assert _back(other, asked).status_code == 400  # somebody else's link
    assert not _logged_in(other)
    assert _back(client, asked).status_code == 400  # and with that it is used up
    asked = _begin(client)
    liar.token = liar.sign(liar.claims(asked["nonce"]))
    assert _back(client, asked).status_code == 303
    client.delete_cookie("inburgering", domain="127.0.0.1")
    assert _back(client, asked).status_code == 400  # replayed
    assert not _logged_in(client)
    assert _back(client, {"state": "zomaar"}).status_code == 400
    assert client.get("/inloggen/terug").status_code == 400


def test_a_token_of_an_earlier_attempt_is_of_no_use_in_a_later_one(client, liar):
    first = _begin(client)
    second = _begin(client)
    liar.token = liar.sign(liar.claims(first["nonce"]))
    assert _back(client, second).status_code == 403
    assert not _logged_in(client)


@pytest.mark.parametrize(("more", "status"), [
    ({"error": "access_denied"}, 403), ({"code": ""}, 403), ({"iss": "https://elders.nl"}, 400),
])  # fmt: skip
def test_what_the_provider_refuses_or_another_answers_is_no_login(client, liar, more, status):
    asked = _begin(client)
    liar.token = liar.sign(liar.claims(asked["nonce"]))
    answer = _back(client, asked, **more)
    assert answer.status_code == status
    assert not _logged_in(client)


def test_what_the_token_leaves_out_is_told_about_the_same_person_only(client, liar):
    def bare(claims):
        return liar.sign({name: value for name, value in claims.items() if name not in ("roles", "gemeenten")})

    asked = _begin(client)
    liar.token, liar.userinfo = bare(liar.claims(asked["nonce"])), {"sub": "8", "roles": ["rol-beheer"]}
    assert _back(client, asked).status_code == 403
    assert not _logged_in(client)
    asked = _begin(client)
    liar.token = bare(liar.claims(asked["nonce"]))
    liar.userinfo = {"sub": "7", "roles": ["rol-lezer"], "gemeenten": []}
    assert _back(client, asked).status_code == 303
    assert _logged_in(client)


def test_the_name_of_a_session_never_comes_from_a_browser(site, client, liar):
    gate = site.server.extensions["toegang"]
    client.set_cookie("inburgering", "gekozen-door-een-ander", domain="127.0.0.1")
    assert not _logged_in(client)
    old = gate.sessions.begin(PEOPLE["lezer"])
    client.set_cookie("inburgering", old, domain="127.0.0.1")
    asked = _begin_anew(client, liar)
    fresh = client.get_cookie("inburgering", domain="127.0.0.1").value
    assert fresh not in (old, "gekozen-door-een-ander", asked["state"])
    assert gate.sessions.find(old) is None
    assert gate.sessions.find(fresh).person.naam == "bea"


def _begin_anew(client, liar):
    """Log in where somebody is logged in already: by an attempt that was begun before."""
    session = client.get_cookie("inburgering", domain="127.0.0.1").value
    client.delete_cookie("inburgering", domain="127.0.0.1")
    asked = _begin(client)
    client.set_cookie("inburgering", session, domain="127.0.0.1")
    liar.token = liar.sign(liar.claims(asked["nonce"]))
    assert _back(client, asked).status_code == 303
    return asked


def test_logging_out_ends_the_session_here_and_at_the_provider(site, client, liar):
    asked = _begin(client)
    liar.token = liar.sign(liar.claims(asked["nonce"]))
    _back(client, asked)
    name = client.get_cookie("inburgering", domain="127.0.0.1").value
    assert client.get("/uitloggen").status_code == 200
    assert client.post("/uitloggen", data={"csrf": "x"}).status_code == 403
    assert _logged_in(client)
    gate = site.server.extensions["toegang"]
    client.csrf = gate.sessions.csrf(gate.sessions.find(name).person)
    answer = client.send("/uitloggen")
    sent = parse_qs(urlsplit(answer.location).query)
    assert answer.location.startswith(liar.address + "/end?")
    assert sent["post_logout_redirect_uri"] == [ADDRESS + "/uitgelogd"]
    assert sent["id_token_hint"] == [liar.token]
    client.set_cookie("inburgering", name, domain="127.0.0.1")
    assert not _logged_in(client)


def test_a_provider_that_calls_itself_otherwise_or_asks_for_plain_http_is_not_used(werkmap, liar):
    for extra in ({"issuer": "https://elders.nl"}, {"token_endpoint": "http://elders.nl/token"}, {"jwks_uri": None}):
        liar.extra = extra
        app = app_with(werkmap, UITGEVER=liar.address, CLIENT_ID="monitor", ADRES=ADDRESS)
        answer = app.server.test_client().get("/inloggen", base_url=ADDRESS)
        assert answer.status_code == 503
        assert "elders" not in answer.text
    liar.extra = {}
    app = app_with(werkmap, UITGEVER="http://127.0.0.1:9", CLIENT_ID="monitor", ADRES=ADDRESS)
    assert app.server.test_client().get("/inloggen", base_url=ADDRESS).status_code == 503


def test_a_session_ends_after_an_hour_of_nothing_and_after_its_hours_whatever_happens():
    now = [1000.0]
    sessions = Sessions(8, clock=lambda: now[0])
    name = sessions.begin(PEOPLE["beleid"])
    now[0] += 3599
    assert sessions.find(name)
    now[0] += 3601
    assert sessions.find(name) is None
    name = sessions.begin(PEOPLE["beleid"])
    for _ in range(15):
        now[0] += 1900
        assert sessions.find(name)
    now[0] += 1900  # 8 hours are 28800 seconds
    assert sessions.find(name) is None
    assert sessions.find(None) is None
    assert sessions.find("") is None


def test_sessions_and_attempts_are_bounded_and_attempts_age():
    sessions = Sessions(8)
    first = sessions.begin(PEOPLE["beleid"])
    for _ in range(5000):
        sessions.begin(PEOPLE["beleid"])
    assert sessions.find(first) is None
    now = [0.0]
    once = Once(clock=lambda: now[0], most=2)
    for name in "abc":
        once.put(name, name)
    assert once.take("a") is None
    assert once.take("b") == "b"
    now[0] = 601
    assert once.take("c") is None


SETTINGS = Inloggen.model_validate({
    "uitgever": "https://x.nl", "client_id": "m", "adres": "https://m.nl", "rollen": ROLES, "gemeenten": PLACES,
    "claim_rol": "realm_access.roles", "claim_gemeente": "https://x.nl/gemeente",
})  # fmt: skip


@pytest.mark.parametrize(("roles", "places", "expected"), [
    (["rol-beleid"], ["heemstede"], ({"beleid"}, {"0397"})),
    ("rol-contract", "regio", ({"contract"}, None)),
    (["rol-beleid", "rol-beheer"], ["heemstede", "regio"], ({"beleid", "beheer"}, None)),
    (["rol-beleid", "rol-lezer"], [], ({"lezer"}, set())),  # exact figures of no municipality: not that role
    (["rol-beheer"], ["0397"], ({"beheer"}, set())),  # a code that is in no mapping gives nothing
    (["beleid", "contract"], ["heemstede"], None),  # the name of a role here is not that of a role there
    (["rol-beleid"], [], None), ([], ["regio"], None), (None, None, None), ({"rol-beleid": True}, ["regio"], None),
    ([["rol-beleid"]], ["regio"], None), (7, 7, None),
])  # fmt: skip
def test_the_mapping_gives_what_it_says_and_nothing_else(roles, places, expected):
    claims = {"sub": "7", "realm_access": {"roles": roles}, "https://x.nl/gemeente": places}
    if expected is None:
        with pytest.raises(Mislukt):
            person_of(claims, SETTINGS)
        return
    person = person_of(claims, SETTINGS)
    assert person.rollen == expected[0]
    assert person.gemeenten == (None if expected[1] is None else expected[1])
    assert person.naam == "7"


@pytest.mark.parametrize("asked", [
    "https://elders.nl", "//elders.nl", "/\\elders.nl", "\\\\elders.nl", "/\t/elders.nl", "javascript:alert(1)",
    "http:elders.nl", "/x\r\nSet-Cookie: a=b", "", None, "elders", "/inloggen?naar=/inloggen", "/uitloggen",
    "/" + "a" * 3000,
])  # fmt: skip
def test_after_logging_in_nobody_is_sent_elsewhere(asked):
    assert safe_path(asked) == "/"


def test_after_logging_in_one_is_where_one_wanted_to_be():
    assert safe_path("/contracten/danner-z?peildatum=2024-06-30") == "/contracten/danner-z?peildatum=2024-06-30"


def test_attempts_to_log_in_are_limited(client):
    answers = [client.get("/inloggen").status_code for _ in range(65)]
    assert answers[:60] == [302] * 60
    assert set(answers[62:]) == {429}
