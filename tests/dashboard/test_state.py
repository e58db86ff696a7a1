"""The address holds the view: what is written is read again, and nothing in an address can break reading it."""

from datetime import date
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.places import municipalities
from dashboard.state import CHOICES, FIRST_DAY, JAAR, PERIODE, REGIO, View, names

_DAYS = st.none() | st.dates(FIRST_DAY, date(2040, 12, 31))
_CLOSED = {name: st.lists(st.sampled_from(values), min_size=1, unique=True) for name, values in CHOICES.items()}
_CODES = st.sampled_from(sorted(municipalities()))
_FREE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and text.isprintable()
)
_FILTERS = st.fixed_dictionaries(
    {},
    optional={
        **_CLOSED,
        "gemeente": st.lists(_CODES, min_size=1, unique=True),
        "cohort": st.lists(st.integers(2000, 2099).map(str), min_size=1, unique=True),
        "contract": st.lists(st.sampled_from(["danner-b1", "hva-onderwijs"]), min_size=1, unique=True),
        "kwartaal": st.lists(st.sampled_from(["2024-K1", "2025-K4"]), min_size=1, unique=True),
        "onderdeel": st.lists(_FREE, min_size=1, unique=True),
        "bestand": st.lists(_FREE, min_size=1, unique=True),
    },
)


@st.composite
def _views(draw):
    van, tot = draw(_DAYS), draw(_DAYS)
    if van and tot and van > tot:
        van, tot = tot, van
    filters = {name: tuple(values) for name, values in draw(_FILTERS).items()}
    return View(
        filters, draw(_DAYS), van, tot,
        draw(st.none() | st.text("abcdefghijklmnop", min_size=12, max_size=12)),
        draw(st.none() | st.sampled_from([PERIODE, JAAR, REGIO]) | _CODES),
        tuple(draw(st.lists(st.sampled_from(names()), max_size=3, unique=True))),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(_views())
def test_what_is_written_is_read_again(view):
    again = View.read(view.write())
    assert again == view
    assert again.vreemd == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([*names(), "peildatum", "van", "tot", "naast", "per", "x"]), st.text()))
    | st.text().map(lambda text: [("", text)])
)
def test_nothing_in_an_address_breaks_reading_it(pairs):
    raw = "?" + "&".join(f"{name}={text}" for name, text in pairs)
    encoded = "?" + "&".join(f"{name}={quote(text, safe='', errors='replace')}" for name, text in pairs)
    for search in (raw, encoded):
        view = View.read(search)
        assert View.read(view.write()) == view


def test_what_is_not_known_is_told_and_never_a_bsn():
    view = View.read("?gemeente=Haarlem&cohort=oud&geslacht=123456782&peildatum=2024-02-31&gemeent=0392")
    assert view == View()
    assert set(view.vreemd) == {
        "gemeente=Haarlem", "cohort=oud", "peildatum=2024-02-31", "gemeent", next(v for v in view.vreemd if "ges" in v)
    }  # fmt: skip
    assert not any("123456782" in text for text in view.vreemd)


def test_a_code_of_no_municipality_is_told_and_is_not_an_empty_place():
    view = View.read("?gemeente=0392,9999&naast=8888")
    assert view.filters == {"gemeente": ("0392",)}
    assert view.naast is None
    assert view.vreemd == ("gemeente=9999", "naast=8888")
    assert View.read("?gemeente=392&naast=0397") == View({"gemeente": ("0392",)}, naast="0397")


def test_a_period_that_ends_before_it_begins_is_no_period():
    view = View.read("?van=2024-01-01&tot=2023-01-01")
    assert (view.van, view.tot) == (None, None)
    assert view.vreemd


def test_what_people_write_themselves_is_understood():
    assert View.read("?doelgroep=statushouders").filters["doelgroep"] == ("asielstatushouder", "nareiziger")
    assert View.read("?leeftijd=45+").filters["leeftijd"] == ("45+",)
    assert View.read("?doelgroep=nareiziger%2Cgezinsmigrant").filters["doelgroep"] == ("nareiziger", "gezinsmigrant")
    assert View.read("?gemeente=392").filters["gemeente"] == ("0392",)


def test_narrowing_keeps_the_rest_and_takes_the_split_away():
    view = View.read("?cohort=2023&per=leerroute,kwartaal").narrowed("leerroute", "Z")
    assert view == View.read("?cohort=2023&leerroute=Z&per=kwartaal")
    assert View.read("?onderdeel=KNM&cohort=2023&per=jaar").plain() == View.read("?cohort=2023")
