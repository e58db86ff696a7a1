"""A backup is put back on another computer: the same figures, verdicts and record. It never holds the key."""

import hashlib
import json
import shutil
import zipfile
from datetime import date

import pytest

import contracts
import etl
import metrics
from contracts import record
from dashboard.cli import main
from dashboard.operation import backup
from dashboard.operation.audit import Audit
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("voorbeeld")
FIGURES = ("instroom", "pip_op_tijd", "leerroute_geslaagd", "kosten_per_persoon")


@pytest.fixture
def folder(voorbeeld_werkmap, tmp_path, monkeypatch):
    """A work folder that has been used: a record, an audit log, own agreements, layouts and settings, a report."""
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(voorbeeld_werkmap.parent / "configuratie"))
    target = tmp_path / "werk"
    shutil.copytree(voorbeeld_werkmap, target, ignore=shutil.ignore_patterns("audit", "logboek*"))
    book = record.Record(target)
    talk = record.Gesprek(datum=date(2024, 7, 10), aanwezigen=("contractmanager",), verslag="Besproken.")
    book.write("danner-b1", talk, wie="A")
    book.close()
    Audit(target).write("export", "p", cijfer="pip_op_tijd")
    for name, text in {
        "afspraken/a.yaml": "x", "indelingen/b.yaml": "y", "signalen/c.yaml": "z", "instellingen.yaml": "log: {}",
        "rapporten/abc/cijfers.xlsx": "report", "knelpunten.jsonl": "{}", "fout.log": "passing",
        "levering.csv": "bsn;", ".slot": "", "cache/.half": "",
    }.items():  # fmt: skip
        (target / name).parent.mkdir(exist_ok=True, parents=True)
        (target / name).write_text(text)
    return target


def _figures(werkmap):
    snapshot = etl.Store(werkmap).current()
    found = [one for id in FIGURES if id in metrics.catalogue()
             for one in metrics.compute(id, snapshot, voor=metrics.ALLES, per=("gemeente",))]  # fmt: skip
    verdicts = contracts.assess(contracts.read_agreements(), snapshot, voor=metrics.ALLES)
    return [repr(one.rijen) for one in found], [repr(one) for one in verdicts]


def test_a_backup_put_back_gives_the_same_figures_verdicts_and_record(folder, tmp_path, capsys):
    file, other = tmp_path / "kopie.zip", tmp_path / "elders" / "werk"
    assert main(["reservekopie", "--uit", str(file), "--werkmap", str(folder)]) == 1  # something was left out, told
    told = capsys.readouterr().err
    assert "levering.csv: een levering hoort niet in de werkmap" in told and "De sleutel" in told
    assert main(["herstel", str(file), "--werkmap", str(other)]) == 0
    figures, verdicts = _figures(other)
    assert len(figures) >= 3 and len(verdicts) > 10 and (figures, verdicts) == _figures(folder)
    kept = {str(path.relative_to(other)) for path in other.rglob("*") if path.is_file()}
    for name in ("afspraken/a.yaml", "indelingen/b.yaml", "signalen/c.yaml", "instellingen.yaml", "knelpunten.jsonl",
                 "rapporten/abc/cijfers.xlsx", "huidig", "logboek.sqlite"):  # fmt: skip
        assert name in kept
    assert not kept & {"fout.log", "levering.csv", ".slot", "cache/.half"}
    book = record.Record(other)
    assert [one.inhoud.verslag for one in book.entries()] == ["Besproken."] and book.verify() == []
    book.close()
    assert Audit(other).check().fouten == []
    assert [one["gebeurtenis"] for one in Audit(other).entries()][-2:] == ["export", "herstel"]
    store = etl.Store(other)
    assert store.intact(store.current_id())
    assert [one.gemaakt for one in store.snapshots()] == [one.gemaakt for one in etl.Store(folder).snapshots()]


def test_loading_goes_on_after_a_restore(folder, tmp_path, voorbeeld_werkmap):
    file, other = tmp_path / "kopie.zip", tmp_path / "werk2"
    backup.make(folder, file, cache=True)
    backup.restore(file, other)
    terms = contracts.read_agreements().terms()
    loaded = etl.load([voorbeeld_werkmap.parent / "leveringen"], store=etl.Store(other), contracts=terms)
    assert loaded.momentopname == etl.Store(folder).current_id()


