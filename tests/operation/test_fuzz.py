"""Whatever someone fills in, sends or writes: never a fault of ours or the inside of the program, always a sentence.

The number of examples is small in the suite and the same every time; INBURGERING_TOETS_AANTAL=2000 looks further.
"""

import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import contracts
import metrics
from dashboard import events
from dashboard.access import limits
from dashboard.app import create_app
from data import instellingen
from data.fouten import Gebruiksfout
from etl.own_layout import read_layouts
from metrics import insight
from tests.benchmarks.belasting import Browser

pytestmark = pytest.mark.xdist_group("voorbeeld")
AMOUNT = int(os.environ.get("INBURGERING_TOETS_AANTAL", "0"))
ROOT = Path(__file__).parents[2]
BSN = "999900110"
INSIDE = re.compile(r"Traceback|site-packages|\.py\b|/root/|/tmp/|<class|object at 0x|Error:|werkzeug|pydantic|SELECT ")


def many(usual: int) -> settings:
    """So many examples, the same ones in every run of the suite."""
    return settings(
        max_examples=AMOUNT or usual, derandomize=not AMOUNT, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


NASTY = st.sampled_from([
    "", " ", "0", "-1", "1e400", "NaN", "0397", "9999", "alle", "null", "None", "true", "' OR 1=1 --", "\x00", "\u202e",
    "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "%00", "2024-02-30", "0001-01-01", "9999-12-31",
    "2024-06-30", "1970-01-01", "=1+1", "a" * 300, BSN, "é" * 90, "{", "[]", "a,b,,c", ",".join(["0397"] * 80), "..",
    "1_000", "٣", "2024-06-31T00:00:00Z", "+", "&", "?", "#", "asielstatushouder", "B1", "regio", "jaar", "periode",
    "💥", "2024-K9", "~",
])  # fmt: skip
ANY = st.one_of(NASTY, st.text(max_size=30))
NAMES = st.one_of(
    st.sampled_from([
        "gemeente", "doelgroep", "leerroute", "cohort", "contract", "geslacht", "leeftijd", "peildatum", "van", "tot",
        "per", "naast", "momentopname", "jaar", "kwartaal", "onderdeel", "horizon", "thema", "hoogte", "breedte",
    ]),
    ANY,
)  # fmt: skip
QUERY = st.lists(st.tuples(NAMES, ANY), max_size=5)


@pytest.fixture(scope="module")
def app(voorbeeld_werkmap, tmp_path_factory):
    """The whole app on a copy of the example, with a folder of deliveries."""
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copytree(voorbeeld_werkmap, folder / "werk")
    before = instellingen.gekozen(), os.environ.get("INBURGERING_CONFIGMAP")
    instellingen.kies(folder / "werk")
    os.environ["INBURGERING_CONFIGMAP"] = str(voorbeeld_werkmap.parent / "configuratie")
    most, limits.PER_MINUTE = limits.PER_MINUTE, dict.fromkeys(limits.PER_MINUTE, 10**9)  # or all is refused at once
    yield create_app(folder / "werk", leveringen=voorbeeld_werkmap.parent / "leveringen")
    limits.PER_MINUTE = most
    instellingen.kies(before[0])
    os.environ.pop("INBURGERING_CONFIGMAP")
    if before[1] is not None:
        os.environ["INBURGERING_CONFIGMAP"] = before[1]


class Person:
    """One person at the browser, with cookies; sees to it that no answer is a fault of ours."""

    def __init__(self, app):
        self.client = app.server.test_client()
        self.origin = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

    def ask(self, kind, method, path, body=None):
        """As `belasting.Browser` asks."""
        del kind
        return self.client.open(path, method=method, json=body, headers=self.origin).data

    def look(self, path, method="GET", **more):
        """One request, and what may never be in its answer."""
        answer = self.client.open(path, method=method, headers={**self.origin, **more.pop("headers", {})}, **more)
        assert answer.status_code < 500, (method, path, more, answer.status_code, answer.text[:500])
        if answer.mimetype in ("text/html", "text/plain", "application/json") and answer.status_code >= 400:
            assert len(answer.text.strip()) > 10, (path, answer.status_code)
            assert not INSIDE.search(answer.text), (path, INSIDE.search(answer.text), answer.text[:300])
            assert not answer.text.lstrip().startswith("<!doctype html>\n<html lang=en>"), (path, answer.status_code)
        return answer


@pytest.fixture(scope="module")
def person(app):
    """The demo user."""
    return Person(app)


def _rules(app, method):
    return sorted(rule.rule for rule in app.server.url_map.iter_rules()
                  if method in rule.methods and not rule.rule.startswith(("/_dash", "/assets", "/static")))  # fmt: skip


def _filled(rule, values):
    """An address of ours with its places filled in."""
    return re.sub(r"<[^>]*>", lambda match: values.pop(0) if values else "x", rule)


KNOWN = ["pip_op_tijd", "instroom", "danner-b1", "csv", "json", "xlsx", "png", "svg", "1", "pdf", "publicatie"]


def test_no_address_and_no_question_of_a_browser_gives_a_fault_of_ours(app, person):
    rules = _rules(app, "GET")

    @many(60)
    @given(st.sampled_from(rules), st.lists(st.one_of(st.sampled_from(KNOWN), ANY), min_size=3, max_size=3), QUERY,
           st.sampled_from(["text/html", "application/json", "*/*"]))  # fmt: skip
    def attempt(rule, values, query, accept):
        path = "/" + _filled(rule, list(values)).lstrip("/").split("?")[0].replace("#", "")
        person.look(path, query_string=query, headers={"Accept": accept})

    attempt()


def test_no_page_gives_a_fault_whatever_its_address_holds(app, person):
    browser = Browser(person)
    paths = st.one_of(
        st.sampled_from([*browser.pages, "/cijfer/pip_op_tijd", "/contracten/danner-b1", "/termijnen"]),
        ANY.map(lambda text: "/" + text), ANY.map(lambda text: f"/cijfer/{text}"), ANY,
    )  # fmt: skip

    @many(40)
    @given(paths, st.one_of(QUERY, QUERY.map(lambda pairs: pairs[:1])))
    def attempt(path, query):
        search = "?" + "&".join(f"{name}={value}" for name, value in query) if query else ""
        answer = person.look("/_dash-update-component", "POST", json=browser.body(path, search))
        shown = json.dumps(answer.json["response"]["inhoud-blok"]["children"]) if answer.status_code == 200 else ""
        assert answer.status_code in (200, 204, 400, 403), answer.text[:300]
        assert "Traceback" not in shown and "object at 0x" not in shown

    attempt()


def test_no_callback_body_gives_a_fault(app, person):
    browser = Browser(person)
    good = browser.body("/", "")
    value = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), ANY),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)), max_leaves=6,
    )  # fmt: skip

    @many(50)
    @given(st.sampled_from(sorted(good)), value, st.booleans())
    def attempt(name, wrong, whole):
        body = wrong if whole else {**good, name: wrong}
        person.look("/_dash-update-component", "POST", json=body)

    attempt()
    for content in (b"", b"{", b"\xff\xfe", b"[" * 5000, b'{"output": "x"}'):
        person.look("/_dash-update-component", "POST", data=content, content_type="application/json")


