"""The audit log: what is changed, taken out or added is seen, and nothing of people is in it."""

import json
import subprocess
import sys
from datetime import date

import pytest

from dashboard.operation import audit, clean, logs
from dashboard.operation.audit import Audit, stamp_of
from data import instellingen
from data.fouten import Gebruiksfout

BSN = "999900110"  # passes the elfproef, from a series that was never given out
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl"


@pytest.fixture
def book(tmp_path):
    """An audit log with five lines."""
    log = Audit(tmp_path)
    for number in range(5):
        log.write("export", f"p{number}", cijfer="pip_op_tijd", nummer=number)
    return log


@pytest.fixture
def chosen(tmp_path):
    """The work folder of this process, for the length of a test."""
    before = instellingen.gekozen()
    instellingen.kies(tmp_path)
    yield tmp_path
    instellingen.kies(before)


def _lines(log):
    return log.files()[0].read_text(encoding="utf-8").splitlines(keepends=True)


def _write(log, lines):
    log.files()[0].write_text("".join(lines), encoding="utf-8")


def test_a_whole_log_is_in_order(book):
    found = book.check()
    assert (found.regels, found.fouten, found.opmerkingen) == (5, [], [])
    assert [one["nummer"] for one in book.entries()] == [1, 2, 3, 4, 5]
    assert book.folder.stat().st_mode & 0o777 == 0o700
    assert book.files()[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: [*lines[:2], lines[2].replace("p2", "px"), *lines[3:]], "regel 3 is veranderd"),
        (lambda lines: [*lines[:2], *lines[3:]], "regel 3 volgt niet"),
        (lambda lines: [*lines[:2], lines[2], lines[2], *lines[3:]], "regel 4 volgt niet"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "regel 2 volgt niet"),
        (lambda lines: lines[:4], "Het einde ontbreekt: er zijn 5 regels geschreven, de laatste is nummer 4"),
        (lambda lines: lines[1:], "Het begin ontbreekt"),
        (lambda lines: [*lines[:2], "weg\n", *lines[3:]], "regel 3 is niet heel"),
        (lambda lines: [*lines[:2], lines[2][:40] + "\n", *lines[3:]], "regel 4 volgt niet"),
    ],
)
def test_what_was_changed_is_seen(book, change, told):
    _write(book, change(_lines(book)))
    assert told in " ".join(book.check().fouten)


def test_a_chain_that_was_made_anew_is_seen_by_a_stamp_noted_before(book, tmp_path):
    noted = book.check().stempel[:16]
    for path in (*book.files(), book.folder / ".stand"):
        path.unlink()
    for number in range(5):
        book.write("export", f"iemand{number}")
    assert book.check().fouten == []
    assert "in zijn geheel vervangen" in book.check(noted).fouten[0]


def test_a_line_cut_off_by_a_power_failure_is_told_and_breaks_nothing(book):
    whole = _lines(book)
    _write(book, [*whole[:4], whole[4][:50]])  # the fifth was being written and was never told to be there
    (book.folder / ".stand").write_text("4\n")
    book.write("export", "later")
    found = book.check()
    assert found.fouten == [] and "niet heel opgeschreven" in found.opmerkingen[0]
    assert [(one["nummer"], one["wie"]) for one in book.entries()][-1] == (5, "later")


def test_a_clock_that_jumps_back_leaves_the_order(book, monkeypatch):
    later = book.folder / "2031-01.jsonl"
    book.files()[0].rename(later)  # the clock stood in 2031 for a while
    book.write("export", "terug")
    assert book.files() == [later]
    assert book.check().fouten == [] and book.check().regels == 6


def test_months_past_their_term_go_and_the_log_says_so(book):
    old = book.files()[0].rename(book.folder / "2020-01.jsonl")
    assert book.too_old(date(2026, 1, 1)) == []  # never the newest, whatever its age
    book.write("export", "nu")
    assert book.too_old(date(2020, 1, 31)) == [] and book.too_old(date(2020, 2, 1)) == [old]
    book.remove([old], "beheer")
    assert not old.exists()
    assert book.check().fouten == []
    assert [one["feiten"].get("audit_tot") for one in book.entries()] == [None, 5]


