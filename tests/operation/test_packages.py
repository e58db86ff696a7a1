"""The bill of materials holds every package of the lock, with a licence that goes with ours and a stated reason."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.operation import packages
from data.fouten import Gebruiksfout

ROOT = Path(__file__).parents[2]


def test_every_package_of_the_lock_has_a_licence_that_goes_with_ours():
    found = packages.packages()
    lock = (ROOT / "requirements.lock").read_text()
    pinned = re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==", lock, re.MULTILINE)
    assert sorted(one.naam for one in found) == sorted(name.replace("_", "-").replace(".", "-") for name in pinned)
    assert {one.naam: one.licentie for one in found if not one.past} == {}
    assert sum(len(one.hashes) for one in found) == len(re.findall("--hash=sha256:", lock))


@pytest.mark.parametrize(
    ("licence", "fits"),
    [("MIT", True), ("GPL-3.0-only", False), ("AGPL-3.0-only OR MIT", True), ("MIT AND GPL-2.0-only", False),
     ("", False), ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True), ("Proprietary", False)],
)  # fmt: skip
def test_what_goes_with_ours(licence, fits):
    assert packages.Package("x", "1", licence, (), ()).past is fits


def test_the_bill_of_materials_is_whole_and_the_same_every_time(tmp_path):
    target = tmp_path / "sbom.json"
    assert main(["pakketten", "--sbom", str(target), "--werkmap", str(tmp_path)]) == 0
    bill = json.loads(target.read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs)) == len(packages.packages())
    for one in bill["components"]:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" and one["hashes"] and one["licenses"]
    known = {*refs, "inburgeringsmonitor"}
    assert {one["ref"] for one in bill["dependencies"]} == known
    reached, waiting = set(), ["inburgeringsmonitor"]
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    while waiting:
        ref = waiting.pop()
        waiting += [one for one in needs[ref] if one not in reached]
        reached.add(ref)
    assert reached == known  # every package is there for somebody
    assert packages.bill(packages.packages()) == bill


def test_another_version_than_the_lock_says_is_told(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("duckdb==0.0.1 \\\n    --hash=sha256:" + "0" * 64 + "\nnergens-te-vinden==1.0\n")
    with pytest.raises(Gebruiksfout) as told:
        packages.packages(lock)
    assert len(told.value.meldingen) == 2 and "niet 0.0.1" in told.value.meldingen[0]


def test_every_direct_dependency_has_its_reason_in_the_docs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[\[>=<]", text)[0] for text in project["dependencies"]}
    page = (ROOT / "docs" / "onderdelen.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z0-9-]+)` \| ..", page, re.MULTILINE))
    assert told == names
