"""`inburgering cijfers`: the list, the answers in four forms, what they rest on, and questions that make no sense."""

import contextlib
import csv
import io
import json
import random

import openpyxl
import pytest

import metrics
from dashboard.cli import main


@pytest.fixture
def run(werkmap):
    def command(*words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["cijfers", *words, "--werkmap", str(werkmap)])
        return code, out.getvalue(), err.getvalue()

    return command


def test_the_list_tells_question_definition_and_dimensions(run):
    code, out, _ = run()
    assert code == 0
    for one in metrics.catalogue().values():
        assert one.id in out
    flat = " ".join(out.split())
    pip = metrics.catalogue()["pip_op_tijd"]
    assert pip.vraag in flat
    assert " ".join(pip.definitie.split()) in flat
    assert "Altijd per leerroute, reden_einde. Filteren en uitsplitsen: gemeente, doelgroep" in flat
    found = {one["id"]: one for one in json.loads(run("--formaat", "json")[1])}
    assert found["pip_op_tijd"]["dimensies"] == list(pip.dimensies)
    assert found["uitval"]["filters"][-2:] == ["horizon", "einde"]
    assert found["pip_op_tijd"]["definitie"] == " ".join(pip.definitie.split())


def test_the_list_as_a_file(run, tmp_path):
    rows = list(csv.DictReader(io.StringIO(run("--formaat", "csv")[1], newline="")))
    assert [row["id"] for row in rows] == list(metrics.catalogue())
    target = tmp_path / "cijfers.xlsx"
    assert run("--formaat", "xlsx", "--uit", str(target))[0] == 0
    sheet = openpyxl.load_workbook(target)["Cijfers"]
    assert sheet.max_row == len(metrics.catalogue()) + 1


def test_several_figures_in_one_run_are_the_same_in_every_form(run, tmp_path):
    asked = ("instroom", "pip_op_tijd", "--per", "doelgroep", "--peildatum", "2024-06-30")
    answers = json.loads(run(*asked, "--formaat", "json")[1])
    assert [answer["cijfer"] for answer in answers] == ["instroom", "pip_op_tijd"]
    lines = list(csv.DictReader(io.StringIO(run(*asked, "--formaat", "csv")[1], newline="")))
    rows = [row for answer in answers for row in answer["rijen"]]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert all(str(value) == line[key] for key, value in row.items() if value is not None)
    target = tmp_path / "uit.xlsx"
    run(*asked, "--formaat", "xlsx", "--uit", str(target))
    assert openpyxl.load_workbook(target)["pip_op_tijd"].max_row == len(answers[1]["rijen"]) + 1
    assert json.loads(run("instroom", "--formaat", "json")[1])["cijfer"] == "instroom"


def test_a_ratio_in_euros_is_money(run):
    _, out, _ = run("kosten_per_persoon")
    assert "€" in out
    assert "%" not in out.split("Per jaar")[0]


def test_nonsense_names_what_is_possible(werkmap):
    from dashboard.cli import main

    err = io.StringIO()
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()) as out:
        words = ["cijfers", "tevredenheid", "kosten", "--per", "leeftijd", "--werkmap", str(werkmap)]
        assert main(words) == 2
    assert out.getvalue() == ""
    told = err.getvalue().splitlines()
    assert len(told) == 2
    assert told[0].endswith("Wel mogelijk: contract, jaar, kwartaal, maand, onderdeel.")
    assert "kosten" in told[1] and "kostensoort" in told[1]


def test_provenance_tells_deliveries_their_date_and_what_was_refused(run, werkmap):
    found = json.loads(run("pip_op_tijd", "rapportage_op_tijd", "--herkomst", "--formaat", "json")[1])
    assert [(one["cijfer"], one["tabel"]) for one in found][:2] == [
        ("pip_op_tijd", "personen"),
        ("pip_op_tijd", "trajecten"),
    ]
    trajecten = found[1]
    assert {"datum_pip", "datum_einde"} <= set(trajecten["kolommen"])
    files = {file["bestand"]: file for file in trajecten["leveringen"]}
    assert files["trajecten_2022-2.csv"]["stand"] == "2022-12-31"
    for file in files.values():
        assert file["geweigerd"] == sum(file["redenen"].values()) == len(file["rijen"])
    assert any(file["geweigerd"] for file in files.values())
    table = run("rapportage_op_tijd", "--herkomst")[1]
    assert "uit geen levering" in table  # the contracts come from the agreements
    assert "rapportage_danner-b1" in table
    rows = list(csv.DictReader(io.StringIO(run("pip_op_tijd", "--herkomst", "--formaat", "csv")[1], newline="")))
    assert {row["tabel"] for row in rows} == {"personen", "trajecten"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["instroom", "--peildatum", "31-02-2024"], "'31-02-2024' is geen datum"),
        (["instroom", "--peildatum", "2099-01-01"], "ligt in de toekomst"),
        (["instroom", "--peildatum", "2021-12-31"], "Kies een dag van 01-01-2022"),
        (["instroom", "--filter", "gemeente=Heemstede"], "Bedoelt u 0397 (Heemstede)?"),
        (["instroom", "--filter", "contract=danner"], "danner-b1"),
        (["uitval", "--filter", "horizon=12"], "Kies uit: 183, 365, 730"),
        (["instroom", "--van", "2024-01-01", "--tot", "2023-12-31"], "begint (01-01-2024) na het einde (31-12-2023)"),
        (["instrom"], "Bedoelt u: instroom"),
        (["instroom", "--formaat", "pdf"], "kies uit: 'tabel', 'json'"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_code_2(werkmap, words, told):
    code, out, err = _said(["cijfers", *words, "--werkmap", str(werkmap)])
    assert (code, out) == (2, "")
    assert told in err and len(err.splitlines()) == 1
    assert "Traceback" not in err


def _said(words):
    """How the program ends, and what it says; a word that argparse refuses ends it by itself."""
    err = io.StringIO()
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code
    return code, out.getvalue(), err.getvalue()


def test_a_repeated_filter_is_one(run):
    asked = ["instroom", "--formaat", "json", "--filter"]
    _, once, _ = run(*asked, "gemeente=0397,0377")
    assert run(*asked, "gemeente=0377", "--filter", "gemeente=397", "--filter", "gemeente=0377")[1] == once


def test_strange_words_never_end_in_a_traceback(werkmap):
    """A little fuzzing: whatever is typed, the end is an answer or a sentence."""
    dice = random.Random(1)
    words = ["", "0", "=", "a=b", "gemeente=", "jaar=x", "jaar=-1", "cohort=1e9", "kwartaal=2024-K9", "\u0000", "'; --",
             "9" * 40, "leeftijd=<25", "gemeente=\u0663\u0669\u0667", "horizon=\u00b2", "2024-02-30", "--per", "ë=ü",
             "contract=", "maand=2024-3", "cohort=\u0662\u0660\u0662\u0664"]  # fmt: skip
    for _ in range(30):
        asked = ["cijfers", dice.choice(["instroom", "uitval", "kosten", dice.choice(words)])]
        for _ in range(dice.randint(1, 3)):
            asked += [dice.choice(["--filter", "--per", "--van", "--tot", "--peildatum"]), dice.choice(words)]
        code, out, err = _said([*asked, "--formaat", "json", "--werkmap", str(werkmap)])
        assert code in (0, 2), (asked, err)
        assert "Traceback" not in err
        if code == 0:
            json.loads(out)
        else:
            assert out == "" and err.strip(), asked
