"""A few entries for the example, so that its pages show what a record is. Each text begins with VOORBEELD."""

from datetime import date

from contracts.record.entries import Actie, Gesprek, Sluiting
from contracts.record.store import Record

MARK = "VOORBEELD"
_WHO = f"{MARK} (verzonnen)"


def write_example(record: Record) -> int:
    """Write the entries when the record is still empty; gives how many were written."""
    if record.entries():
        return 0
    present = ("contractmanager", "beleidsadviseur", "aanbieder")
    talk = record.write(
        "danner-b1",
        Gesprek(datum=date(2025, 8, 28), aanwezigen=present, verslag=f"{MARK}: de aanwezigheid daalt sinds mei."),
        wie=_WHO,
        kwartaal="2025-K2",
    )
    done = record.write(
        "danner-b1",
        Actie(wat=f"{MARK}: vervanging regelen voor twee docenten", eigenaar="aanbieder", voor=date(2025, 10, 1)),
        wie=_WHO,
        verwijst=talk.nummer,
    )
    record.write(
        "danner-b1",
        Actie(wat=f"{MARK}: verbeterplan aanwezigheid sturen", eigenaar="aanbieder", voor=date(2025, 12, 15)),
        wie=_WHO,
        verwijst=talk.nummer,
    )
    record.write(
        "danner-b1",
        Sluiting(datum=date(2025, 9, 25), resultaat=f"{MARK}: er is één docent bij."),
        wie=_WHO,
        verwijst=done.nummer,
    )
    other = record.write(
        "hva-onderwijs",
        Gesprek(datum=date(2025, 11, 20), aanwezigen=present[::2], verslag=f"{MARK}: over wachttijd en docenten."),
        wie=_WHO,
        kwartaal="2025-K3",
    )
    record.write(
        "hva-onderwijs",
        Actie(wat=f"{MARK}: lijst van bevoegde docenten sturen", eigenaar="aanbieder", voor=date(2026, 1, 31)),
        wie=_WHO,
        verwijst=other.nummer,
    )
    return len(record.entries())
