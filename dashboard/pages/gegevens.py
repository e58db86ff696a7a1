"""Gegevens: whether the figures can be trusted: what came in, what was refused, what differs, and what is missing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import wording
from dashboard.components import page_title, plain_table, section
from dashboard.components.parts import own_words
from dashboard.pages.context import Context
from dashboard.pages.missing import missing
from dashboard.pages.snapshots import snapshots
from dashboard.texts import mark, t, tn
from dashboard.wording.letters import capital

_MOST = 200
_REFUSED = (mark("Bestand"), mark("Blad"), mark("Rij"), mark("Kolom"), mark("Code"), mark("Wat is er mis"))
_FILES = (
    mark("Bestand"), mark("Soort"), mark("Gelezen"), mark("Geladen"), mark("Identiek"), mark("Vervangen"),
    mark("Geweigerd"),
)  # fmt: skip
_SOURCES = (mark("Tabel"), mark("Nieuwste bestand"), mark("Bestanden"), mark("Geladen"), mark("Geweigerd"))
_LIMITED = mark("Verschillen en te late rapportages ziet u van contracten waar uw gemeenten bij horen.")
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
            page_title(t("Gegevens"), t("Kunt u de cijfers vertrouwen?"), _answer(report, refused, len(whole), late)),
            html.P(
                [
                    dcc.Link(t("Gebeurtenissen bij de cijfers"), href="/gebeurtenissen"),
                    " · ",
                    dcc.Link(t("Definities"), href="/definities"),
                ],
                className="meenemen",
            ),
            html.P(t(_LIMITED), className="opmerking") if context.desk.findings_limited else None,
            section(t("Wat is er niet geleverd?"), missing(context)),
            section(t("Te late rapportages"), _lateness(context, late)),
            section(t("Wat is geweigerd?"), _refusals(report, whole)),
            section(t("Verschillen tussen gemeente en aanbieder"), _differences(context, differs)),
            section(t("Alle leveringen"), _deliveries(report)),
            section(t("Momentopnamen"), snapshots(context)),
        ]
    )


def _answer(report: Any, refused: int, whole: int, late: list[Any]) -> str:
    read = sum(file.gelezen for file in report.bestanden)
    part = 100 * refused / read if read else 0
    small = t("minder dan 1") if 0 < part < 1 else wording.number(part)
    facts = {"alle": wording.number(read), "n": wording.number(refused), "deel": small}
    if whole:
        said = tn(
            "Van de {alle} gelezen rijen zijn er {n} geweigerd ({deel} van de 100), en {m} bestand in het geheel.",
            "Van de {alle} gelezen rijen zijn er {n} geweigerd ({deel} van de 100), en {m} bestanden in het geheel.",
            whole, m=wording.number(whole), **facts,
        )  # fmt: skip
    else:
        said = tn(
            "Van de {alle} gelezen rijen zijn er {n} geweigerd ({deel} van de 100).",
            "Van de {alle} gelezen rijen zijn er {n} geweigerd ({deel} van de 100).",
            refused, **facts,
        )  # fmt: skip
    return f"{said} {_in_time(sum(row[3] for row in late))}"


def _in_time(late: int) -> str:
    if not late:
        return t("Alle rapportages zijn op tijd gekomen.")
    return tn(
        "{n} rapportage is te laat of niet gekomen.", "{n} rapportages zijn te laat of niet gekomen.",
        late, n=wording.number(late),
    )  # fmt: skip


def _lateness(context: Context, late: list[Any]) -> Any:
    if not late:
        return html.P(t("Er is geen rapportage te laat of weggebleven."))
    items = [
        html.Li(
            [
                dcc.Link(own_words(context.titles[contract]), href=f"/contracten/{contract}")
                if contract in context.titles
                else contract,
                f": {t(kind)}, {wording.quarter(quarter) if '-K' in quarter else quarter}.",
            ]
        )
        for contract, quarter, kind, _ in late
    ]
    return html.Ul(items, className="lijst")


def _refusals(report: Any, whole: list[Any]) -> Any:
    rows = [
        [
            file.bestand,
            one.blad or "–",
            str(one.rij),
            own_words(one.kolom) if one.kolom else "–",
            one.code,
            own_words(one.melding),
        ]
        for file in report.bestanden
        for one in file.weigeringen
    ]
    if not rows and not whole:
        return html.P(t("Er is niets geweigerd."))
    files = html.Ul([html.Li([f"{file.bestand}: ", own_words(file.melding)]) for file in whole], className="lijst")
    note = t("Een geweigerde rij telt in geen enkel cijfer mee. Verbeter de levering en laad opnieuw.")
    left = len(rows) - _MOST
    more = tn("En nog {n} rij.", "En nog {n} rijen.", left, n=wording.number(left)) if left > 0 else ""
    return html.Div(
        [
            html.P(note),
            files if whole else None,
            plain_table(_heads(_REFUSED), rows[:_MOST], left=6, label=t("Geweigerde rijen")) if rows else None,
            html.P(more, className="opmerking") if more else None,
        ]
    )


def _differences(context: Context, differs: list[Any]) -> Any:
    """A row per contract, a column per kind; what nobody has is left out."""
    if not differs:
        return html.P(t("De gemeente en de aanbieders zeggen hetzelfde."))
    kinds = sorted({kind for _, _, kind, _ in differs})
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(kinds, 0))
    for contract, _, kind, count in differs:
        counts[contract][kind] += count
    rows = [
        [
            _contract(context, contract),
            *(wording.number(row[kind]) if row[kind] else "–" for kind in kinds),
            wording.number(sum(row.values())),
        ]
        for contract, row in sorted(counts.items(), key=lambda one: -sum(one[1].values()))
    ]
    head = [t("Contract"), *(capital(t(kind)) for kind in kinds), t("Samen")]
    note = t("Bij een verschil telt wat de gemeente zelf heeft vastgelegd.")
    return html.Div([html.P(note, className="opmerking"), plain_table(head, rows, label=t("Verschillen per contract"))])


def _contract(context: Context, contract: str) -> Any:
    if contract not in context.titles:
        return t("zonder contract") if contract == "-" else contract
    return own_words(context.titles[contract])


def _heads(names: Sequence[str]) -> list[str]:
    return [t(name) for name in names]


def _deliveries(report: Any) -> Any:
    groups: dict[str, list[Any]] = defaultdict(list)
    strange = t("niet herkend")
    for file in report.bestanden:
        groups[file.soort or strange].append(file)
    sources = [
        [
            kind if kind == strange else own_words(kind),
            max((file.bestand for file in files if file.geladen), default="–"), wording.number(len(files)),
            wording.number(sum(file.geladen for file in files)), wording.number(sum(file.geweigerd for file in files)),
        ]
        for kind, files in sorted(groups.items())
    ]  # fmt: skip
    rows = [
        [
            file.bestand,
            own_words(file.soort) if file.soort else "–",
            *(wording.number(getattr(file, name.lower())) for name in _FILES[2:]),
        ]
        for file in sorted(report.bestanden, key=lambda file: (-file.geweigerd, file.bestand))
    ]
    return html.Div(
        [
            plain_table(_heads(_SOURCES), sources, left=2, label=t("Leveringen per soort")),
            html.Details(
                [
                    html.Summary(t("Alle bestanden")),
                    plain_table(_heads(_FILES), rows, left=2, label=t("Alle bestanden")),
                ]
            ),
        ]
    )
