"""The command line as a person meets it: Dutch, one sentence per mistake, the promised exit codes."""

import contextlib
import io
import re

import pytest

from dashboard.cli import main, parser

COMMANDS = [
    "start", "voorbeeld", "laad", "controleer", "sjabloon", "cijfers", "kpi", "rapport", "dashboard", "momentopnamen",
    "signalen", "vooruitblik", "termijnen",
]  # fmt: skip
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|show this|help message|default|required|invalid|choose|error)\b", re.I
)


def run(*words: str) -> tuple[int, str, str]:
    """Run one command in this process; its exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(list(words))
        except SystemExit as end:
            code = int(end.code or 0)
    return code, out.getvalue(), err.getvalue()


def test_every_promised_command_exists():
    text = parser().format_help()
    for command in COMMANDS:
        assert re.search(rf"^\s+{command}\b", text, re.M), command


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_dutch(command):
    code, out, err = run(*([command] if command else []), "--help")
    assert code == 0
    assert "gebruik:" in out
    assert not ENGLISH.search(out.replace("--help", "")), ENGLISH.search(out)
    assert err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "ontbreekt"),
        (["cijfer"], "kies uit"),
        (["cijfers", "instroom", "--peildatum", "2024-13-01"], "geen datum"),
        (["cijfers", "instroom", "--filter", "gemeente"], "geen filter"),
        (["cijfers", "instroom", "--kleur"], "niet bekend"),
        (["kpi", "--kwartaal", "2024-5"], "geen kwartaal"),
        (["dashboard", "--poort", "99999"], "geen poort"),
        (["laad", "bestaat-niet"], "bestaat niet"),
        (["controleer", "bestaat-niet.csv"], "bestaat niet"),
        (["sjabloon", "danner-b1", "--uit", "f.csv"], ".xlsx"),
        (["sjabloon", "geen-contract", "--uit", "f.xlsx"], "Kies uit"),
        (["rapport", "jaarverslag", "--uit", "f.pdf"], "bestaat niet"),
        (["rapport", "evaluatie", "--uit", "f.doc"], ".pdf"),
    ],
)
def test_wrong_use_gets_one_dutch_sentence_and_code_2(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err
    assert not ENGLISH.search(err.replace("--help", ""))


@pytest.mark.parametrize(
    "words",
    [["cijfers", "instroom"], ["kpi"], ["signalen"], ["vooruitblik"], ["rapport", "evaluatie", "--uit", "f.pdf"]],
)
def test_an_empty_work_folder_says_how_to_begin(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "inburgering laad" in err


def test_a_fault_of_ours_is_told_without_its_text(tmp_path, monkeypatch):
    from dashboard.commands import snapshots

    def broken(_arguments):
        raise ValueError("cel met 999912345")

    monkeypatch.setattr(snapshots, "run", broken)
    code, out, err = run("momentopnamen", "--werkmap", str(tmp_path))
    assert (code, out) == (3, "")
    assert "999912345" not in err + (tmp_path / "fout.log").read_text()
    assert "ValueError" in (tmp_path / "fout.log").read_text()
