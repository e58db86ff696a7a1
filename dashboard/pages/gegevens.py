"""Gegevens: whether the figures can be trusted: what came in, what was refused, what differs, and what is missing."""

from collections import defaultdict
from typing import Any

from dash import dcc, html

from dashboard import wording
from dashboard.components import page_title, plain_table, section
from dashboard.pages.context import Context
from dashboard.pages.missing import missing
from dashboard.pages.snapshots import snapshots

_MOST = 200
_REFUSED = ["Bestand", "Blad", "Rij", "Kolom", "Code", "Wat is er mis"]
_FILES = ["Bestand", "Soort", "Gelezen", "Geladen", "Identiek", "Vervangen", "Geweigerd"]
_SOURCES = ["Tabel", "Nieuwste bestand", "Bestanden", "Geladen", "Geweigerd"]
_LIMITED = "Verschillen en te late rapportages ziet u van contracten waar uw gemeenten bij horen."
_LATE = ("rapportage te laat", "rapportage ontbreekt")


def render(context: Context) -> Any:
    """The state of the deliveries."""
    report = context.desk.deliveries(context.snapshot)
    refused = sum(file.geweigerd for file in report.bestanden)
    whole = [file for file in report.bestanden if file.status == "geweigerd"]
    findings = context.desk.findings(context.snapshot)
    late = [row for row in findings if row[2] in _LATE]
    differs = [row for row in findings if row[2] not in _LATE]
    return html.Div(
        [
            page_title("Gegevens", "Kunt u de cijfers vertrouwen?", _answer(report, refused, len(whole), late)),
            html.P(
                [
                    dcc.Link("Gebeurtenissen bij de cijfers", href="/gebeurtenissen"),
                    " · ",
                    dcc.Link("Definities", href="/definities"),
                ],
                className="meenemen",
            ),
            html.P(_LIMITED, className="opmerking") if context.desk.findings_limited else None,
            section("Wat is er niet geleverd?", missing(context)),
            section("Te late rapportages", _lateness(context, late)),
            section("Wat is geweigerd?", _refusals(report, whole)),
            section("Verschillen tussen gemeente en aanbieder", _differences(context, differs)),
            section("Alle leveringen", _deliveries(report)),
            section("Momentopnamen", snapshots(context)),
        ]
    )


def _answer(report: Any, refused: int, whole: int, late: list[Any]) -> str:
    read = sum(file.gelezen for file in report.bestanden)
    part = 100 * refused / read if read else 0
    small = "minder dan 1" if 0 < part < 1 else wording.number(part)
    said = (
        f"Van de {wording.number(read)} gelezen rijen zijn er {wording.number(refused)} geweigerd ({small} van de 100)"
        + (f", en {wording.amount(whole, 'bestand', 'bestanden')} in het geheel. " if whole else ". ")
    )
    count = sum(row[3] for row in late)
    if count:
        return said + f"{wording.amount(count, 'rapportage is', 'rapportages zijn')} te laat of niet gekomen."
    return said + "Alle rapportages zijn op tijd gekomen."


def _lateness(context: Context, late: list[Any]) -> Any:
    if not late:
        return html.P("Er is geen rapportage te laat of weggebleven.")
    items = [
        html.Li(
            [
                dcc.Link(context.titles.get(contract, contract), href=f"/contracten/{contract}")
                if contract in context.titles
                else contract,
                f": {kind}, {wording.quarter(quarter) if '-K' in quarter else quarter}.",
            ]
        )
        for contract, quarter, kind, _ in late
    ]
    return html.Ul(items, className="lijst")


def _refusals(report: Any, whole: list[Any]) -> Any:
    rows = [
        [file.bestand, one.blad or "–", str(one.rij), one.kolom or "–", one.code, one.melding]
        for file in report.bestanden
        for one in file.weigeringen
    ]
    if not rows and not whole:
        return html.P("Er is niets geweigerd.")
    files = html.Ul([html.Li(f"{file.bestand}: {file.melding}") for file in whole], className="lijst")
    note = "Een geweigerde rij telt in geen enkel cijfer mee. Verbeter de levering en laad opnieuw."
    more = f"En nog {wording.number(len(rows) - _MOST)} rijen." if len(rows) > _MOST else ""
    return html.Div(
        [
            html.P(note),
            files if whole else None,
            plain_table(_REFUSED, rows[:_MOST], left=6, label="Geweigerde rijen") if rows else None,
            html.P(more, className="opmerking") if more else None,
        ]
    )


def _differences(context: Context, differs: list[Any]) -> Any:
    """A row per contract, a column per kind; what nobody has is left out."""
    if not differs:
        return html.P("De gemeente en de aanbieders zeggen hetzelfde.")
    kinds = sorted({kind for _, _, kind, _ in differs})
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(kinds, 0))
    for contract, _, kind, count in differs:
        counts[contract][kind] += count
    rows = [
        [
            context.titles.get(contract, "zonder contract" if contract == "-" else contract),
            *(wording.number(row[kind]) if row[kind] else "–" for kind in kinds),
            wording.number(sum(row.values())),
        ]
        for contract, row in sorted(counts.items(), key=lambda one: -sum(one[1].values()))
    ]
    head = ["Contract", *(kind.capitalize() for kind in kinds), "Samen"]
    note = "Bij een verschil telt wat de gemeente zelf heeft vastgelegd."
    return html.Div([html.P(note, className="opmerking"), plain_table(head, rows, label="Verschillen per contract")])


def _deliveries(report: Any) -> Any:
    groups: dict[str, list[Any]] = defaultdict(list)
    for file in report.bestanden:
        groups[file.soort or "niet herkend"].append(file)
    sources = [
        [
            kind, max((file.bestand for file in files if file.geladen), default="–"), wording.number(len(files)),
            wording.number(sum(file.geladen for file in files)), wording.number(sum(file.geweigerd for file in files)),
        ]
        for kind, files in sorted(groups.items())
    ]  # fmt: skip
    rows = [
        [file.bestand, file.soort or "–", *(wording.number(getattr(file, name.lower())) for name in _FILES[2:])]
        for file in sorted(report.bestanden, key=lambda file: (-file.geweigerd, file.bestand))
    ]
    return html.Div(
        [
            plain_table(_SOURCES, sources, left=2, label="Leveringen per soort"),
            html.Details([html.Summary("Alle bestanden"), plain_table(_FILES, rows, left=2, label="Alle bestanden")]),
        ]
    )
