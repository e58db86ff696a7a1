"""The commands signalen, vooruitblik and termijnen on the example: JSON alone on stdout, the promised codes."""

import contextlib
import io
import json

import pytest

from dashboard.cli import main
from metrics import ALLES, insight


def run(werkmap, *words):
    """Run one command; its exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([words[0], "--werkmap", str(werkmap), *words[1:]])
    return code, out.getvalue(), err.getvalue()


def test_signals_as_json_and_as_text(werkmap, snapshot):
    code, out, err = run(werkmap, "signalen", "--formaat", "json", "--filter", "gemeente=0397")
    rows = json.loads(out)
    assert (code, err) == (0, "")
    scope = insight.Scope(snapshot, ALLES, None, {"gemeente": ["0397"]})
    expected = [one.id for one in insight.evaluate(scope) if one.status == "signaal"]
    assert [row["id"] for row in rows] == expected and expected
    assert all(row["zin"].endswith(".") and row["reden"] and row["advies"] and row["niveau"] for row in rows)
    everything = json.loads(run(werkmap, "signalen", "--formaat", "json", "--alles")[1])
    assert {row["status"] for row in everything} > {"signaal"}
    code, text, _ = run(werkmap, "signalen", "--filter", "gemeente=0397")
    assert code == 0 and rows[0]["titel"] in text and "Advies:" in text
    sure = any(row["zekerheid"] == "zeker" for row in rows)
    assert run(werkmap, "signalen", "--streng", "--filter", "gemeente=0397")[0] == int(sure)


def test_published_signals_hold_no_small_group(werkmap):
    rows = json.loads(run(werkmap, "signalen", "--publicatie", "--formaat", "json", "--filter", "gemeente=0397")[1])
    for row in rows:
        numbers = [row["waarden"].get(key) for key in ("teller", "aantal")]
        if row["subdoel"] not in ("kosten", "gegevens") and row["cijfer"] != "rapportage_op_tijd":
            assert not any(isinstance(n, int) and 0 < n < 5 for n in numbers), row["id"]
    assert all(row["deelbaar"] for row in rows)


def test_own_signals_lie_in_the_work_folder_or_where_told(werkmap, tmp_path):
    (tmp_path / "fout.yaml").write_text("id: fout\nkleur: rood\n", encoding="utf-8")
    code, out, err = run(werkmap, "signalen", "--signalen", str(tmp_path))
    assert (code, out) == (2, "")
    assert "fout.yaml, regel 2: kleur kennen wij niet." in err and "titel ontbreekt" in err
    code, out, err = run(werkmap, "signalen", "--signalen", str(tmp_path / "nergens"))
    assert code == 2 and "bestaat niet" in err


def test_the_outlook(werkmap):
    words = ("vooruitblik", "--norm", "0,70", "--korting", "0.01", "--termijn", "24")
    code, out, err = run(werkmap, *words, "--formaat", "json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    parts = ("instroom", "kosten", "formatie", "spuk", "nederland", "aanbieders", "verloop")
    assert all(found[part] for part in parts)
    assert found["prestatiebekostiging"]["horizon"] == 730 and found["prestatiebekostiging"]["budget"] == 101_000
    text = run(werkmap, *words)[1]
    assert "Aannames van u, niet van het Rijk" in text and "Naast Nederland" in text
    assert "Er is nog geen regel bekend" in run(werkmap, "vooruitblik")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("vooruitblik", "--norm", "0.7"), "--korting"),
        (("vooruitblik", "--norm", "70", "--korting", "0.01"), "tussen 0 en 1"),
        (("signalen", "--filter", "kleur=rood"), "kleur"),
        (("signalen", "--peildatum", "2021-06-30"), "periode"),
    ],
)
def test_wrong_use_is_told(werkmap, words, sentence):
    code, out, err = run(werkmap, *words)
    assert (code, out) == (2, "") and sentence in err


def test_what_is_due(werkmap):
    code, out, _ = run(werkmap, "termijnen", "--formaat", "json")
    rows = json.loads(out)
    assert code == 0 and rows
    assert all(len(row["persoon"]) == 16 and row["persoon"].isalpha() for row in rows)
    assert rows[0]["persoon"][:8] in run(werkmap, "termijnen")[1]
