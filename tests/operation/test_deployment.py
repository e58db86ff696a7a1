"""The container file and the systemd unit, as far as they can be held to what is here without a registry or a root.

The steps of the container file after its base image are done for real in a folder: what it copies is the whole program.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from data import instellingen

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "docs" / "systemd" / "inburgeringsmonitor.service"


def _container() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    lines = [line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, rest in lines]


def test_what_the_container_copies_is_the_whole_program_and_it_runs(tmp_path):
    house = tmp_path / "opt"
    house.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(house / ".venv")], check=True)
    site = next((house / ".venv" / "lib").glob("python3*")) / "site-packages"
    (site / "packages.pth").write_text(sysconfig.get_path("purelib") + "\n")  # stands for pip, which needs a network
    allowed = [line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")]
    for word, rest in _container():
        if word == "COPY":
            *sources, target = rest.split()
            for source in sources:
                assert source in allowed, f"{source} does not pass .containerignore"
                goal = house / (target if len(sources) == 1 and target not in ("./", ".") else source)
                goal.parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copy(ROOT / source, goal)
    run = next(rest for word, rest in _container() if word == "RUN" and ".ci/link" in rest)
    subprocess.run(["bash", "-c", run.split("&&")[0]], cwd=house, check=True)
    program = [str(house / ".venv" / "bin" / "inburgering")]
    made = (
        f"import sys; sys.path.insert(0, {str(house)!r}); from pathlib import Path; import dashboard; "
        "from dashboard.app import create_app; create_app(Path(sys.argv[1])); print(dashboard.__file__)"
    )
    python = [str(house / ".venv" / "bin" / "python"), "-P", "-c", made, str(tmp_path / "werk")]
    told = subprocess.run(python, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(house / "dashboard" / "__init__.py")  # not the checkout's
    words = [*program, "instellingen", "--werkmap", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "limiet.wachten" in done.stdout


def test_the_container_runs_as_nobody_special_and_speaks_of_settings_that_exist():
    lines = _container()
    assert [rest for word, rest in lines if word == "USER"] == ["monitor"]
    assert ("STOPSIGNAL", "SIGTERM") in lines
    text = (ROOT / "Containerfile").read_text() + UNIT.read_text()
    known = {instellingen.omgevingsnaam(group, name) for group, name, *_ in instellingen.regels()}
    known |= {f"{name}_BESTAND" for name in known}
    known |= {"INBURGERING_WERKMAP", "INBURGERING_LEVERINGEN", "INBURGERING_CONFIGMAP"}
    assert set(re.findall(r"INBURGERING_[A-Z_]+", text)) <= known
    assert not re.search(r"(?i)secret=|sleutel=[0-9a-f]{8}", text)


def test_the_unit_is_right_for_systemd_and_waits_longer_than_the_program(tmp_path):
    verify = shutil.which("systemd-analyze")
    text = UNIT.read_text(encoding="utf-8")
    stop = int(re.search(r"TimeoutStopSec=(\d+)", text)[1])
    assert stop > instellingen.Server().stoptijd
    if verify is None:
        pytest.skip("no systemd here")
    place = tmp_path / UNIT.name
    place.write_text(text.replace("/opt/inburgeringsmonitor/.venv/bin/inburgering", "/bin/true"))
    found = subprocess.run([verify, "verify", str(place)], capture_output=True, text=True, check=False)
    assert (found.returncode, [line for line in found.stderr.splitlines() if UNIT.name in line]) == (0, [])
