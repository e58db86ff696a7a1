"""Broken agreements: whatever is in the file, sentences with file and line come out, all at once, never a traceback."""

import random
import re
from pathlib import Path

import pytest

import contracts
from data.fouten import Gebruiksfout

MANY = """id: taal
aanbieder: School
gemeenten: ["0397", 255]
onderdeel: {leerroute: B1}
looptijd: {van: 2022-01-01, tot: 2021-12-31}
bron: artikel 4
kleur: blauw
kpis:
  - {id: a, titel: A, cijfer: aanwezigheit, norm: veel, gevolg: [{na: 2, stap: x}, {na: 1, stap: y}]}
  - {id: b, titel: B, cijfer: aanwezigheid, filter: {soort: taal, kleur: rood}, norm: 80}
  - {id: b, titel: B, cijfer: aanwezigheid, filter: {soort: taal}, norm: true}
  - {id: c, titel: C, cijfer: pip_op_tijd, filter: [gemeente]}
  - {id: d, titel: D, cijfer: kwaliteit, kenmerk: docenten, teller: docenten, noemer: groepen, geldig_van: 2024-02-31}
  - zomaar
"""
BOMB = "a: &a [x,x,x,x,x,x,x]\nb: &b [" + ",".join(["*a"] * 99) + "]\nc: [" + ",".join(["*b"] * 99) + "]\n"
WHOLE = """id: taal
titel: Taal
aanbieder: School
gemeenten: ["0397"]
onderdeel: {leerroute: B1}
looptijd: {van: 2022-01-01, tot: 2025-12-31}
bron: artikel 4
kpis:
  - {id: a, titel: A, cijfer: aanwezigheid, filter: {soort: taal}, norm: 0.8, geldig_van: 2022-01-01}
"""


HOURS = "cijfer: aanwezigheid, filter: {soort: taal}"


def _told(folder, content):
    (folder / "taal.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        contracts.read_agreements(folder)
    except Gebruiksfout as fault:
        return fault.meldingen
    return []


def test_mistakes_of_every_kind_in_one_file_are_told_at_once(tmp_path):
    told = _told(tmp_path, MANY)
    expected = [
        (1, "titel ontbreekt"), (3, "gemeenten hoort tekst te zijn"),
        (5, "eindigt voordat zij begint"), (7, "kleur kennen wij niet"), (9, "aanwezigheit bestaat niet"),
        (9, "norm is geen getal"), (9, "lopen niet op"), (10, "filter kleur niet"), (10, "norm van 0 tot 1"),
        (11, "geldt twee keer tegelijk"), (11, "norm is geen getal"), (12, "filter hoort namen"),
        (13, "geen bestaande"), (14, "kpis hoort namen"),
    ]  # fmt: skip
    for line, text in expected:
        assert any(one.startswith(f"taal.yaml, regel {line}: ") and text in one for one in told), (line, text, told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id: &a [*a]\n", "verwijst naar zichzelf"),
        (WHOLE + "percelen: &x\n - *x\n", "verwijst naar zichzelf"),
        (BOMB, "te veel"),
        ("a: " + "[" * 4000, "te veel dingen in elkaar"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "geen tekst in UTF-8"),
        (WHOLE.encode("utf-16"), "geen tekst in UTF-8"),
        (b"#" * 1_100_000, "te groot"),
        ("", "hier horen namen met waarden"),
        ("- a\n- b\n", "hier horen namen met waarden"),
        (WHOLE.replace("  - {", "\t- {"), "regel 9: hier staat een tab"),
        (WHOLE + "---\n" + WHOLE, "regel 10: hier begint een tweede document"),
        (WHOLE.replace("id: taal", "id: !!python/name:os.system"), "waarde met een ! ervoor"),
        (WHOLE.replace("2025-12-31}", "2025-02-31}"), "regel 6: 2025-02-31 is geen bestaande dag."),
        (WHOLE + "? [a, b]\n: x\n", "regel 10: een naam is één woord"),
        (WHOLE + "12: x\n", "regel 10: 12 kennen wij niet"),
        (WHOLE.replace("norm: 0.8", "norm: 80"), "regel 9: een aandeel heeft een norm van 0 tot 1"),
        (WHOLE.replace("norm: 0.8", "norm: 0.8, gevolg: [{na: 1" + "0" * 5000 + ", stap: x}]"), "geen geldig getal"),
        (WHOLE.replace("id: taal", "id:"), "regel 1: id is leeg"),
        (WHOLE.replace('["0397"]', "0397"), "gemeenten hoort een lijst te zijn"),
        (WHOLE.replace('["0397"]', "[]"), "regel 4: een contract is van ten minste één gemeente"),
        (WHOLE.replace("soort: taal", "soort: taal, gemeente: '9999'"), "regel 9: de gemeentecode 9999 bestaat niet"),
        (WHOLE.replace("soort: taal", "soort: taal, gemeente: 0377"), "regel 9: de gemeentecode 255 bestaat niet"),
        (WHOLE.replace("leerroute: B1", "leerroute: B7"), "regel 5: de leerroute B7 bestaat niet. Kies uit: B1"),
        (WHOLE.replace("id: taal", "id: ../taal"), "regel 1: de id '../taal' kan niet"),
        (WHOLE.replace("norm: 0.8", "norm: 0.8, min_n: true"), "min_n is geen getal"),
        (WHOLE.replace("norm: 0.8", "norm: 0.8, gevolg: [{na: true, stap: x}]"), "na is geen getal"),
        (WHOLE.replace(HOURS, "cijfer: kwaliteit, richting: hoger, kenmerk: x, teller: y"), "één kenmerk, of"),
        (WHOLE.replace(HOURS, "cijfer: kwaliteit, richting: hoger, kenmerk: x, soort: aandeel"), "bij één kenmerk"),
    ],
)  # fmt: skip
def test_a_strange_file_gives_a_sentence(tmp_path, content, told):
    sentences = _told(tmp_path, content)
    assert any(told in one for one in sentences), sentences
    assert all(re.match(r"taal\.yaml, regel \d+: ", one) for one in sentences)


def test_any_change_to_a_good_agreement_is_read_or_told(tmp_path):
    """Pieces cut out, doubled, swapped for something of another kind: two hundred times over all examples."""
    dice = random.Random(20)
    sources = sorted((Path(contracts.__file__).parent / "agreements").glob("*.yaml"))
    odd = ["", "{}", "[]", "null", "-1", "1e400", ".nan", "0x1F", "2024-02-30", "'", '"', "*a", "&a b", "!!set {a}",
           "\t", "? ", "- ", "[[", "}", "~", "ja", "true", "1:30:00", "é" * 9, "\x07", "<<: 3", "|",
           "%YAML 9.9"]  # fmt: skip
    for _ in range(200):
        text = dice.choice(sources).read_text(encoding="utf-8")
        for _ in range(dice.randint(1, 4)):
            begin = dice.randrange(len(text))
            end = min(len(text), begin + dice.choice([0, 1, 3, 12, 60]))
            text = text[:begin] + dice.choice([*odd, text[begin:end] * 2]) + text[end:]
        told = _told(tmp_path, text)
        assert all(re.match(r"taal\.yaml, regel \d+: \S", one) for one in told), told
