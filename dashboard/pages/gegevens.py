"""Gegevens: what came in, what was refused and why, what differs, and the momentopnamen."""

from typing import Any

from dash import html

from dashboard import access, wording
from dashboard.components import page_title, plain_table, section
from dashboard.pages.context import Context

_MOST = 200
_REFUSED = ["Bestand", "Blad", "Rij", "Kolom", "Code", "Wat is er mis"]
_FILES = ["Bestand", "Soort", "Gelezen", "Geladen", "Identiek", "Vervangen", "Geweigerd"]


def render(context: Context) -> Any:
    """The state of the deliveries."""
    report = context.desk.deliveries(context.snapshot)
    refused = sum(file.geweigerd for file in report.bestanden)
    whole = [file for file in report.bestanden if file.status == "geweigerd"]
    files = [
        [
            file.bestand, file.soort or "–",
            *(wording.number(getattr(file, name.lower())) for name in _FILES[2:]),
        ]
        for file in sorted(report.bestanden, key=lambda file: (-file.geweigerd, file.bestand))
    ]  # fmt: skip
    rows = [
        [file.bestand, one.blad or "–", str(one.rij), one.kolom or "–", one.code, one.melding]
        for file in report.bestanden
        for one in file.weigeringen
    ]
    findings = context.desk.findings(context.snapshot)
    totals: dict[str, int] = {}
    for _, _, kind, count in findings:
        totals[kind] = totals.get(kind, 0) + count
    kinds = [[kind, wording.number(count)] for kind, count in sorted(totals.items())]
    not_read = html.Ul([html.Li(f"{file.bestand}: {file.melding}") for file in whole])
    return html.Div(
        [
            page_title(
                "Gegevens",
                f"{len(report.bestanden)} bestanden; geweigerd zijn {wording.number(refused)} rijen "
                f"en {len(whole)} bestanden.",
            ),
            section("Geweigerde bestanden", not_read) if whole else None,
            section(
                "Geweigerde rijen",
                plain_table(_REFUSED, rows[:_MOST], left=6, label="Geweigerde rijen")
                if rows else html.P("Er is geen rij geweigerd."),
            ),
            section(
                "Verschillen en bevindingen",
                plain_table(["Soort", "Aantal"], kinds, label="Bevindingen"),
            ),
            section(
                "Alle bestanden",
                plain_table(
                    _FILES, files, left=2, label="Alle bestanden"
                ),
            ),
            section("Momentopnamen", _snapshots(context)) if access.current().mag("beheer") else None,
        ]
    )  # fmt: skip


def _snapshots(context: Context) -> Any:
    rows = [
        [
            info.id,
            f"{info.gemaakt:%d-%m-%Y %H:%M}",
            f"{wording.number(info.grootte / 1e6, 1)} MB",
            "ja" if info.huidig else "",
        ]
        for info in context.desk.snapshots()
    ]
    return html.Div(
        [
            plain_table(["Momentopname", "Gemaakt", "Grootte", "Huidig"], rows, left=2, label="Momentopnamen"),
            html.P("Terug naar een eerdere: inburgering momentopnamen.", className="opmerking"),
        ]
    )
