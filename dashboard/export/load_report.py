"""The load report for the person at the terminal: one line per file, then what to look at."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.wording.format import number

_SHOWN = 5  # refused rows shown per file; the rest is in the dashboard and in the marked copies


def print_load_report(report: Any, console: Console | None = None) -> None:
    """Print the report on stdout; what was refused and why in the words of the check, never a value."""
    out = console or Console()
    table = Table(title="Wat er met elk bestand is gebeurd", title_justify="left")
    for heading, justify in (("Bestand", "left"), ("Soort", "left"), ("Gelezen", "right"), ("Geladen", "right"),
                             ("Identiek", "right"), ("Vervangen", "right"), ("Geweigerd", "right")):  # fmt: skip
        table.add_column(heading, justify=justify)  # pyright: ignore[reportArgumentType]
    for file in report.bestanden:
        if file.status == "geweigerd":
            table.add_row(
                Text(file.bestand), Text(file.soort or "-"), "-", "-", "-", "-", "heel het bestand", style="red"
            )
            continue
        counts = (file.gelezen, file.geladen, file.identiek, file.vervangen, file.geweigerd)
        style = "yellow" if file.geweigerd else ""
        table.add_row(Text(file.bestand), Text(file.soort or "-"), *(number(count) for count in counts), style=style)
    out.print(table)
    for file in report.bestanden:
        _details(out, file)
    _findings(out, report)
    if report.momentopname and not report.nieuw:
        out.print(Text(f"Dit was al geladen; er is niets veranderd. Momentopname: {report.momentopname}"))
    elif report.momentopname:
        out.print(Text(f"Momentopname: {report.momentopname}"))


def _findings(out: Console, report: Any) -> None:
    """How often each kind was found, per contract and in all."""
    if not report.bevindingen:
        return
    table = Table(title="Verschillen en bevindingen per contract", title_justify="left")
    table.add_column("Contract")
    table.add_column("Bevinding")
    table.add_column("Aantal", justify="right")
    for contract, kinds in report.per_contract.items():
        for place, (kind, count) in enumerate(kinds.items()):
            table.add_row(Text(contract if place == 0 else ""), kind, number(count))
    loose = {
        kind: count - sum(kinds.get(kind, 0) for kinds in report.per_contract.values())
        for kind, count in report.bevindingen.items()
    }
    for kind, count in loose.items():
        if count:
            table.add_row("-", kind, number(count))
    table.add_section()
    for kind, count in report.bevindingen.items():
        table.add_row("samen", kind, number(count))
    out.print(table)


def _details(out: Console, file: Any) -> None:
    if file.status == "geweigerd":
        out.print(Text(f"\n{file.bestand}: {file.reden}. {file.melding}"))
        return
    if file.kolommen_onbekend:
        out.print(Text(f"\n{file.bestand}: niet gebruikt: {', '.join(file.kolommen_onbekend)}"))
    for refusal in file.weigeringen[:_SHOWN]:
        sheet = f"blad {refusal.blad}, " if refusal.blad else ""
        out.print(Text(f"{file.bestand}, {sheet}rij {refusal.rij}: {refusal.code}. {refusal.melding}"))
    if (rest := len(file.weigeringen) - _SHOWN) > 0:
        out.print(Text(f"{file.bestand}: en nog {number(rest)} rijen; zie de gemerkte kopie"))