def _token(person):
    found = re.search(r'name="csrf" value="([^"]+)"', person.client.get("/kwartaal/").text)
    return found[1] if found else ""


def test_no_form_gives_a_fault_whatever_is_filled_in(app, person):
    rules = [rule for rule in _rules(app, "POST") if "controleer" not in rule and "uitloggen" not in rule]
    fields = st.one_of(
        st.sampled_from(["datum", "aanwezigen", "verslag", "wat", "eigenaar", "voor", "verteld", "kwartaal", "nummer",
                         "resultaat", "titel", "toelichting", "soort", "id", "kpi", "stap", "kenmerk", "momentopname"]),
        ANY,
    )  # fmt: skip
    token, seen = _token(person), set()

    @many(50)
    @given(st.sampled_from(rules), st.lists(st.one_of(st.sampled_from(KNOWN), ANY), min_size=2, max_size=2),
           st.dictionaries(fields, ANY, max_size=6))  # fmt: skip
    def attempt(rule, values, form):
        path = "/" + _filled(rule, list(values)).lstrip("/").split("?")[0].replace("#", "")
        seen.add(person.look(path, "POST", data={**form, "csrf": token}).status_code)

    attempt()
    assert 400 in seen and 429 not in seen  # they came as far as the form


def _book() -> bytes:
    import etl

    target = io.BytesIO()
    path = Path(os.environ["INBURGERING_CONFIGMAP"]) / "leeg.xlsx"
    etl.template_supplier(path, "danner-b1", "2024-K1", kwartalen=["2024-K1"])
    target.write(path.read_bytes())
    path.unlink()
    return target.getvalue()


def test_no_upload_gives_a_fault_whatever_is_in_it(app, person):
    whole, token = _book(), _token(person)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def sent(content, name):
        data = {"csrf": token, "bestand": (io.BytesIO(content), name)}
        answer = person.look("/kwartaal/controleer", "POST", data=data, content_type="multipart/form-data")
        if answer.status_code == 303:
            assert BSN not in person.look(answer.location).text

    @many(8)  # each opens a process of its own
    @given(st.data())
    def attempt(data):
        name = data.draw(st.one_of(st.just("rapportage_danner-b1_2024-K1.xlsx"), ANY.map(lambda text: f"{text}.xlsx")))
        if data.draw(st.booleans()):
            content = bytearray(whole)
            for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
                content[place] ^= data.draw(st.integers(1, 255))
        else:
            chosen = data.draw(st.sampled_from(sorted(parts)))
            content = io.BytesIO()
            with zipfile.ZipFile(content, "w") as archive:
                for part, text in parts.items():
                    archive.writestr(part, text if part != chosen else data.draw(st.binary(max_size=200)))
            content = content.getvalue()
        sent(bytes(content), name)

    sent(b"", "leeg.xlsx")
    sent(b"hallo", f"{BSN}.xlsx")
    sent(whole, "../../etc/passwd.xlsx")
    attempt()


