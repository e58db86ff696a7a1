"""What the guard let through is kept in a file: the same bytes come of it, and a touched file is not believed."""

import hashlib
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import contracts
import etl
import metrics
from dashboard import report
from dashboard.report import kept, publication
from metrics import insight

pytestmark = pytest.mark.xdist_group("publicatie")
ORDER = report.Order("evaluatie", chapters=("signalen",)).checked()


@pytest.fixture
def own(werkmap, tmp_path):
    """A work folder of one's own, with the same momentopname."""
    shutil.copytree(werkmap, tmp_path / "werk", ignore=shutil.ignore_patterns("publicaties"))
    return etl.Store(tmp_path / "werk")


@pytest.fixture
def asked(monkeypatch):
    """How often the guard was asked for a whole publication."""
    count, real = [], publication._publish
    monkeypatch.setattr(publication, "_publish", lambda *given, **more: count.append(1) or real(*given, **more))
    return count


def _made(store, *, order=ORDER, voor=metrics.ALLES, anew=False):
    sources = report.Sources(declarations=insight.read_signals())
    return report.build(order, store.current(), contracts.read_agreements(), voor, sources, anew=anew)


def _files(store):
    return sorted((store.cache / "publicaties").iterdir())


def test_a_report_from_the_file_is_the_same_to_the_byte_and_asks_the_guard_nothing(own, asked):
    cold = _made(own)
    [file] = _files(own)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    warm = _made(own)
    assert asked == [1]
    assert warm.files == cold.files
    assert warm.content == cold.content
    assert [one.rijen for one in warm.publication.everything] == [one.rijen for one in cold.publication.everything]
    assert "verborgen" in file.read_text(encoding="utf-8")
    assert _made(own, anew=True).files == cold.files
    assert asked == [1, 1]
    # only what may be published lies in it: its numbers are those of the publication, and nothing stands behind them
    plain = json.loads(file.read_text(encoding="utf-8").partition("\n")[2])
    assert [metrics.from_plain(one[1]).to_json() for one in plain["antwoorden"]] == [
        one.to_json() for one in cold.publication.all
    ]
    assert all(one.achter == () for one in warm.publication.everything)

    _damaged(file, own, asked, cold)


def _damaged(file: Path, own, asked, cold):
    whole = file.read_bytes()
    head, _, body = whole.partition(b"\n")
    other = body.replace(b'"antwoorden"', b'"antwoord"')
    facts = {**json.loads(head), "sha256": hashlib.sha256(other).hexdigest()}
    broken = {
        "a digit": whole.replace(b'"aantal":1', b'"aantal":2', 1),
        "cut off": whole[:-100],
        "empty": b"",
        "no text": b"\xff\xfe\n\x00",
        "another name": json.dumps({**json.loads(head), "naam": "x.json"}).encode() + b"\n" + body,
        "whole, but of another form": json.dumps(facts).encode() + b"\n" + other,
    }
    for name, content in broken.items():
        assert content != whole, name
        file.write_bytes(content)
        before = len(asked)
        if name in ("a digit", "whole, but of another form"):  # made again; the others are refused in the same place
            assert _made(own).files == cold.files, name
            assert len(asked) == before + 1, name
            assert file.read_bytes() == whole, name
        else:
            assert kept.read(file) is None, name
    file.unlink()
    file.symlink_to(own.werkmap / "huidig")
    assert kept.read(file) is None


def test_what_a_file_depends_on_is_in_its_name(own, monkeypatch):
    snapshot = own.current()
    day = date(2025, 6, 30)
    name = kept.file_for(snapshot, metrics.ALLES, [day])
    assert name.name.startswith(f"{snapshot.id}-")
    mine = metrics.Bevoegdheid(frozenset({"0397"}))
    others = [kept.file_for(snapshot, mine, [day]), kept.file_for(snapshot, metrics.ALLES, [date(2025, 7, 1)])]
    for target, value in (("metrics.THRESHOLD", 10), ("data.VERSIE", "9.9")):
        with monkeypatch.context() as patch:
            patch.setattr(target, value)
            others.append(kept.file_for(snapshot, metrics.ALLES, [day]))
    with snapshot.path.open("ab") as handle:
        handle.write(b"\0")
    others.append(kept.file_for(snapshot, metrics.ALLES, [day]))
    assert len({name, *others}) == 6
    assert kept.file_for(etl.Snapshot("x", own.werkmap / "x.duckdb"), metrics.ALLES, []) is None


def test_eight_are_kept_and_they_go_with_their_momentopname(own):
    snapshot = own.current()
    for number in range(10):
        kept.write(kept.file_for(snapshot, metrics.ALLES, [number]), {"nummer": number})
    assert len(_files(own)) == 8
    assert kept.read(kept.file_for(snapshot, metrics.ALLES, [0])) is None
    assert kept.read(kept.file_for(snapshot, metrics.ALLES, [9])) == {"nummer": 9}
    stray = snapshot.publications / "aaaaaaaaaaaa-1.json"
    stray.write_bytes(b"{}")
    assert stray in own.unused_cache()
    assert not set(_files(own)) - {stray} & set(own.unused_cache())
    own.remove(snapshot.id)
    assert _files(own) == [stray]


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(own):
    (own.cache / "publicaties").write_text("a file where the folder would be")
    kept.write(own.current().publications / "x-1.json", {})
    assert kept.read(own.current().publications / "x-1.json") is None


def test_plain_data_gives_back_what_it_was_given():
    given = [None, True, 3, 0.1 + 0.2, 1e-300, "verborgen", date(2024, 2, 29), ("0397", 2), {"jaar": metrics.VERBORGEN}]
    again = metrics.from_plain(json.loads(json.dumps(metrics.to_plain(given))))
    assert again == given
    assert [type(one) for one in again] == [type(one) for one in given]
    assert again[-1]["jaar"] is metrics.VERBORGEN
    assert again[5] is not metrics.VERBORGEN
    for unknown in (datetime(2024, 1, 1, tzinfo=UTC), {1: 2}, {"·": 1}, b"", object()):
        with pytest.raises(TypeError):
            metrics.to_plain(unknown)
    with pytest.raises(ValueError, match="not known"):
        metrics.from_plain({"·": "iets", "in": []})
