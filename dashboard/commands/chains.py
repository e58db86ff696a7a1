"""`logboek controleer`: whether the record and the audit log are as they were written. `logboek gebeurtenissen`."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any

from dashboard.commands import common
from data.fouten import Gebruiksfout


def register(book: Any, sub: Callable[..., argparse.ArgumentParser]) -> None:
    """Add controleer and gebeurtenissen to the group `logboek`."""
    verify = sub(book, "controleer", "Nagaan of er niets is veranderd, ook in het auditlogboek", run_verify)
    verify.add_argument("--stempel", metavar="S", help="een stempel van het auditlogboek die u eerder hebt genoteerd")
    events = sub(book, "gebeurtenissen", "Het auditlogboek: wie logde in, laadde, nam mee of legde vast", run_events)
    events.add_argument("--gebeurtenis", metavar="G", help="alleen deze, bijvoorbeeld: export")


def run_verify(arguments: argparse.Namespace) -> int:
    """Follow both chains of hashes: of the record, and of the audit log."""
    from contracts import record
    from dashboard.operation.audit import Audit, stamp_of

    broken = record.Record(arguments.werkmap).verify()
    found = Audit(arguments.werkmap).check(arguments.stempel)
    fine = not broken and not found.fouten
    if arguments.formaat == "json":
        audit = {"regels": found.regels, "stempel": stamp_of(found.stempel), "fouten": found.fouten}
        common.print_json({"in_orde": fine, "regels": broken, "audit": audit})
        return 0 if fine else 1
    if broken:
        common.say(f"Het logboek is buiten het programma om veranderd, bij regel {', '.join(map(str, broken))}.")
    else:
        common.say("Het logboek is in orde: elke regel volgt op de vorige.")
    for told in (*found.fouten, *found.opmerkingen):
        common.say(f"Auditlogboek: {told}")
    if not found.fouten:
        stamp = f" Noteer de stempel: {stamp_of(found.stempel)}" if found.regels else ""
        common.say(f"Het auditlogboek is in orde: {found.regels} regels.{stamp}")
    return 0 if fine else 1


def run_events(arguments: argparse.Namespace) -> int:
    """Show the audit log, the newest last."""
    from dashboard.operation.audit import EVENTS, Audit

    wanted = arguments.gebeurtenis
    if wanted is not None and wanted not in EVENTS:
        raise Gebruiksfout(f"De gebeurtenis '{wanted}' kennen wij niet. Kies uit: {', '.join(sorted(EVENTS))}.")
    found = [one for one in Audit(arguments.werkmap).entries() if wanted in (None, one["gebeurtenis"])]
    if arguments.formaat == "json":
        common.print_json(found)
        return 0
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Nr", "Wanneer", "Wie", "Gebeurtenis", "Feiten", box=box.SIMPLE_HEAD, title="Auditlogboek")
    for one in found:
        moment = datetime.fromisoformat(one["moment"]).astimezone()
        facts = ", ".join(f"{name} {value}" for name, value in one["feiten"].items())
        cells = (str(one["nummer"]), f"{moment:%d-%m-%Y %H:%M}", one["wie"], one["gebeurtenis"], facts)
        table.add_row(*map(Text, cells))
    Console().print(table)
    return 0