def test_no_bsn_no_token_and_no_line_break_gets_in(tmp_path, capsys):
    log = Audit(tmp_path)
    log.write(
        "inloggen_geweigerd", f"jan {BSN}\n{{}}", reden=f"Bearer {JWT}", route=f"/x?code={'a' * 20}&state=abc",
        gemeenten=[f"0397 {BSN[:4]} {BSN[4:]}"], soort="x" * 500, filters={f"cohort {BSN}": JWT}, nummer=3,
        kwartaal=date(2024, 1, 1),
    )  # fmt: skip
    text = log.files()[0].read_text(encoding="utf-8")
    assert len(text.splitlines()) == 1 and len(text) < 1500
    for hidden in (BSN, JWT, JWT[:20], "a" * 20, "state=abc"):
        assert hidden not in text
    [line] = log.entries()
    assert (line["feiten"]["nummer"], line["feiten"]["kwartaal"]) == (3, "2024-01-01")
    assert log.check().fouten == []


def test_several_processes_write_one_chain(tmp_path):
    program = (
        "import sys; from pathlib import Path; from dashboard.operation.audit import Audit\n"
        "for number in range(25): Audit(Path(sys.argv[1])).write('export', sys.argv[2], nummer=number)"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), f"p{n}"]) for n in range(3)]
    assert [one.wait(timeout=120) for one in running] == [0, 0, 0]
    found = Audit(tmp_path).check()
    assert (found.regels, found.fouten, found.opmerkingen) == (75, [], [])
    for n in range(3):
        mine = [one["feiten"]["nummer"] for one in Audit(tmp_path).entries() if one["wie"] == f"p{n}"]
        assert mine == list(range(25))


def test_a_full_disk_refuses_what_gives_data_away_and_leaves_no_half_line(tmp_path):
    """The real thing: a process that may not write files larger than 2,000 bytes gets part of its line written."""
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from data import instellingen; from data.fouten import Gebruiksfout; from dashboard.operation import audit\n"
        "instellingen.kies(Path(sys.argv[1])); done = 0\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try:\n"
        "    for done in range(100): audit('export', 'p', cijfer='pip_op_tijd')\n"
        "except Gebruiksfout as fault: print(done, fault.meldingen)\n"
        "audit('inloggen', 'q')\nprint('verder')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=120, check=True
    )
    done, told = ran.stdout.split(" ", 1)
    assert "gebeurt daarom niet" in told and "schijf" in told and told.rstrip().endswith("verder")
    assert "inloggen" in ran.stderr  # told in the operator's log instead
    found = Audit(tmp_path).check()
    assert (found.regels, found.fouten, found.opmerkingen) == (int(done), [], []) and found.regels > 3


def test_a_log_that_cannot_be_written_stops_an_export_but_no_login(chosen, capsys):
    (chosen / "audit").write_text("a file where the folder should be")
    with pytest.raises(Gebruiksfout, match="gebeurt daarom niet"):
        audit("export", "p", cijfer="pip_op_tijd")
    audit("inloggen", "p")


def test_the_stamp_of_every_line_goes_to_the_operators_log(chosen, capsys):
    import logging

    logs.start(instellingen.Log(vorm="json"))
    try:
        audit("export", "p", cijfer="pip_op_tijd")
    finally:
        logging.getLogger().handlers.clear()
    told = json.loads(capsys.readouterr().err)
    assert Audit(chosen).check(told["stempel"]).fouten == []
    assert told["gebeurtenis"] == "export" and "p" not in told.values()


def test_a_stamp_with_a_number_like_a_bsn_in_it_is_told_whole(chosen):
    digits = f"530c{BSN}aa003bcd69dfdd71"
    in_hyphens = "-".join(digits[place : place + 4] for place in range(0, len(digits), 4))
    assert "verborgen" in clean.clean_fact(digits) and "verborgen" in clean.clean_fact(in_hyphens)
    assert clean.clean_fact(clean.in_fours(digits)).replace(":", "") == digits


def test_a_noted_stamp_is_found_with_and_without_its_colons(chosen):
    audit("export", "p", cijfer="pip_op_tijd")
    book = Audit(chosen)
    noted = book.check().stempel[:16]
    assert book.check(noted).fouten == book.check(stamp_of(noted)).fouten == []
    assert book.check(noted[::-1] + "0").fouten


def test_an_event_that_nobody_knows_is_a_fault_of_ours(chosen):
    with pytest.raises(ValueError, match="unknown event"):
        audit("iets", "p")


def test_without_a_work_folder_nothing_is_made(tmp_path, monkeypatch):
    before = instellingen.gekozen()
    instellingen.kies(tmp_path / "nog niet")
    audit("export", "p")
    instellingen.kies(before)
    assert list(tmp_path.iterdir()) == []
