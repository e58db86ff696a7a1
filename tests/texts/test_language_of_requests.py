"""The language of a request, by the real app: asked in the address, kept in a cookie, and of this request alone."""

import re
import threading

import pytest

from dashboard.access import Person
from dashboard.app import create_app
from dashboard.texts import language

HERE = "http://127.0.0.1:8050"
ADDRESS = "https://monitor.voorbeeld.nl"
PAGE = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The app on somebody's own computer, with nothing loaded yet."""
    return create_app(tmp_path_factory.mktemp("leeg")).server


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The app of a municipality, over https: people must log in."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"UITGEVER": "https://inloggen.voorbeeld.nl", "CLIENT_ID": "m", "ADRES": ADDRESS}.items():
            patch.setenv(f"INBURGERING_INLOGGEN_{name}", value)
        return create_app(tmp_path_factory.mktemp("gemeente")).server


def ask(client, path, *, base=HERE, **headers):
    return client.get(path, base_url=base, headers=PAGE | headers)


def logged_in(town, *roles):
    """A browser in which somebody with these roles is logged in."""
    gate, client = town.extensions["toegang"], town.test_client()
    name = gate.sessions.begin(Person("test", frozenset(roles), None))
    client.set_cookie(gate.cookie, name, domain="monitor.voorbeeld.nl", secure=True)
    return client


def cookies(answer):
    return [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("taal=")]


def lang(answer):
    return re.search(r'<html lang="([^"]*)"', answer.text)[1]


def test_asked_in_the_address_and_kept_in_a_cookie(local):
    client = local.test_client()
    first = ask(client, "/kwartaal/")
    assert lang(first) == "nl" and "Rapportage controleren en laden" in first.text and not cookies(first)
    english = ask(client, "/kwartaal/?taal=en")
    assert lang(english) == "en" and "Check and load a report" in english.text
    [kept] = cookies(english)
    parts = [one.strip() for one in kept.split(";")]
    assert parts[0] == "taal=en" and {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert "Secure" not in parts  # on one's own computer there is no https
    again = ask(client, "/kwartaal/")
    assert lang(again) == "en" and not cookies(again)
    back = ask(client, "/kwartaal/?taal=nl")
    assert lang(back) == "nl" and cookies(back)[0].startswith("taal=nl;")
    assert lang(ask(client, "/kwartaal/")) == "nl"


def test_the_cookie_is_for_https_alone_behind_https(town):
    [kept] = cookies(ask(town.test_client(), "/uitgelogd?taal=en", base=ADDRESS))
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {one.strip() for one in kept.split(";")}


@pytest.mark.parametrize("code", ["fr", "EN", "en,nl", "../en", "%00", ""])
def test_an_unknown_language_is_dutch_and_is_not_kept(local, code):
    answer = ask(local.test_client(), f"/kwartaal/?taal={code}")
    assert lang(answer) == "nl" and not cookies(answer)


def test_an_unknown_language_in_the_cookie_is_dutch(local):
    client = local.test_client()
    client.set_cookie("taal", "<script>", domain="127.0.0.1")
    answer = ask(client, "/kwartaal/")
    assert lang(answer) == "nl" and "<script>" not in answer.text


def test_the_page_of_dash_and_its_parts_speak_it(local):
    client = local.test_client()
    assert lang(ask(client, "/?taal=en")) == "en"
    layout = ask(client, "/_dash-layout").get_data(as_text=True)
    assert "Skip to content" in layout and "Naar de inhoud" not in layout
    assert "{n} figures found." in layout and "cijfers gevonden" not in layout  # what scripts say


def test_what_is_refused_is_said_in_the_asked_language_and_never_in_the_one_before(town):
    reader = logged_in(town, "lezer")
    seen = []

    def in_one_thread():
        for path in ("/kwartaal/?taal=en", "/kwartaal/?taal=nl", "/kwartaal/?taal=en"):
            answer = ask(reader, path, base=ADDRESS)
            other = ask(town.test_client(), "/uitgelogd", base=ADDRESS)  # somebody else, without any choice
            seen.append((answer.status_code, lang(answer), answer.text, lang(other), other.text, language()))

    thread = threading.Thread(target=in_one_thread)
    thread.start()
    thread.join()
    english = "You may not see or do this. Do you need it? Ask your administrator."
    dutch = "Dit mag u niet zien of doen. Hebt u dit nodig? Vraag het uw beheerder."
    assert [one[:2] for one in seen] == [(403, "en"), (403, "nl"), (403, "en")]
    assert english in seen[0][2] and dutch in seen[1][2] and english in seen[2][2]
    assert {one[3] for one in seen} == {"nl"} and all("U bent uitgelogd" in one[4] for one in seen)
    assert {one[5] for one in seen} == {"nl"}  # nothing is left after a request


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("/bestaat/niet.php?taal=en", 401, ""),
        ("/uitloggen?taal=en", 302, ""),
        ("/inloggen/terug?taal=en&state=x", 400, "Logging in did not work. Please try again."),
    ],
)
def test_who_is_not_logged_in_is_told_in_english_too(town, path, code, says):
    client = town.test_client()
    answer = ask(client, path, base=ADDRESS, Accept="text/html" if code != 401 else "application/json")
    assert answer.status_code == code and says in answer.text
    assert cookies(answer)[0].startswith("taal=en;")
    assert "You are logged out" in ask(client, "/uitgelogd", base=ADDRESS).text


def test_an_address_that_is_not_ours_is_refused_in_the_asked_language(local):
    answer = local.test_client().get("/kwartaal/?taal=en", base_url="http://elders.voorbeeld.nl", headers=PAGE)
    assert answer.status_code == 400 and lang(answer) == "en"
    assert "This request is not right. Go back and try again." in answer.text
    plain = local.test_client().get("/kwartaal/", base_url="http://elders.voorbeeld.nl", headers=PAGE)
    assert "Dit verzoek klopt niet. Ga terug en probeer het opnieuw." in plain.text


def test_a_form_is_answered_in_the_language_of_the_cookie(local):
    client = local.test_client()
    csrf = re.search(r'name="csrf" value="([^"]*)"', ask(client, "/kwartaal/?taal=en").text)[1]
    answer = client.post("/kwartaal/controleer", base_url=HERE, headers=PAGE, data={"csrf": csrf})
    assert answer.status_code == 400 and lang(answer) == "en" and "Choose a file first." in answer.text
    assert 'class="taal"' not in answer.text  # to ask for the address again would lose what was sent
    assert not cookies(answer)
    bad = client.post("/kwartaal/controleer?taal=nl", base_url=HERE, headers=PAGE, data={"csrf": "x"})
    assert "Deze pagina is te oud." in bad.text and not cookies(bad)  # a form changes nobody's choice


def test_the_link_to_the_other_language_keeps_the_rest_of_the_address(local, town):
    answer = ask(local.test_client(), "/kwartaal/?kwartaal=2024-K2&q=%22%3E%3Cb%3E&taal=en")
    [link] = re.findall(r'<a class="taal" [^>]*>[^<]*</a>', answer.text)
    asked = "?kwartaal=2024-K2&amp;q=%22%3E%3Cb%3E&amp;taal=nl"
    assert link == f'<a class="taal" href="{asked}" lang="nl" hreflang="nl">Nederlands</a>'
    assert '<a class="taal" href="?taal=en" lang="en" hreflang="en">English</a>' in (
        ask(town.test_client(), "/uitgelogd", base=ADDRESS).text
    )
    # the address after logging in holds a code that may be used once
    assert 'class="taal"' not in ask(town.test_client(), "/inloggen/terug?code=geheim&state=x", base=ADDRESS).text
