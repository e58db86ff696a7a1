"""What a figure rests on: tables, deliveries with their date, and the rows that were refused."""

from typing import Any

from dash import dcc, html

from dashboard import wording
from dashboard.components.parts import plain_table
from dashboard.pages.context import Context

_HEAD = ["Bestand", "Stand", "Geladen", "Geweigerd", "Waarom geweigerd"]


def origin(context: Context, id: str) -> Any:
    """One line per table, and behind a key the deliveries themselves."""
    tables = context.desk.provenance(context.snapshot, id)
    files = {file["bestand"]: file for one in tables for file in one["leveringen"]}
    refused = sum(file["geweigerd"] for file in files.values())
    newest = max((file["stand"] for file in files.values() if file["stand"]), default=None)
    if not files:
        return html.P("Dit cijfer rust op gegevens die bij het programma horen, niet op een levering.")
    said = f"Dit cijfer rust op {wording.amount(len(files), 'bestand', 'bestanden')}"
    said += f"; de nieuwste stand is van {wording.day(newest)}." if newest else "."
    if refused:
        said += f" Er zijn {wording.amount(refused, 'rij', 'rijen')} geweigerd; die tellen niet mee."
    else:
        said += " Er is geen rij geweigerd."
    lines = [
        html.Li([html.B(one["tabel"]), f": {', '.join(one['kolommen']) or 'alle rijen'} ({_count(one['leveringen'])})"])
        for one in tables
    ]
    rows = [
        [
            file["bestand"], wording.day(file["stand"]) if file["stand"] else "–", wording.number(file["geladen"]),
            wording.number(file["geweigerd"]),
            ", ".join(f"{code} ({count})" for code, count in file["redenen"].items()) or "–",
        ]
        for file in sorted(files.values(), key=lambda file: (-file["geweigerd"], file["bestand"]))
    ]  # fmt: skip
    return html.Div(
        [
            html.P(said),
            html.Ul(lines, className="lijst"),
            html.Details([html.Summary("Alle leveringen"), plain_table(_HEAD, rows, label="Leveringen")]),
            dcc.Link("Bekijk wat is geweigerd en waarom", href="/gegevens" + context.view.plain().write()),
        ]
    )


def _count(deliveries: list[Any]) -> str:
    return wording.amount(len(deliveries), "levering", "leveringen") if deliveries else "geen levering"
