"""Supplier and municipality beside each other: hand-made cases, a slow second way, and reports late or missing."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

import etl
from tests.etl.conftest import ONE, TERMS, THREE, TWO, fictional, people, report_book

HEAD = ["bsn", "leerroute of onderdeel", "start", "einde", "reden einde", "niveau"]
ROUTES = "bsn;leerroute;contract;start;einde;reden_einde\n"
PARTS = "bsn;onderdeel;contract;start;einde;resultaat\n"


def _found(rows, kwartaal):
    return rows(
        f"SELECT soort, onderdeel FROM bevindingen WHERE kwartaal = '{kwartaal}' AND persoon IS NOT NULL ORDER BY ALL"
    )


def _load(folder, load, bsns, routes, reported, parts=()):
    (folder / "personen.csv").write_text(people(*bsns))
    (folder / "leerroutes.csv").write_text(ROUTES + "".join(";".join(line) + "\n" for line in routes))
    (folder / "onderdelen.csv").write_text(PARTS + "".join(";".join(line) + "\n" for line in parts))
    sheets = {"Deelnemers": [HEAD, *reported]}
    report_book(folder / "rapportage_danner-b1_2024-K2.xlsx", "danner-b1", "2024-K2", "2024-07-10", sheets)
    return load()


CASES = (
    (("2024-04-02", "", ""), ("2024-04-02", "", ""), []),
    # ended in the quarter before: neither side has to list it, the supplier may
    (("2024-01-02", "2024-03-31", "uitval"), None, []),
    (("2024-01-02", "2024-03-31", "uitval"), ("2024-01-02", "2024-03-31", "uitval"), []),
    (("2024-01-02", "2024-03-31", "uitval"), ("2024-01-02", "", ""), ["ander einde"]),
    (("2024-01-02", "2024-04-01", "uitval"), None, ["alleen bij gemeente"]),
    # what ends after the quarter has not ended yet, for both
    (("2024-04-02", "2024-07-01", "uitval"), ("2024-04-02", "2024-08-01", "afgerond"), []),
    (("2024-07-01", "", ""), None, []),
    (("2024-07-01", "", ""), ("2024-07-01", "", ""), []),
    (("2024-04-02", "", ""), ("2024-04-09", "2024-06-30", "uitval"), ["ander einde", "andere start"]),
    (("2024-04-02", "2024-06-01", "uitval"), ("2024-04-02", "2024-06-01", "overstap"), ["andere reden"]),
    # an old spell is not the supplier's new one
    (("2022-04-02", "2022-06-01", "uitval"), ("2024-04-02", "", ""), ["alleen bij aanbieder"]),
)


def test_one_spell_beside_one_row(folder, load, rows):
    bsns = [fictional(60 + number) for number in range(len(CASES))]
    routes = [(bsn, "B1", "danner-b1", *ours) for bsn, (ours, _, _) in zip(bsns, CASES, strict=True)]
    reported = [[bsn, "b", *theirs, ""] for bsn, (_, theirs, _) in zip(bsns, CASES, strict=True) if theirs]
    _load(folder, load, bsns, routes, reported)
    found = rows(
        "SELECT l.rij, b.soort FROM bevindingen AS b JOIN leerroutes AS l USING (persoon) "
        "WHERE b.kwartaal = '2024-K2' ORDER BY ALL"
    )
    assert found == [(number, kind) for number, (_, _, kinds) in enumerate(CASES, start=2) for kind in kinds]


def test_parts_compare_whether_they_were_finished(folder, load, rows):
    parts = [(bsn, "PVT", "danner-b1", "2024-04-02", "2024-05-01", result)
             for bsn, result in ((ONE, "afgerond"), (TWO, "niet afgerond"), (THREE, "afgerond"))]  # fmt: skip
    reported = [[bsn, "pvt", "2024-04-02", "2024-05-01", reason, ""]
                for bsn, reason in ((ONE, "afgerond"), (TWO, "uitval"), (THREE, "niet afgerond"))]  # fmt: skip
    found = _load(folder, load, [ONE, TWO, THREE], [], reported, parts=parts)
    assert _found(rows, "2024-K2") == [("andere reden", "PVT")]
    assert rows(
        "SELECT persoon IS NOT NULL, levering IS NOT NULL, rij FROM bevindingen WHERE soort = 'andere reden'"
    ) == [(True, True, 4)]
    assert found["rapportage_danner-b1_2024-K2.xlsx"].geladen == 3


def _line(row):
    return [row["bsn"], row["leerroute"], str(row["start"]), str(row["einde"] or ""), row["reden_einde"] or "", ""]


def _slow(routes, reported, last):
    """Counts per kind, by loops: pair equal starts, then what runs in the quarter in order of start."""
    first = date(last.year, last.month - 2, 1)
    counts: Counter[str] = Counter()

    def runs(row):
        return row["start"] <= last and (row["einde"] is None or row["einde"] >= first)

    def ended(row):
        return row["einde"] is not None and row["einde"] <= last

    sides: dict = defaultdict(lambda: ([], []))
    for side, rows in enumerate((routes, reported)):
        for row in rows:
            sides[row["bsn"], row["leerroute"]][side].append(row)
    for ours, theirs in sides.values():
        pairs = [(one, other) for one in ours for other in theirs if one["start"] == other["start"]]
        left = sorted((one for one in ours if runs(one) and all(one is not pair[0] for pair in pairs)),
                      key=lambda row: row["start"])  # fmt: skip
        right = sorted(
            (one for one in theirs if all(one is not pair[1] for pair in pairs)), key=lambda row: row["start"]
        )
        running = [one for one in right if runs(one)]
        pairs += list(zip(left, running, strict=False))
        counts["alleen bij gemeente"] += max(0, len(left) - len(running))
        counts["alleen bij aanbieder"] += len(right) - min(len(left), len(running))
        for one, other in pairs:
            counts["andere start"] += one["start"] != other["start"]
            counts["ander einde"] += (one["einde"] if ended(one) else None) != (
                other["einde"] if ended(other) else None
            )
            counts["andere reden"] += ended(one) and ended(other) and one["reden_einde"] != other["reden_einde"]
    return {kind: count for kind, count in counts.items() if count}


@pytest.mark.parametrize("seed", range(3))
def test_counts_equal_those_of_plain_loops(seed, folder, load, rows):
    rng = random.Random(seed)
    bsns = [fictional(number) for number in range(40, 64)]
    quarters = {"2024-K1": date(2024, 3, 31), "2024-K2": date(2024, 6, 30)}

    def spell(bsn, route):
        start = date(2023, 12, 1) + timedelta(days=7 * rng.randrange(32))
        einde = start + timedelta(days=rng.choice([0, 20, 60, 120])) if rng.random() < 0.6 else None
        reason = rng.choice(["afgerond", "uitval"]) if einde else None
        return {"bsn": bsn, "leerroute": route, "start": start, "einde": einde, "reden_einde": reason}

    ours = {
        (one["bsn"], one["start"]): one for bsn in bsns for _ in range(3) for one in [spell(bsn, rng.choice("ZZB"))]
    }
    routes = list(ours.values())
    for row in routes:
        row["leerroute"] = {"Z": "Z", "B": "B1"}[row["leerroute"]]
    (folder / "personen.csv").write_text(people(*bsns))
    text = [
        f"{r['bsn']};{r['leerroute']};danner-b1;{r['start']};{r['einde'] or ''};{r['reden_einde'] or ''}\n"
        for r in routes
    ]
    (folder / "leerroutes.csv").write_text(ROUTES + "".join(text))
    expected: dict[str, dict[str, int]] = {}
    for quarter, last in quarters.items():
        mine = {}
        for row in rng.sample(routes, k=len(routes) * 3 // 4):
            other = dict(row)
            if rng.random() < 0.3:
                other["start"] += timedelta(days=rng.choice([7, 14]))
            if rng.random() < 0.3:
                other["einde"], other["reden_einde"] = rng.choice(
                    [(None, None), (other["start"] + timedelta(30), "uitval")]
                )
            if other["einde"] is None or other["einde"] >= other["start"]:
                mine[other["bsn"], other["leerroute"], other["start"]] = other
        reported = list(mine.values())
        expected[quarter] = _slow(routes, reported, last)
        report_book(
            folder / f"rapportage_danner-b1_{quarter}.xlsx",
            "danner-b1",
            quarter,
            "2024-07-10",
            {"Deelnemers": [HEAD, *map(_line, reported)]},
        )
    load()
    for quarter in quarters:
        got = Counter(kind for kind, _ in _found(rows, quarter))
        assert got == expected[quarter], quarter
    assert sum(len(one) for one in expected.values()) >= 6


def _missing(folder, tmp_path, terms):
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=terms)
    return {name: kinds.get("rapportage ontbreekt", 0) for name, kinds in report.per_contract.items()}


def test_who_never_reports_is_told_but_not_a_contract_in_tender(folder, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    tender = etl.ContractTerm("mbo", date(2024, 1, 1), date(2024, 12, 31), "kwartaal", 28, rapporteert=False)
    assert _missing(folder, tmp_path, [*TERMS, tender]) == {}  # nobody reports yet: there is nothing to miss
    report_book(folder / "rapportage_danner-b1_2024-K1.xlsx", "danner-b1", "2024-K1", "2024-08-01", {})
    # on 1 August the terms of K1 (28 April) and K2 (28 July) are over
    assert _missing(folder, tmp_path, [*TERMS, tender]) == {"danner-b1": 1, "Danner-Z": 2}
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=[*TERMS, tender])
    assert report.per_contract["danner-b1"] == {"rapportage ontbreekt": 1, "rapportage te laat": 1}
    assert report.to_json()["bevindingen_per_contract"]["Danner-Z"] == {"rapportage ontbreekt": 2}
    assert report.bevindingen == {"rapportage ontbreekt": 3, "rapportage te laat": 1}


def test_an_end_planned_far_away_makes_no_report_late(folder, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "leerroutes.csv").write_text(ROUTES + f"{ONE};B1;danner-b1;2024-02-01;2030-01-01;afgerond\n")
    report_book(folder / "rapportage_danner-b1_2024-K1.xlsx", "danner-b1", "2024-K1", "2024-04-10", {})
    assert _missing(folder, tmp_path, TERMS[:1]) == {}


def test_a_suppliers_own_check_tells_only_what_it_can_know(folder):
    path = folder / "rapportage_danner-b1_2024-K1.xlsx"
    report_book(
        path, "danner-b1", "2024-K1", "2024-06-10", {"Deelnemers": [HEAD, [ONE, "B1", "2024-01-05", "", "", ""]]}
    )
    assert etl.check_files([path], contracts=TERMS).bevindingen == {"rapportage te laat": 1}
    (folder / "leerroutes.csv").write_text(ROUTES + f"{TWO};B1;danner-b1;2024-02-01;;\n")
    both = etl.check_files([path, folder / "leerroutes.csv"], contracts=TERMS)
    assert both.bevindingen == {"alleen bij aanbieder": 1, "alleen bij gemeente": 1, "rapportage te laat": 1}