FILES = {
    "afspraken": (ROOT / "contracts" / "agreements", contracts.read_agreements),
    "indelingen": (ROOT / "etl" / "layouts", read_layouts),
    "signalen": (ROOT / "metrics" / "insight" / "signals" / "declaraties", insight.read_signals),
}
SETTINGS = """limiet:
  wachten: 5
bewaar:
  maanden: 60
inloggen:
  rollen:
    team: beleid
  gemeenten:
    team: [0397]
log:
  vorm: json
"""
EVENTS = """gebeurtenissen:
  - datum: 2024-01-01
    soort: beleid
    titel: Nieuw beleid
    toelichting: Uitleg
    wie: beleid
"""
VALUES = st.one_of(NASTY, st.sampled_from([
    "[]", "{}", "!!python/object:os.system ls", "&a [*a]", "*b", "|", ">-", "- x", "2024-13-01", "0377", "1:30:00",
    "{a: {b: {c: 1}}}", "[1, [2, [3]]]", "? x", "<<: *a", "yes", "'", '"', "\t", "%TAG", "---", "...", "@", "`", ".inf",
]))  # fmt: skip


def _mutated(text: str, data) -> str:
    """The text of a file that is right, with some lines changed as a person or a tool could."""
    lines = text.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        way = data.draw(st.sampled_from(["value", "gone", "twice", "in", "whole", "name"]))
        head, separator, _ = lines[place].partition(":")
        if way == "value":
            lines[place] = f"{head}{separator or ':'} {data.draw(VALUES)}"
        elif way == "name":
            lines[place] = lines[place].replace(head.strip(), data.draw(VALUES), 1) if head.strip() else "x"
        elif way == "gone":
            lines.pop(place)
        elif way == "twice":
            lines.insert(place, lines[place])
        elif way == "in":
            lines[place] = " " * data.draw(st.integers(0, 9)) + lines[place].lstrip()
        else:
            lines[place] = data.draw(st.one_of(VALUES, st.text(max_size=20)))
        lines = lines or [""]
    return "\n".join(lines)


def _read_or_told(read, folder):
    """Read it, or get sentences: whole ones, of this file, without the inside of the program."""
    try:
        read(folder)
    except Gebruiksfout as fault:
        assert fault.meldingen
        for one in fault.meldingen:
            assert len(one) > 10 and not INSIDE.search(one) and "\n" not in one.strip(), one
            assert not re.search(r"[Ii]nput should|[Vv]alue error|expected|Extra inputs|mapping|scalar", one), one


@pytest.mark.parametrize("kind", [*FILES, "instellingen", "gebeurtenissen"])
def test_no_file_that_people_write_gives_a_fault(kind, tmp_path):
    if kind in FILES:
        source, read = FILES[kind]
        texts = [
            path.read_text(encoding="utf-8") for path in sorted(source.glob("*.yaml")) if path.name != "standaard.yaml"
        ]
        place = tmp_path / "a.yaml"
    else:
        texts, place = [SETTINGS if kind == "instellingen" else EVENTS], tmp_path / f"{kind}.yaml"
        read = instellingen.lees if kind == "instellingen" else events.read

    @many(25)
    @given(st.data())
    def attempt(data):
        place.write_bytes(_mutated(data.draw(st.sampled_from(texts)), data).encode("utf-8", "surrogatepass"))
        _read_or_told(read, tmp_path)

    for content in (b"", b"\xff\xfe\x00", b"a: &a [*a]\n", b"{" * 3000, b"x" * 200, b"a: 1\n---\nb: 2\n", b"\x00"):
        place.write_bytes(content)
        _read_or_told(read, tmp_path)
    attempt()


def test_no_filter_or_split_of_the_command_line_gives_a_fault(voorbeeld_werkmap, capsys):
    from dashboard.cli import main

    @many(12)
    @given(
        st.sampled_from(sorted(metrics.catalogue())), NAMES, ANY, ANY, st.sampled_from(["--per", "--filter", "--van"])
    )
    def attempt(id, name, value, day, option):
        more = {"--per": name, "--filter": f"{name}={value}", "--van": day}[option]
        try:
            code = main(["cijfers", id, "--formaat", "json", "--werkmap", str(voorbeeld_werkmap), f"{option}={more}"])
        except SystemExit as stop:
            code = stop.code
        told = capsys.readouterr().err
        assert code in (0, 1, 2) and "Traceback" not in told and "ging iets mis" not in told, (option, more, told)

    attempt()
