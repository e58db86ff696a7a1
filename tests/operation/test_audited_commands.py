"""Commands leave their line: what was loaded, taken along, recorded or cleaned up, and not a word of people."""

import json
import shutil

import pytest

from dashboard.cli import main
from dashboard.operation.audit import Audit

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.fixture
def folder(voorbeeld_werkmap, tmp_path, monkeypatch):
    """A work folder of one's own."""
    monkeypatch.setenv("USER", "mevrouw-beheer")
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(voorbeeld_werkmap.parent / "configuratie"))
    target = tmp_path / "werk"
    shutil.copytree(voorbeeld_werkmap, target, ignore=shutil.ignore_patterns("audit", "logboek*"))
    return target


def test_commands_leave_their_line(folder, tmp_path, capsys):
    where = ("--werkmap", str(folder))
    current = (folder / "huidig").read_text().strip()
    assert main(["cijfers", "pip_op_tijd", "--uit", str(tmp_path / "Jan Jansen.csv"), "--formaat", "csv", *where]) == 0
    assert main(["cijfers", "pip_op_tijd", *where]) == 0  # looking is no taking along
    assert main(["gesprek", "leg-vast", "danner-b1", "--datum", "2024-07-10", "--aanwezig", "Piet de Vries",
                 "--verslag", "Over Jan Jansen", *where]) == 0  # fmt: skip
    assert main(["opruimen", *where]) == 0
    assert main(["laad", str(tmp_path), *where]) == 2  # nothing to load there
    lines = list(Audit(folder).entries())
    assert [one["gebeurtenis"] for one in lines] == ["export", "vastgelegd", "opruimen", "laden_mislukt"]
    assert {one["wie"] for one in lines} == {"mevrouw-beheer"}
    assert lines[0]["feiten"] == {
        "opdracht": "cijfers", "cijfer": ["pip_op_tijd"], "soort": "csv", "momentopname_nu": current,
    }  # fmt: skip
    assert lines[1]["feiten"]["contract"] == "danner-b1" and lines[1]["feiten"]["soort"] == "leg-vast"
    text = "".join(path.read_text() for path in Audit(folder).files())
    assert not any(name in text for name in ("Jan", "Jansen", "Piet", "Vries"))
    capsys.readouterr()
    assert main(["logboek", "controleer", "--formaat", "json", *where]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["in_orde"] and told["audit"]["regels"] == 4
    assert main(["logboek", "gebeurtenissen", "--gebeurtenis", "export", "--formaat", "json", *where]) == 0
    assert [one["nummer"] for one in json.loads(capsys.readouterr().out)] == [1]
    assert main(["logboek", "gebeurtenissen", *where]) == 0
    assert "mevrouw-beheer" in capsys.readouterr().out
    log = Audit(folder).files()[0]
    log.write_text(log.read_text().replace("mevrouw", "meneer"))
    assert main(["logboek", "controleer", *where]) == 1
    assert "is veranderd nadat zij was opgeschreven" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_is_told_and_stops_no_command(folder, tmp_path, capsys):
    (folder / "audit").write_text("a file where the folder should be")
    assert main(["cijfers", "pip_op_tijd", "--uit", str(tmp_path / "a.csv"), "--formaat", "csv",
                 "--werkmap", str(folder)]) == 0  # fmt: skip
    assert (tmp_path / "a.csv").exists()
    assert "kon niet in het auditlogboek worden vastgelegd" in capsys.readouterr().err
