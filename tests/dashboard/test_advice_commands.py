"""`aanbeveling` on the command line: recording, telling what became of it, showing, checking."""

import pytest

from dashboard.cli import main


@pytest.fixture
def run(tmp_path, capsys):
    def go(*arguments):
        code = main(["aanbeveling", *arguments, "--werkmap", str(tmp_path)])
        found = capsys.readouterr()
        return code, found.out, found.err

    return go


def test_from_bottleneck_to_what_became_of_it(run, tmp_path):
    code, _, told = run(
        "leg-vast", "--knelpunt", "Plannen komen te laat (123456782).", "--maatregel", "Intake eerder.", "--subdoel",
        "tijdigheid", "--evaluatie", "2024-01-01",
    )  # fmt: skip
    assert (code, told) == (0, "Vastgelegd als aanbeveling 1.\n")
    assert run("stand", "1", "--stand", "uitgevoerd", "--toelichting", "Sinds mei.")[0] == 0
    code, shown, _ = run("toon")
    assert "Maatregel: Intake eerder." in shown and "uitgevoerd. Sinds mei." in shown
    assert "123456782" not in (tmp_path / "aanbevelingen.jsonl").read_text(encoding="utf-8")
    assert run("controleer")[:2] == (0, "Het register klopt: 2 regels, niets is veranderd.\n")
    path = tmp_path / "aanbevelingen.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Intake eerder", "Niets"), encoding="utf-8")
    assert run("controleer")[:2] == (1, "Het register klopt niet: regel 1 is veranderd of hoort hier niet.\n")


def test_mistakes_are_one_sentence(run):
    assert run("stand", "4", "--stand", "uitgevoerd", "--toelichting", "x")[0] == 2
    code, _, told = run("leg-vast", "--knelpunt", "x", "--maatregel", "y", "--subdoel", "geluk")
    assert code == 2 and "'geluk' bestaat niet" in told
    assert "Er zijn nog geen aanbevelingen" in run("toon")[2]
