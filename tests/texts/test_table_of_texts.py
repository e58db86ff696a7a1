"""The table of texts against the code: nothing missing, nothing dead, the same places in both languages."""

import re
import string
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import etl.layout
import etl.reconcile
import metrics
from dashboard import texts
from dashboard.texts import table
from metrics.insight import read_signals

CODE = Path(__file__).parents[2] / "dashboard"
KEYWORDS = {"t": None, "tn": (1, 2), "tc": ((1, "c"), 2), "mark": None, "_": None}
METHODS = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"encoding": "utf-8", "silent": "false"}, "**.py": {"encoding": "utf-8"}}


def _in_code():
    """(context, Dutch) → where it stands first."""
    found = {}
    for file, line, message, _comments, context in extract_from_dir(
        str(CODE), METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    ):
        texts_of = (message,) if isinstance(message, str) else tuple(message)
        found.setdefault((context or "", texts_of[0]), (texts_of, f"{file}:{line}"))
    return found


def _from_definitions():
    """Texts of the figures: title, question and definition, as the screen shows them."""
    for one in metrics.catalogue().values():
        for text in (one.titel, one.vraag, one.definitie):
            yield "", " ".join(text.split())


def _from_signals():
    """What a signal of the product says: its templates have places like any other text."""
    for one in read_signals().values():
        for text in (one.titel, one.zin, one.reden, one.advies):
            yield "", " ".join(text.split())


def _from_codes():
    """Values of columns and dimensions, as words: of the layouts, of the ends of figures, of what their SQL makes."""
    columns = (column for one in etl.layout.standard().values() for column in one.kolommen.values())
    found = {code for column in columns for code in column.keuzes or ()} | set(etl.reconcile.BETWEEN)
    for one in metrics.catalogue().values():
        found |= set(one.einden)
        if {"kenmerk", "stand"} & set(one.eigen):
            found |= set(re.findall(r"(?:THEN|ELSE|SELECT bestand, contract,) '([a-z ]+)'", one.sql))
    yield from (("", code) for code in found if not re.fullmatch("[A-Z0-9]+|x", code))  # A2, PVT: a name in both


def _from_sources():
    """What the figures rest on: law, policy document, own deliveries."""
    for one in metrics.catalogue().values():
        for text in one.bron:
            yield "", " ".join(text.split())


def _in_table(code):
    for path in sorted((table.FOLDER / code).glob("*.po")):
        with path.open("rb") as handle:
            for message in read_po(handle, locale=code, abort_invalid=True):
                if message.id:
                    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                    says = (message.string,) if isinstance(message.string, str) else tuple(message.string)
                    yield path.name, (message.context or "", ids[0]), ids, says


def _places(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


IN_CODE, ENGLISH = _in_code(), list(_in_table("en"))
DEFINITIONS = {*_from_definitions(), *_from_sources(), *_from_signals(), *_from_codes()}  # from below the dashboard


def test_every_text_of_the_code_has_english():
    known = {key for _, key, _, says in ENGLISH if all(says)}
    missing = [f'{where}\nmsgid "{key[1]}"' for key, (_, where) in IN_CODE.items() if key not in known]
    assert not missing, "\n".join([f"{len(missing)} texts without English:", *missing])


def test_every_text_from_below_has_english():
    known = {key for _, key, _, says in ENGLISH if all(says)}
    assert not [text for _, text in sorted(DEFINITIONS - known)]


def test_nothing_in_the_table_is_dead_or_stands_there_twice():
    keys = [key for _, key, _, _ in ENGLISH]
    assert not [f"{file}: {key[1]}" for file, key, _, _ in ENGLISH if key not in IN_CODE and key not in DEFINITIONS]
    assert not sorted({key for key in keys if keys.count(key) > 1})


def test_both_languages_have_the_same_places():
    wrong = [
        ids[0] for _, _, ids, says in ENGLISH
        if len(says) != len(ids) or any(_places(text) not in [_places(one) for one in ids] for text in says)
    ]  # fmt: skip
    assert not wrong


def test_english_is_no_dutch():
    dutch = re.compile(r"\b(de|het|een|van de|zijn|niet|wordt|worden|naar|geen|mensen|deze|ook|nog|bij|zonder)\b", re.I)
    assert not [says for _, _, _, says in ENGLISH for text in says if dutch.search(re.sub(r"{\w*}", "", text))]


def test_a_request_speaks_one_language_and_the_next_another():
    assert texts.t("Uitloggen") == "Uitloggen"
    with texts.speaking("en"):
        assert texts.t("Uitloggen") == "Log out"
        assert texts.tn("{n} maand", "{n} maanden", 1, n=1) == "1 month"
        assert texts.tn("{n} maand", "{n} maanden", 6, n=6) == "6 months"
        with texts.speaking("xx"):  # what we do not speak is Dutch
            assert texts.t("Uitloggen") == "Uitloggen"
        assert texts.t("geen tekst van ons {x}") == "geen tekst van ons {x}"
    assert texts.language() == "nl"
