"""The pages in English: whole sentences written by hand, with the numbers that the metrics give."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from test_figure_page import hrefs, texts

import contracts
import metrics
from dashboard import access, wording
from dashboard import texts as languages
from dashboard.components.signals import signal_card
from dashboard.pages import Context, find, lead_in
from dashboard.pages.ahead import _basis
from dashboard.pages.beside import _named
from dashboard.pages.changes import _files
from dashboard.pages.courses import told
from dashboard.pages.missing import missing
from dashboard.pages.origin import _refused, _rests_on
from dashboard.pages.signalen import _summary
from dashboard.pages.talks import to_talk
from dashboard.pages.termijnen import _told
from dashboard.pages.vandaag import _differ
from dashboard.state import View
from metrics import insight

pytestmark = [pytest.mark.xdist_group("voorbeeld"), pytest.mark.usefixtures("in_english")]


def context(desk, search="", rest=""):
    view = View.read(search)
    return Context(desk, desk.snapshot(), view, rest)


def page(desk, path, search=""):
    found = find(path)
    return found.render(context(desk, search, found.rest))


def said(desk, path, search=""):
    return " ".join(texts(page(desk, path, search)))


def test_today(desk, snapshot):
    whole = said(desk, "/")
    rows = insight.due(insight.Scope(snapshot, metrics.ALLES, None, {}))
    plans = sum(row["wat"] == "plan (PIP) maken" and row["stand"] == "te laat" for row in rows)
    assert plans > 1
    for text in (
        "What is happening, and what needs attention?",
        "Most important now: ",
        f"{plans} plans (PIP) that are late and ",
        "agreements that were not met.",
        "Signal limit: 80% (not an official norm).",
        "There is no norm for this figure.",
        "Signals: what asks for adjustment?",
        "dual approach · early evaluation",
        "Advice: ",
        f"{plans} people have been waiting too long for a plan (PIP).",
        "This is the first snapshot that we keep. After the next load you will see the difference here.",
        "differences between the municipality and the providers.",
        "Contracts that need attention",
    ):
        assert text in whole, text
    report = desk.deliveries(snapshot)
    read, refused = (sum(getattr(one, name) for one in report.bestanden) for name in ("gelezen", "geweigerd"))
    assert f"Of the {read:,} rows read, {refused} were refused." in whole
    assert "/termijnen?taal=en" in hrefs(page(desk, "/"))


def test_intake(desk, snapshot):
    row = next(
        one for one in insight.outlook.instroom(insight.Scope(snapshot, metrics.ALLES)) if one["groep"] == "allen"
    )
    whole = said(desk, "/instroom")
    assert "Who comes in, and which learning route do they follow?" in whole
    assert (
        f"In {row['jaar']} we expect {round(row['verwacht'])} newcomers, "
        f"probably between {round(row['laag'])} and {round(row['hoog'])}." in whole
    )
    assert "everyone" in whole
    assert re.search(r"\b12 quarters\b", whole)


def test_what_is_coming_costs_and_what_the_state_pays(desk, snapshot):
    rows = insight.outlook.costs(insight.Scope(snapshot, metrics.ALLES))
    mine = [row for row in rows if row["jaar"] == rows[0]["jaar"]]
    cost = sum(row["kosten"] for row in mine)
    paid = None if any(row["rijk"] is None for row in mine) else sum(row["rijk"] for row in mine)
    whole = said(desk, "/geld")
    assert (
        "For the refugees with a permit and the family migrants who start in "
        f"{rows[0]['jaar']}, we expect to spend €{cost:,.0f} on services." in whole
    )
    if paid is None:
        assert "What the State pays for that is not known yet." in whole
    else:
        rest = f"€{abs(paid - cost):,.0f}"
        beside = f": {rest} short." if paid < cost else f", so {rest} is left."
        assert f"The State pays €{paid:,.0f} for that{beside}" in whole


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        (
            "/de-reis",
            ("Do people start on time, and how long does it take?", "Starting on time", "Tailored support",
             "People who are still in progress count up to now."),
        ),
        (
            "/resultaat",
            ("Do people learn enough, are they satisfied, and do they take part?",
             "Dual approach: learning and taking part",
             "We do not measure self-reliance: nobody delivers data about it."),
        ),
        (
            "/geld",
            ("What does it cost, and does that fit the budget?", "Spent against budget", "Reintegration",
             "Staffing for Heemstede and Bloemendaal"),
        ),
        (
            "/termijnen",
            ("What must happen now, and for whom?", "deadlines have already passed; ", " are coming soon.",
             "Here a person is a code.", "Make the plan (PIP) (", "Term runs out ("),
        ),
    ],
)  # fmt: skip
def test_other_pages(desk, path, sentences):
    whole = said(desk, path)
    for text in sentences:
        assert text in whole, text


def test_a_figure(desk, snapshot):
    whole = said(desk, "/cijfer/pip_op_tijd", "?gemeente=0392&per=kwartaal")
    for text in (
        "← The journey", "timeliness", "Split by: ", "The same figures as JSON", "Copy the link to this view",
        "May I show this?", "This figure:  yes.  No group is too small.", "The chart and table by quarter:",
        "You can quote it like this:", "Note: these are made-up data. Never use them in public.",
        "For publication (after the publication guard): ", "What is ordinary, and what is not?",
        "Higher is better.", "A signal limit is a choice of the monitor, not an official norm.",
        "Civic Integration Decree (Besluit inburgering) art. 5.3", "rows were refused; they do not count.",
        "31 Dec 2025", "About whom",
    ):  # fmt: skip
        assert text in whole, text


def test_a_comparison_and_what_cannot_be_compared(desk):
    assert "Compared with Heemstede" in said(desk, "/cijfer/pip_op_tijd", "?gemeente=0392&naast=0397")
    assert "Compared with Q4 2024" in said(desk, "/cijfer/pip_op_tijd", "?van=2025-01-01&tot=2025-03-31&naast=periode")
    none = said(desk, "/cijfer/pip_op_tijd", "?naast=0397")
    assert "First choose a municipality; we then set it beside the other." in none


def test_a_figure_that_is_not_there(desk):
    whole = said(desk, "/cijfer/pip_op_tij")
    assert "This figure does not exist" in whole
    assert "Do you mean:" in whole
    assert "/cijfer/pip_op_tijd?taal=en" in hrefs(page(desk, "/cijfer/pip_op_tij"))


def test_above_a_page(desk):
    here = context(desk, "?gemeente=0392&geslacht=vrouw&peildatum=2024-12-31&naast=0397&van=x")
    whole = " ".join(texts(lead_in(here, "/geld", ("gemeente", "peildatum", "naast"))))
    assert "We do not understand this part of the address, so it does not count: van=x." in whole
    assert "as seen on 31 Dec 2024" in whole
    assert "compared with Heemstede" in whole
    assert "Does not count on this page: gender." in whole
    away = replace(here, view=replace(here.view, momentopname="aaaaaaaaaaaa"))
    assert "The snapshot aaaaaaaaaaaa is no longer there. You see the current one." in " ".join(
        texts(lead_in(away, "/geld", ()))
    )


def test_one_and_more_are_told_as_english_tells_them():
    assert [_told("plan", "te laat", n) for n in (1, 2)] == [
        "1 person has been waiting too long for a plan (PIP).",
        "2 people have been waiting too long for a plan (PIP).",
    ]
    assert _told("termijn", "voorbij", 1) == "1 person has passed the end of the term."
    assert [_refused(n) for n in (0, 1, 1200)] == [
        "No row was refused.",
        "1 row was refused; it does not count.",
        "1,200 rows were refused; they do not count.",
    ]
    assert _rests_on(1, date(2024, 3, 31)) == "This figure rests on 1 file; the newest is as of 31 Mar 2024."
    assert _rests_on(2, None) == "This figure rests on 2 files."
    sure, perhaps = [SimpleNamespace(zekerheid="zeker")], [SimpleNamespace(zekerheid="mogelijk")]
    assert _summary([sure], 0) == "There is 1 signal. 1 of them is certain."
    assert _summary([sure, perhaps], 1) == (
        "There are 2 signals. 1 of them is certain. For 1, chance may play a part. "
        "Too little is known yet about 1 point."
    )
    assert _summary([perhaps], 0) == "There is 1 signal. None is certain."
    assert wording.together(["a", "b", "c"]) == "a, b and c"
    assert [
        _basis(text) for text in ("12 kwartalen", "te kort: 3 van 4 kwartalen", "taakstelling: 40 mensen huisvesten")
    ] == [
        "12 quarters",
        "too short: 3 of 4 quarters",
        "housing target: 40 people to house",
    ]


def test_a_period_after_in():
    assert _named(date(2024, 4, 1), date(2024, 6, 30)) == "Q2 2024"
    assert _named(date(2022, 1, 1), date(2023, 12, 31)) == "2022 to 2023"
    assert _named(date(2024, 4, 1), date(2024, 7, 31)) == "the period 1 Apr 2024 to 31 Jul 2024"
    with languages.speaking("nl"):
        assert _named(date(2024, 4, 1), date(2024, 6, 30)) == "het 2e kwartaal 2024"
        assert _named(date(2022, 1, 1), date(2023, 12, 31)) == "2022 tot en met 2023"
        assert _named(date(2024, 4, 1), date(2024, 7, 31)) == "de periode 01-04-2024 tot en met 31-07-2024"


def test_the_course_in_words():
    points = [SimpleNamespace(kwartaal=f"202{year}-K{n}") for year in (4, 5) for n in (1, 2, 3, 4)]

    def course(middle, places):
        marks = tuple(SimpleNamespace(plaats=place, regel="buiten de grenzen") for place in places)
        return SimpleNamespace(kaart=SimpleNamespace(midden=middle, n=3, signalen=marks), punten=points)

    end = "More is going on there than ordinary ups and downs; look for a cause."
    assert told(course(None, ())) == "There are too few quarters yet (3) to say which ups and downs are ordinary."
    assert told(course(5, ())).startswith("All quarters lie within the ordinary ups and downs.")
    assert told(course(5, (0, 7))) == f"This stands out: Q1 2024, Q4 2025. {end}"
    assert told(course(5, range(5))) == (
        f"5 quarters stand out, most recently Q2 2024, Q3 2024, Q4 2024, Q1 2025. {end}"
    )


def test_a_signal_card_names_its_parts():
    declared = SimpleNamespace(
        titel="x", advies="y", cijfer="instroom", zin="{stand}", reden="z", gevolg="bijstellen",
        voorwaarde=SimpleNamespace(soort="aantal", van=None),
    )  # fmt: skip
    found = SimpleNamespace(
        rij={"aantal": 3}, dims={}, norm=1, vorige=None, tot=date(2024, 12, 31), van=date(2024, 1, 1)
    )
    one = SimpleNamespace(
        status="signaal",
        verklaring=declared,
        uitkomst=found,
        soort="aantal",
        zekerheid="zeker",
        deelbaar=False,
        door=None,
    )
    whole = texts(signal_card([one] * 5, {}, {}, "Costs", "/geld"))
    assert "And 2 more signals of this kind." in whole
    assert "Do not share this outside the municipality: it is about few people." in whole
    assert "View the figure" in whole
    assert "And 1 more signal of this kind." in texts(signal_card([one] * 4, {}, {}, "Costs", "/geld"))


def test_who_reads_publications(desk):
    with access.acting(access.Person("reader", frozenset({"lezer"}), frozenset())):
        whole = said(desk, "/cijfer/pip_op_tijd")
    assert "Yes. Here you only see what has been published, and everybody may see that." in whole


def test_what_was_not_delivered_and_what_waits_for_it():
    absent = {"examen_eerste_poging": ["examens"], "uit_bijstand": ["uitkeringen", "examens"]}
    desk = SimpleNamespace(absent=lambda snapshot, id: absent.get(id, []))
    here = Context(desk, None, View())  # type: ignore[arg-type]
    assert here.lacks("examen_eerste_poging") == (
        "Note: the sheet examens was not delivered. This figure can therefore be empty or too low."
    )
    assert here.lacks("uit_bijstand") == (
        "Note: the sheet uitkeringen and the sheet examens were not delivered. "
        "This figure can therefore be empty or too low."
    )
    assert here.lacks("instroom") is None
    whole = "".join(texts(missing(here)))
    assert whole.startswith("Sheet examens: needed for ")
    absent.update({key: ["personen"] for key in list(metrics.catalogue())[:9]})
    assert " and 3 more." in "".join(texts(missing(here)))
    absent.clear()
    assert texts(missing(here)) == ["There is a delivery of every table. No figure is waiting for data."]


def test_what_changed_since_the_snapshot_before():
    def report(**loaded):
        return SimpleNamespace(bestanden=[SimpleNamespace(bestand=name, geladen=n) for name, n in loaded.items()])

    desk = SimpleNamespace(deliveries=lambda of: report(a=1, b=2, c=3) if of == "now" else report(b=5, d=1, e=1))
    found = _files(SimpleNamespace(desk=desk, snapshot="now"), "then")  # type: ignore[arg-type]
    assert texts(found) == ["2 new files: a, c.", "2 files fewer: d, e.", "1 file with other rows: b."]


def test_differences_between_the_municipality_and_the_providers():
    assert _differ(1, limited=False) == "There is 1 difference between the municipality and the providers."
    assert _differ(1200, limited=True) == (
        "There are 1,200 differences between the municipality and the providers, in contracts that your "
        "municipalities belong to."
    )


def test_names_of_contracts_and_agreements_are_told_to_be_dutch(desk):
    def dutch(component):
        if isinstance(component, list | tuple):
            return [text for one in component for text in dutch(one)]
        if getattr(component, "lang", None) == "nl":
            return texts(component)
        return dutch(component.children) if getattr(component, "children", None) is not None else []

    here = context(desk)
    first = contracts.attention(desk.verdicts(here.snapshot, here.view))[0]
    found = dutch(to_talk(here))
    assert desk.agreements[first.contract].titel in found
    title = first.niet_gehaald[0].titel
    assert title.lower() in [one.lower() for one in found]
    assert "Not met: " in " ".join(texts(to_talk(here)))
