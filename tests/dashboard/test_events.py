"""Events: what is written is read, nothing is erased, and a table with mistakes never breaks a chart."""

from datetime import date

import pytest

from dashboard import events
from dashboard.events.form import written
from data.fouten import Gebruiksfout


def _event(day, title, kind="beleid", text=""):
    return events.Event(datum=date.fromisoformat(day), soort=kind, titel=title, toelichting=text)


def test_what_is_added_stands_in_the_order_of_time(tmp_path):
    events.add(tmp_path, _event("2024-05-01", "Nieuwe aanbieder", "contract"))
    events.add(tmp_path, _event("2023-01-01", "Andere werkwijze: 'intake' # eerst", text="Zie raadsbesluit 12."))
    assert [one.titel for one in events.read(tmp_path)] == ["Andere werkwijze: 'intake' # eerst", "Nieuwe aanbieder"]
    assert events.shown(tmp_path, False, date(2024, 1, 1), date(2024, 12, 31)) == [
        {"datum": date(2024, 5, 1), "titel": "Nieuwe aanbieder"}
    ]


def test_taking_back_writes_a_line_and_erases_none(tmp_path):
    one = _event("2024-05-01", "Vergissing")
    events.add(tmp_path, one)
    before = (tmp_path / "gebeurtenissen.yaml").read_text()
    events.withdraw(tmp_path, one.kenmerk, "iemand", "2024-06-01T12:00")
    assert events.read(tmp_path) == []
    assert (tmp_path / "gebeurtenissen.yaml").read_text().startswith(before)
    with pytest.raises(Gebruiksfout, match="niet \\(meer\\)"):
        events.withdraw(tmp_path, one.kenmerk, "iemand", "")
    events.add(tmp_path, one)  # and it can be said again
    assert events.read(tmp_path) == [one]


def test_what_a_person_wrote_in_the_file_stays_as_it_is(tmp_path):
    path = tmp_path / "gebeurtenissen.yaml"
    mine = "# van ons\ngebeurtenissen:\n- {datum: 2023-03-01, titel: Eigen regel}   # let op\n"
    path.write_text(mine)
    events.add(tmp_path, _event("2024-01-01", "Erbij"))
    assert path.read_text().startswith(mine)
    assert len(events.read(tmp_path)) == 2


@pytest.mark.parametrize(
    "text",
    ["gebeurtenissen: [", "- los", "gebeurtenissen:\n- {datum: morgen, titel: x}", "gebeurtenissen:\n- {titel: x}"],
)
def test_mistakes_are_told_with_their_line_and_nothing_is_lost(tmp_path, text):
    path = tmp_path / "gebeurtenissen.yaml"
    path.write_text(text)
    with pytest.raises(Gebruiksfout, match="regel"):
        events.read(tmp_path)
    assert events.shown(tmp_path, False, date(2022, 1, 1), date(2030, 1, 1)) == []
    with pytest.raises(Gebruiksfout):
        events.add(tmp_path, _event("2024-01-01", "Erbij"))
    assert path.read_text() == text


def test_indented_lines_of_a_person_are_not_broken(tmp_path):
    path = tmp_path / "gebeurtenissen.yaml"
    text = "gebeurtenissen:\n  - datum: 2023-03-01\n    titel: Ingesprongen\n"
    path.write_text(text)
    events.add(tmp_path, _event("2024-01-01", "Erbij"))
    assert [one.titel for one in events.read(tmp_path)] == ["Ingesprongen", "Erbij"]


def test_twice_the_same_is_refused_and_a_bsn_never_written(tmp_path):
    events.add(tmp_path, _event("2024-01-01", "Een keer"))
    with pytest.raises(Gebruiksfout, match="al"):
        events.add(tmp_path, _event("2024-01-01", "Een keer"))
    events.add(tmp_path, _event("2024-01-02", "Over 123456782", text="bsn 123456782"))
    assert "123456782" not in (tmp_path / "gebeurtenissen.yaml").read_text()


def test_the_form_tells_every_mistake():
    with pytest.raises(Gebruiksfout) as fault:
        written(None, "beleid", "  ", "", "iemand")
    assert len(fault.value.meldingen) == 2
    with pytest.raises(Gebruiksfout, match="60 tekens"):
        written("2024-01-01", "beleid", "x" * 61, "", "iemand")
    with pytest.raises(Gebruiksfout, match="soort"):
        written("2024-01-01", "roddel", "Titel", "", "iemand")
    assert written("2024-01-01", "beleid", "Titel", None, "iemand").titel == "Titel"


def test_the_example_has_its_own_and_only_while_it_is_loaded(tmp_path):
    assert any("Wet inburgering" in one.titel for one in events.read(tmp_path, example=True))
    assert events.read(tmp_path) == []
    first = events.read(tmp_path, example=True)[0]
    with pytest.raises(Gebruiksfout):
        events.withdraw(tmp_path, first.kenmerk, "iemand", "")
