"""The page of one figure: it answers first, tells everything, and holds for every figure and every address."""

import csv
import io
import json
from datetime import date

import pytest
from dash import html
from hypothesis import given, settings
from hypothesis import strategies as st

import metrics
from dashboard import access, cli
from dashboard.app import create_app
from dashboard.pages import Context, find
from dashboard.state import FILTERS, View

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.fixture(autouse=True)
def somebody():
    """Who may see everything."""
    with access.acting(access.Person("toets", frozenset(access.ROLLEN), None)) as person:
        yield person


@pytest.fixture(scope="module")
def client(werkmap):
    return create_app(werkmap).server.test_client()


def page(desk, path, search=""):
    found = find(path)
    return found.render(Context(desk, desk.snapshot(), View.read(search), found.rest))


def texts(component):
    """Every text on a page, in order."""
    if component is None:
        return []
    if isinstance(component, str | int | float):
        return [str(component)]
    if isinstance(component, list | tuple):
        return [text for one in component for text in texts(one)]
    data = getattr(component, "data", None)
    cells = [cell for row in (data.get("body", []) if isinstance(data, dict) else []) for cell in row]
    return texts(getattr(component, "children", None)) + [cell for cell in cells if isinstance(cell, str)]


def hrefs(component):
    """Every link on a page."""
    if isinstance(component, list | tuple):
        return [href for one in component for href in hrefs(one)]
    own = [component.href] if getattr(component, "href", None) else []
    return own + (hrefs(component.children) if getattr(component, "children", None) is not None else [])


@pytest.mark.parametrize("id", list(metrics.catalogue()))
def test_every_figure_has_its_page(desk, id):
    definition = metrics.catalogue()[id]
    shown = page(desk, f"/cijfer/{id}", f"?per={definition.mogelijk[0]}&doelgroep=nareiziger")
    said = " ".join(texts(shown))
    assert definition.titel in said
    assert "Mag ik dit laten zien?" in said
    assert " ".join(definition.definitie.split()) in said
    assert isinstance(shown, html.Article)


@pytest.mark.parametrize("id", ["pip_op_tijd", "uitval", "tevredenheid", "kosten", "spuk_saldo", "uitstroom"])
def test_nobody_left_explains_itself(desk, id):
    said = " ".join(texts(page(desk, f"/cijfer/{id}", "?gemeente=0397&doelgroep=nareiziger&cohort=2099")))
    assert "bekend" in said or "niemand past" in said or "niets" in said or "kent" in said


def test_the_first_timed_task_how_many_and_may_i_quote_it(desk, snapshot):
    """Statushouders of cohort 2023 with their PIP in time: counted here from the persons themselves."""
    people = metrics.persons(
        "pip_op_tijd", snapshot, voor=metrics.ALLES,
        filters={"cohort": [2023], "doelgroep": ["asielstatushouder", "nareiziger"]},
    )  # fmt: skip
    counted, whole = sum(one["teller"] for one in people), sum(one["noemer"] for one in people)
    said = texts(page(desk, "/cijfer/pip_op_tijd", "?cohort=2023&doelgroep=statushouders"))
    start = f"Statushouders, start in 2023: {counted} van de {whole} inburgeraars kregen hun plan (PIP)"
    assert next(text for text in said if text.startswith("Statushouders")).startswith(start)
    quotes = [text for text in said if text.startswith(start) and "Stand op" in text]
    assert len(quotes) == 1
    assert "verzonnen gegevens" in " ".join(said)


def test_too_small_a_group_is_not_to_be_shown(desk, snapshot):
    split = ["gemeente", "doelgroep", "cohort"]
    (answer,) = metrics.compute("pip_op_tijd", snapshot, voor=metrics.ALLES, per=split)
    row = next(row for row in answer.rijen if 0 < row["noemer"] < 5)
    search = "?" + "&".join(f"{name}={row[name]}" for name in split)
    said = texts(page(desk, "/cijfer/pip_op_tijd", search))
    assert "nee." in [text.lower() for text in said]
    assert any("Wat u wel mag laten zien" in text or "Ook over een langere periode" in text for text in said)
    quotes = [text for text in said if "Stand op" in text]
    assert all(f"van de {row['noemer']} inburgeraars" not in text for text in quotes)


