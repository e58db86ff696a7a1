"""The register of recommendations, own texts, and drawings: parts of a report that need no figures."""

import json
from xml.etree import ElementTree

import pytest

from dashboard.report import drawing, own_text, write_example
from dashboard.report.drawing import Bar, Part
from dashboard.report.recommendations import FILE, Register, as_they_stand
from data.fouten import Gebruiksfout

SVG = "{http://www.w3.org/2000/svg}"


def _filled(tmp_path):
    register = Register(tmp_path)
    write_example(register)
    return register


def test_the_register_grows_and_tells_how_things_stand(tmp_path):
    register = _filled(tmp_path)
    write_example(register)
    assert len(register.entries()) == 5
    assert [one.stand for one in as_they_stand(register.entries())] == [
        "uitgevoerd",
        "in uitvoering",
        "nog niet begonnen",
    ]
    register.report(2, "uitgevoerd", "Er zijn drie plekken.", wie="a")
    second = as_they_stand(register.entries())[1]
    assert (second.stand, second.toelichting) == ("uitgevoerd", "Er zijn drie plekken.")
    assert register.verify() == []
    assert [one.stand for one in as_they_stand(register.entries()[:5])][1] == "in uitvoering"


def test_who_changes_or_removes_an_entry_is_found(tmp_path):
    register = _filled(tmp_path)
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    changed = json.loads(lines[1])
    changed["maatregel"] = "iets anders"
    (tmp_path / FILE).write_text("\n".join([lines[0], json.dumps(changed), *lines[2:]]) + "\n", encoding="utf-8")
    assert register.verify() == [2]
    (tmp_path / FILE).write_text("\n".join(lines[1:]) + "\n", encoding="utf-8")
    assert 2 in register.verify()


def test_mistakes_in_the_register_are_told(tmp_path):
    register = _filled(tmp_path)
    with pytest.raises(Gebruiksfout, match="Aanbeveling 4 bestaat niet"):
        register.report(4, "uitgevoerd", "x", wie="a")
    with pytest.raises(Gebruiksfout, match="kennen wij niet"):
        register.report(1, "klaar", "x", wie="a")
    with pytest.raises(Gebruiksfout, match="Vul een toelichting in"):
        register.report(1, "uitgevoerd", "  ", wie="a")
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(Gebruiksfout, match="Regel 1"):
        register.entries()


def test_own_text_keeps_paragraphs_lists_and_headings_and_nothing_else(tmp_path):
    (tmp_path / "kosten.md").write_text("# Kop\n\nEen *zin*.\nNog een.\n\n- a\n- b <b>\n", encoding="utf-8")
    found = own_text.read(tmp_path)
    assert [one["soort"] for one in found["kosten"]] == ["kop", "alinea", "lijst"]
    assert found["kosten"][1]["tekst"] == "Een *zin*. Nog een."
    assert found["kosten"][2]["punten"] == ["a", "b <b>"]


def test_own_text_in_one_file_goes_by_its_headings(tmp_path):
    path = tmp_path / "tekst.md"
    path.write_text("Vooraf.\n\n# Geld\n\nOver geld.\n\n## Tevredenheid\n\nGoed.\n", encoding="utf-8")
    found = own_text.read(path)
    assert {id: parts[-1]["tekst"] for id, parts in found.items()} == {
        "samenvatting": "Vooraf.", "kosten": "Over geld.", "tevredenheid": "Goed.",
    }  # fmt: skip


def test_own_text_with_an_unknown_name_is_told(tmp_path):
    (tmp_path / "gled.md").write_text("x", encoding="utf-8")
    with pytest.raises(Gebruiksfout, match="'gled' bestaat niet"):
        own_text.read(tmp_path)
    with pytest.raises(Gebruiksfout, match="niet te lezen"):
        own_text.read(tmp_path / "weg.md")


def _texts(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_values_and_carry_them_in_words():
    svg = drawing.bars(
        [Bar("2023", 50.0, "10 van de 20 (50%)", 30.0, 70.0), Bar("2024", 100.0, "alle <20>"),
         Bar("2025", None, "verborgen")],
        top=100.0,
    )  # fmt: skip
    rects = list(ElementTree.fromstring(svg).iter(f"{SVG}rect"))
    widths = [float(one.get("width")) for one in rects]
    assert len(widths) == 2
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.2)
    assert {"2023", "2024", "2025", "10 van de 20 (50%)", "alle <20>", "verborgen"} <= set(_texts(svg))


def test_a_whole_bar_is_its_parts_and_what_is_hidden_has_no_number():
    svg = drawing.stacks(
        [
            (
                "na 12 maanden",
                [Part("voldaan", 0.3, "voldaan"), Part("niet getoond", 0.1, None), Part("nog bezig", 0.6, "nog bezig")],
            )
        ]
    )
    texts = _texts(svg)
    assert texts.count("30%") == 1 and texts.count("60%") == 1 and "10%" not in texts
    assert {"voldaan", "niet getoond", "nog bezig"} <= set(texts)


def test_the_same_drawing_is_the_same_text():
    one = [Bar("a", 1.0, "1"), Bar("b", 2.0, "2", mark=1.5)]
    assert drawing.bars(one, mark="begroot") == drawing.bars(list(one), mark="begroot")
