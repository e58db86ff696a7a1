"""What pages say of time: the numbers are those of metrics, and who may see only publications sees none of it."""

import pytest
from test_figure_page import texts

import metrics
from dashboard import access, wording
from dashboard.access import Desk
from dashboard.pages import Context
from dashboard.pages.over_time import ahead, over_time
from dashboard.state import View
from metrics import insight

pytestmark = pytest.mark.xdist_group("voorbeeld")
EVERYTHING = access.Person("toets", frozenset(access.ROLLEN), None)


@pytest.fixture(scope="module")
def desk(werkmap):
    return Desk(werkmap, None)


def _page(desk, id, search="", person=EVERYTHING):
    with access.acting(person):
        context = Context(desk, desk.snapshot(), View.read(search), id)
        return [text for one in over_time(context, metrics.catalogue()[id]) for text in texts(one)]


def test_the_course_of_competing_ends_is_that_of_the_curve(desk, snapshot):
    said = _page(desk, "uitval")
    rows = metrics.curve("uitval", snapshot, voor=metrics.ALLES).rijen
    year = {row["einde"]: row for row in rows if row["horizon"] == 365}
    assert "Na hoeveel tijd?" in said
    # in this order in the table: after 12 months, each end, and how many were still followed
    ends = [wording.percentage(year[end]["waarde"]) for end in metrics.catalogue()["uitval"].einden]
    start = next(place for place, text in enumerate(said) if text == "12 maanden")
    assert said[start + 1 : start + 6] == [*ends, wording.number(year["uitval"]["in_risico"])]
    assert "36 maanden" not in said  # one person is followed that long


def test_quarters_that_stand_out_are_told_and_quarters_of_few_people_are_not_judged(desk, snapshot):
    (course,) = insight.course(insight.Scope(snapshot, metrics.ALLES, None, {}), "instroom")
    said = " ".join(_page(desk, "instroom"))
    assert ("meer dan gewone schommeling" in said) == bool(course.kaart.signalen)
    assert "Gewone schommeling of meer?" in said
    (small,) = insight.course(insight.Scope(snapshot, metrics.ALLES, None, {}), "pip_op_tijd")
    assert min(point.n for point in small.punten) < 20
    assert _page(desk, "pip_op_tijd") == []


def test_who_sees_publications_only_sees_no_steps(desk):
    reader = access.Person("lezer", frozenset({"lezer"}), None)
    assert _page(desk, "uitval", person=reader) == []
    with access.acting(reader):
        assert ahead(Context(desk, desk.snapshot(), View(), "")) is None
        with pytest.raises(access.Geweigerd):
            desk.expected(desk.snapshot(), View())


def test_what_is_expected_is_that_of_the_outlook_of_the_municipality(desk, snapshot):
    scope = insight.Scope(snapshot, metrics.ALLES, None, {"gemeente": ("0392",)})
    (first, *_) = [one for one in insight.outlook.instroom(scope) if one["groep"] == "allen"]
    with access.acting(EVERYTHING):
        said = " ".join(texts(ahead(Context(desk, desk.snapshot(), View.read("?gemeente=0392")))))
        assert ahead(Context(desk, desk.snapshot(), View.read("?doelgroep=nareiziger"))) is None
    low, high = wording.number(first["laag"]), wording.number(first["hoog"])
    assert f"In {first['jaar']} verwachten wij ongeveer {wording.number(first['verwacht'])}" in said
    assert f"waarschijnlijk tussen {low} en {high}" in said