def test_links_of_the_page_go_to_pages_and_files_that_are_there(desk, client):
    shown = page(desk, "/cijfer/uitstroom", "?gemeente=0392&per=jaar")
    links = hrefs(shown)
    drill = [link for link in links if link.startswith("/cijfer/uitstroom?") and "reden_einde=" in link]
    assert drill
    for link in links:
        path, _, search = link.partition("?")
        if path.startswith(("/bestand", "/api")):
            assert client.get(link).status_code == 200
        elif not path.startswith("/download"):
            assert find(path) is not None
            assert View.read(search).vreemd == ()
    for link in drill[:3]:
        path, _, search = link.partition("?")
        assert texts(page(desk, path, search))


def test_a_row_leads_to_only_that_row(desk):
    links = hrefs(page(desk, "/cijfer/pip_op_tijd", "?per=gemeente"))
    mine = next(link for link in links if "gemeente=0392" in link and "per=leerroute" in link)
    assert View.read(mine.partition("?")[2]).filters == {"gemeente": ("0392",)}


@pytest.mark.parametrize(
    ("id", "options", "search"),
    [
        ("pip_op_tijd", ["--filter", "gemeente=0392", "--per", "kwartaal"], "?gemeente=0392&per=kwartaal"),
        ("uitval", ["--filter", "einde=uitval", "--filter", "horizon=365"], "?einde=uitval&horizon=365"),
        ("instroom", ["--van", "2023-01-01", "--tot", "2023-12-31"], "?van=2023-01-01&tot=2023-12-31"),
        ("examen_per_poging", ["--peildatum", "2024-06-30", "--filter", "leeftijd=45+"],
         "?peildatum=2024-06-30&leeftijd=45%2B"),
    ],
)  # fmt: skip
def test_the_json_of_an_address_is_that_of_the_command(werkmap, client, capsys, id, options, search):
    assert cli.main(["cijfers", id, "--formaat", "json", "--werkmap", str(werkmap), *options]) == 0
    expected = capsys.readouterr().out
    assert client.get(f"/api/cijfer/{id}.json{search}").get_data(as_text=True) == expected


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/cijfer/bestaat_niet.json", 404),
        ("/api/cijfer/pip_op_tijd.json?gemeente=Haarlem", 400),
        ("/api/cijfer/pip_op_tijd.json?onderdeel=KNM", 400),
        ("/api/cijfer/pip_op_tijd.json?momentopname=aaaaaaaaaaaa", 400),
        ("/bestand/pip_op_tijd.csv?cohort=oud", 400),
        ("/api/cijfer/pip_op_tijd.json?van=2030-01-01", 400),
    ],
)
def test_a_file_refuses_what_it_does_not_understand(client, address, status):
    found = client.get(address)
    assert found.status_code == status
    assert "Traceback" not in found.get_data(as_text=True)
    if address.startswith("/api"):
        assert json.loads(found.data)["fout"]


def test_the_file_for_outside_passes_the_guard(client, snapshot):
    address = "/bestand/pip_op_tijd.csv?gemeente=0397&per=kwartaal"
    assert b"verborgen" not in client.get(address).data
    shown = client.get(address + "&publicatie=1").data.decode("utf-8-sig")
    filters = {"gemeente": ["0397"]}
    answers = [
        metrics.compute("pip_op_tijd", snapshot, voor=metrics.ALLES, filters=filters, per=per)[0]
        for per in ((), ("kwartaal",))
    ]
    expected = metrics.publish(answers)[1].to_json()["rijen"]
    assert "verborgen" in shown
    assert [row["noemer"] for row in csv.DictReader(io.StringIO(shown))] == [str(row["noemer"]) for row in expected]


