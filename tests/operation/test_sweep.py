"""What a killed server left among the temporary files goes at the next start; of a server that runs nothing goes."""

import subprocess
import sys
import tempfile

from dashboard.flow.uploads import Uploads
from dashboard.operation.sweep import sweep_uploads
from tests.etl.conftest import report_book


def test_uploads_of_a_killed_server_go_and_those_of_a_running_one_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"inburgering-upload-{gone.pid}-abcd1234"
    left.mkdir()
    (left / "rapportage.xlsx").write_text("999900110")
    other = tmp_path / "inburgering-upload-zomaar"
    other.mkdir()
    report_book(tmp_path / "b.xlsx", "danner-b1", "2024-K1", "2024-04-05", {"Uren": [["bsn"]]})
    mine = Uploads()
    content = (tmp_path / "b.xlsx").read_bytes()
    mine.add("mijn.xlsx", content, [], "wie")
    assert sweep_uploads() == 1
    assert not left.exists() and other.exists()
    assert len(list(tmp_path.glob("inburgering-upload-*/*/*.xlsx"))) == 1
    mine.clear()