@pytest.mark.parametrize("form", ["hex", "HEX", "bytes", "old", "secret"])
def test_a_backup_refuses_to_hold_a_key_or_a_secret(folder, tmp_path, monkeypatch, form):
    key = etl.key_file().read_text().strip()
    if form == "secret":
        monkeypatch.setenv("INBURGERING_INLOGGEN_CLIENT_SECRET", "geheim-van-de-inlogdienst-123")
    if form == "old":
        monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "leeg"))
        (tmp_path / "leeg").mkdir()
        (tmp_path / "leeg" / "sleutel.oud-abc").write_text(key)
    content = {
        "hex": key.encode(), "HEX": key.upper().encode(), "bytes": bytes.fromhex(key), "old": key.encode(),
        "secret": b"geheim-van-de-inlogdienst-123",
    }[form]  # fmt: skip
    (folder / "notitie.txt").write_bytes(b"x" * (backup._BLOCK - 10) + content)  # over the border of two blocks
    with pytest.raises(Gebruiksfout, match="sleutel of geheim") as told:
        backup.make(folder, tmp_path / "kopie.zip")
    assert key not in str(told.value)
    assert list(tmp_path.glob("*kopie*")) == []


def test_a_backup_never_lies_in_the_work_folder_and_is_for_its_owner_only(folder, tmp_path):
    with pytest.raises(Gebruiksfout, match="buiten de werkmap"):
        backup.make(folder, folder / "kopie.zip")
    backup.make(folder, tmp_path / "kopie.zip")
    assert (tmp_path / "kopie.zip").stat().st_mode & 0o777 == 0o600


def test_a_damaged_momentopname_is_left_out_and_told(folder, tmp_path):
    id = etl.Store(folder).current_id()
    path = etl.Store(folder).path_of(id)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    made = backup.make(folder, tmp_path / "kopie.zip")
    assert f"de momentopname {id}: die is beschadigd" in made.weggelaten


def test_a_work_folder_that_is_there_is_set_aside_and_never_lost(folder, tmp_path):
    backup.make(folder, tmp_path / "kopie.zip")
    (folder / "afspraken" / "nieuw.yaml").write_text("later")
    with pytest.raises(Gebruiksfout, match="--vervang"):
        backup.restore(tmp_path / "kopie.zip", folder)
    facts = backup.restore(tmp_path / "kopie.zip", folder, replace=True)
    assert not (folder / "afspraken" / "nieuw.yaml").exists()
    [aside] = tmp_path.glob("werk.voor-herstel-*")
    assert facts["opzij"] == str(aside) and (aside / "afspraken" / "nieuw.yaml").read_text() == "later"


def _changed(file, change):
    """The same backup with something changed in its list or in a file."""
    with zipfile.ZipFile(file) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    facts = json.loads(found.pop(backup.LIST))
    change(facts, found)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
        archive.writestr(backup.LIST, json.dumps(facts))


def _outside(facts, found):
    found["../buiten.txt"] = b"x"
    facts["bestanden"]["../buiten.txt"] = {"grootte": 1, "sha256": hashlib.sha256(b"x").hexdigest(), "tijd": 0}


@pytest.mark.parametrize(
    "change",
    [
        _outside,
        lambda facts, found: found.update(huidig=b"abcdefghijkl\n"),
        lambda facts, found: found.pop("huidig"),
        lambda facts, found: facts.pop("bestanden"),
        lambda facts, found: facts.update(vorm=99),
        lambda facts, found: found.update({"extra.yaml": b"x"}),
    ],
)
def test_a_backup_that_was_changed_is_refused_and_changes_nothing(folder, tmp_path, change):
    file, other = tmp_path / "kopie.zip", tmp_path / "elders" / "werk"
    backup.make(folder, file)
    _changed(file, change)
    with pytest.raises(Gebruiksfout):
        backup.restore(file, other)
    assert list((tmp_path / "elders").iterdir()) == [] and not (tmp_path / "buiten.txt").exists()


def test_what_is_no_backup_gets_a_sentence(folder, tmp_path, capsys):
    backup.make(folder, tmp_path / "kopie.zip")
    whole = (tmp_path / "kopie.zip").read_bytes()
    middle = len(whole) // 2
    for number, content in enumerate(
        (b"", b"hallo", whole[:middle], whole[:middle] + b"\0" * 50 + whole[middle + 50 :])
    ):
        file = tmp_path / f"k{number}.zip"
        file.write_bytes(content)
        assert main(["herstel", str(file), "--werkmap", str(tmp_path / f"w{number}")]) == 2
        assert "Traceback" not in (said := capsys.readouterr().err) and "beschadigd" in said
        assert not (tmp_path / f"w{number}").exists()


def test_another_key_is_told(folder, tmp_path, monkeypatch, capsys):
    backup.make(folder, tmp_path / "kopie.zip")
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "nieuw"))
    assert main(["herstel", str(tmp_path / "kopie.zip"), "--werkmap", str(tmp_path / "w")]) == 1
    assert "hoort bij de sleutel" in capsys.readouterr().err
    assert any((tmp_path / "w").iterdir())
