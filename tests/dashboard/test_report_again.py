"""The same input gives the same bytes in another process; a report can be made again, and what differs is said."""

import os
import subprocess
import sys

import pytest

import contracts
import etl
import metrics
from dashboard import report
from dashboard.report import Register, own_text, recipe
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("voorbeeld")


def _command(werkmap, *arguments, seed="1"):
    environment = {
        **os.environ, "PYTHONHASHSEED": seed, "INBURGERING_CONFIGMAP": str(werkmap.parent / "configuratie"),
    }  # fmt: skip
    command = [sys.executable, "-m", "dashboard", *arguments, "--werkmap", str(werkmap)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_two_processes_make_the_same_files_and_a_third_finds_them_equal(werkmap, tmp_path):
    for name, seed in (("a", "1"), ("b", "2")):
        made = _command(
            werkmap, "rapport", "evaluatie", "--uit", str(tmp_path / name / "e.pdf"), "--hoofdstukken",
            "instroom,signalen",
            seed=seed,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert {"e.pdf", "e-samenvatting.pdf", "e.xlsx", "e.html"} <= {str(one) for one in files}
    for one in files:
        assert (tmp_path / "a" / one).read_bytes() == (tmp_path / "b" / one).read_bytes(), one
    checked = _command(werkmap, "rapport", "controleer", str(tmp_path / "a" / "e.pdf"))
    assert (checked.returncode, checked.stdout) == (0, "Het rapport is gelijk: elke byte is dezelfde.\n")


@pytest.fixture
def made(snapshot, tmp_path):
    register = Register(tmp_path)
    report.write_example(register)
    own = tmp_path / "teksten"
    own.mkdir()
    (own / "instroom.md").write_text("De gemeente ziet dit ook.", encoding="utf-8")
    target = report.make(
        "evaluatie", tmp_path / "e.pdf", snapshot=snapshot, agreements=contracts.read_agreements(), voor=metrics.ALLES,
        hoofdstukken=["instroom"], register=register.entries(), eigen_tekst=own,
    )  # fmt: skip
    return target, register, own


def _verify(path, werkmap, register, own):
    return report.verify(
        path, etl.Store(werkmap), contracts.read_agreements(), texts=own_text.read(own), register=register.entries(),
        logboek=(), declarations=None,
    )  # fmt: skip


def test_what_was_added_since_does_not_count_but_what_was_changed_does(made, werkmap):
    path, register, own = made
    register.report(3, "in uitvoering", "Later.", wie="a")
    assert _verify(path, werkmap, register, own).gelijk
    (own / "instroom.md").write_text("De gemeente ziet dit niet.", encoding="utf-8")
    found = _verify(path, werkmap, register, own)
    assert not found.gelijk
    text = " ".join(found.zinnen)
    assert "Anders is de eigen teksten" in text
    assert "Wie er kwamen: toen ‘De gemeente ziet dit ook.’, nu ‘De gemeente ziet dit niet.’" in text


def test_a_file_that_was_touched_afterwards_is_told(made, werkmap):
    path, register, own = made
    path.write_bytes(path.read_bytes() + b"\n% later\n")
    found = _verify(path, werkmap, register, own)
    assert found.zinnen == ("De inhoud is gelijk, maar het bestand zelf is na het maken veranderd.",)


def test_another_pdf_and_a_momentopname_that_is_gone_are_told(made, werkmap, tmp_path):
    path, register, own = made
    other = tmp_path / "ander.pdf"
    other.write_bytes(b"%PDF-1.7\nstream\nniets\nendstream\n")
    with pytest.raises(Gebruiksfout, match="niet waaruit zij is gemaakt"):
        _verify(other, werkmap, register, own)
    with pytest.raises(Gebruiksfout, match="niet meer bewaard"):
        _verify(path, tmp_path / "leeg", register, own)
    with pytest.raises(Gebruiksfout, match="niet te lezen"):
        _verify(tmp_path / "weg.pdf", werkmap, register, own)


def test_the_recipe_says_which_versions_made_it(made, snapshot):
    found = recipe.read(made[0].read_bytes())
    assert found["momentopname"] == snapshot.id
    assert found["hoofdstukken"] == ["instroom"]
    assert len(found["definities"]) == 12
    assert found["register"] == 5