def test_comparing_says_whether_it_can_be_chance(desk, snapshot):
    base = "?van=2024-01-01&tot=2024-12-31"
    said = " ".join(texts(page(desk, "/cijfer/pip_op_tijd", base + "&naast=jaar")))
    (before,) = metrics.compute(
        "pip_op_tijd", snapshot, voor=metrics.ALLES, van=date(2023, 1, 1), tot=date(2023, 12, 31)
    )
    row = before.rijen[0]
    assert "Vergeleken met 2023" in said
    assert f"{row['teller']} van de {row['noemer']}" in said
    assert "toeval" in said
    region = " ".join(texts(page(desk, "/cijfer/pip_op_tijd", "?gemeente=0392&naast=regio")))
    others = [code for code, _ in desk.facts(snapshot)["gemeenten"] if code != "0392"]
    (rest,) = metrics.compute("pip_op_tijd", snapshot, voor=metrics.ALLES, filters={"gemeente": others})
    assert f"{rest.rijen[0]['teller']} van de {rest.rijen[0]['noemer']}" in region


@pytest.mark.parametrize(
    ("search", "why"),
    [
        ("?naast=jaar", "Kies eerst een periode"),
        ("?naast=regio", "Kies eerst een gemeente"),
        ("?gemeente=0392&naast=0392", "zit al in uw keuze"),
        ("?van=2022-01-01&tot=2022-12-31&naast=periode", "voor 2022"),
    ],
)
def test_a_comparison_that_cannot_be_says_why(desk, search, why):
    assert why in " ".join(texts(page(desk, "/cijfer/pip_op_tijd", search)))


def test_no_line_is_drawn_through_too_few_quarters(desk):
    """Five small quarters make no course; where there are enough, the chart and its table stay."""
    few = page(desk, "/cijfer/pip_op_tijd", "?cohort=2023")
    assert "Er zijn nog te weinig kwartalen (" in " ".join(texts(few))
    assert "verloop-pip_op_tijd" not in json.dumps(few, default=lambda one: one.to_plotly_json())
    many = page(desk, "/cijfer/pip_op_tijd")
    assert "Er zijn nog te weinig kwartalen (" not in " ".join(texts(many))
    assert "verloop-pip_op_tijd" in json.dumps(many, default=lambda one: one.to_plotly_json())


_WORDS = st.sampled_from([*FILTERS, "onderdeel", "jaar", "horizon", "einde", "van", "tot", "peildatum", "naast", "per"])
_VALUES = st.sampled_from(
    ["0392", "9999", "nareiziger", "2023", "Z", "danner-b1", "<25", "KNM", "2024-K1", "365", "x", "-1", "%", "regio",
     "jaar", "leerroute", "2022-01-01", "2025-06-30", "2031-01-01", "'; DROP", "\x00", "ﾟ"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["/cijfer/pip_op_tijd", "/cijfer/uitval", "/cijfer/kosten", "/instroom"]),
    st.lists(st.tuples(_WORDS, _VALUES), max_size=5),
)
def test_no_address_breaks_a_page(client, path, pairs):
    """Through the app itself, as the browser asks: never a fault of ours."""
    search = "?" + "&".join(f"{name}={value}" for name, value in pairs)
    found = ask(client, path, search)
    assert found.status_code == 200, (path, search)


def ask(client, path, search):
    """What the browser sends when the address changes."""
    menu = [{"type": "menu", "pad": "/"}]
    outputs = [
        {"id": "inhoud-blok", "property": "children"},
        {"id": "voet", "property": "children"},
        [{"id": one, "property": "className"} for one in menu],
        [{"id": one, "property": "href"} for one in menu],
    ]
    layout = client.get("/_dash-dependencies").get_json()
    name = next(one["output"] for one in layout if "inhoud-blok.children" in one["output"])
    return client.post(
        "/_dash-update-component",
        json={
            "output": name,
            "outputs": outputs,
            "changedPropIds": ["adres.search"],
            "inputs": [
                {"id": "adres", "property": "pathname", "value": path},
                {"id": "adres", "property": "search", "value": search},
            ],
            "state": [
                [{"id": one, "property": "id", "value": one} for one in menu],
            ],
        },
    )
