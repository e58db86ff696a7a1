"""How a verdict is shown: sign and word first, a colour only when the norm is really agreed; what is overdue; all
verdicts as one matrix."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import dcc, html

import contracts
from contracts import record
from dashboard import wording
from dashboard.components.parts import aria, own_words, with_own
from dashboard.texts import mark, t
from dashboard.wording import suppliers
from dashboard.wording.own import of_agreements

SIGNS = {
    "voldoet": ("✓", "goed"),
    "voldoet niet": ("✗", "fout"),
    "te weinig gegevens": ("…", "neutraal"),
    "rapportage ontbreekt": ("!", "let-op"),
    "niet van toepassing": ("–", "neutraal"),
    "geen norm ingesteld": ("○", "neutraal"),
}
_ORDER = ("voldoet niet", "rapportage ontbreekt", "geen norm ingesteld", "te weinig gegevens", "voldoet")
_HEAD = (mark("Afspraak"), mark("Waarde"), mark("Norm"), mark("Reeks"), mark("Stap"))


def example_note(agreements: Any) -> Any:
    """A line that says that norms are examples, when one is."""
    if any(one.bron == contracts.EXAMPLE_NORM for one in agreements):
        return html.P(
            t("De normen zijn voorbeelden; daarom is er geen rood en groen. Zet uw eigen normen in de map afspraken."),
            className="opmerking",
        )
    return None


def kind_of(verdict: contracts.Verdict, agreement: contracts.Agreement | None = None) -> str:
    """The class of a verdict's sign: never good or bad where the contract or this norm is only an example."""
    kind = SIGNS[verdict.oordeel][1]
    example = contracts.EXAMPLE_NORM in (verdict.bron, agreement.bron if agreement else "")
    return "neutraal" if example and kind in ("goed", "fout") else kind


def badge(verdict: contracts.Verdict, agreement: contracts.Agreement | None = None) -> Any:
    """Sign and word; a colour only when the norm is really agreed."""
    certainty = f" ({t(verdict.zekerheid)})" if verdict.zekerheid else ""
    sign = html.Span(SIGNS[verdict.oordeel][0], **aria(hidden=True))
    return html.Span([sign, f" {t(verdict.oordeel)}{certainty}"], className=f"oordeel {kind_of(verdict, agreement)}")


def overdue(actions: Iterable[record.ActionView], agreements: Mapping[str, contracts.Agreement]) -> Any:
    """Agreements (actions) after their day, of all contracts, until they are closed; each leads to where it is closed.

    `actions` as `record.actions(desk.entries(), vandaag())` gives them. None when nothing is overdue.
    """
    late = [one for one in actions if one.status == record.LATE]
    if not late:
        return None
    head = (t("Contract"), t("Had klaar moeten zijn op"), t("Wie"), t("Wat"), t("Nu"))
    rows = [
        html.Tr(
            [
                html.Td(_contract_of(one, agreements)),
                html.Td(wording.day(one.actie.voor)),
                html.Td(own_words(one.actie.eigenaar)),
                html.Td(own_words(one.actie.wat)),
                html.Td(_closing(one)),
            ]
        )
        for one in late
    ]  # fmt: skip
    table = html.Table(
        [
            html.Caption(t("Te late acties"), className="alleen-lezer"),
            html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
            html.Tbody(rows),
        ]
    )
    return html.Div(table, className="tabel", tabIndex=0, role="region", **aria(t("Te late acties")))


def overdue_lines(actions: Iterable[record.ActionView], agreements: Mapping[str, contracts.Agreement]) -> Any:
    """What `overdue` tells, as a list for where there is no room for a table."""
    items = [
        html.Li(
            [
                _contract_of(one, agreements), ": ",
                own_words(one.actie.wat), " (", own_words(one.actie.eigenaar), ", ",
                t("moest klaar zijn op {dag}", dag=wording.day(one.actie.voor)), "). ",
                _closing(one),
            ]
        )
        for one in actions if one.status == record.LATE
    ]  # fmt: skip
    return html.Ul(items, className="lijst") if items else None


def _contract_of(action: record.ActionView, agreements: Mapping[str, contracts.Agreement]) -> Any:
    found = agreements.get(action.contract)
    return dcc.Link(own_words(found.titel if found else action.contract), href=f"/contracten/{action.contract}")


def _closing(action: record.ActionView) -> Any:
    """The way to where an action is closed."""
    told = t("Actie {nummer} sluiten", nummer=action.nummer)
    return html.A(t("Sluiten"), href=f"/kwartaal/gesprek/{action.contract}#actie-{action.nummer}", **aria(told))


def matrix(
    course: Sequence[contracts.Verdict],
    agreements: Mapping[str, contracts.Agreement],
    order: Sequence[contracts.Attention],
    *,
    search: str,
    quarters: int = 8,
) -> Any:
    """All verdicts of the last quarters: a block per contract, a row per agreement, what needs a talk most first."""
    shown = sorted({one.kwartaal for one in course})[-quarters:]
    by_kpi: dict[tuple[str, str], dict[str, contracts.Verdict]] = {}
    for one in course:
        if one.kwartaal in shown:
            by_kpi.setdefault((one.contract, one.kpi), {})[one.kwartaal] = one
    first = [one.contract for one in order]
    ids = [*first, *(id for id in agreements if id not in first)]
    blocks = [
        _block(agreements[id], [mine for (contract, _), mine in by_kpi.items() if contract == id], shown,
               next((one for one in order if one.contract == id), None), search)
        for id in ids
    ]  # fmt: skip
    head = [
        *(html.Th(t(name), scope="col", className="" if name in ("Afspraak", "Stap") else "getal") for name in _HEAD),
        *(html.Th(_short(one), scope="col", className="kwartaal") for one in shown),
    ]
    label = t("Alle afspraken per contract, met het oordeel per kwartaal")
    table = html.Table(
        [html.Caption(label, className="alleen-lezer"), html.Thead(html.Tr(head)), *blocks], className="matrix"
    )
    legend = " · ".join(f"{sign} {t(name)}" for name, (sign, _) in SIGNS.items())
    return html.Div(
        [
            html.Div(table, className="tabel matrixvlak", tabIndex=0, role="region", **aria(label)),
            html.P(f"{legend}. " + t("Een onderstreept teken is zeker."), className="opmerking"),
        ]
    )


def _short(kwartaal: str) -> str:
    return t("K{nummer} ’{jaar}", nummer=kwartaal[6:], jaar=kwartaal[2:4])


def _block(
    agreement: contracts.Agreement,
    kpis: list[dict[str, contracts.Verdict]],
    shown: Sequence[str],
    asks: contracts.Attention | None,
    search: str,
) -> Any:
    width = len(_HEAD) + len(shown)
    status = "" if agreement.status == "lopend" else f" · {t(agreement.status)}"
    why = suppliers.reason_of(asks) if asks else t("Niets dat om een gesprek vraagt.")
    told = f" {t(agreement.aanbieder)}{status}. {why}"
    title = html.Tr(
        html.Th(
            [
                dcc.Link(own_words(agreement.titel), href=f"/contracten/{agreement.id}{search}"),
                html.Span(with_own(told, of_agreements([agreement])), className="opmerking"),
            ],
            scope="rowgroup", colSpan=width, className="contractkop",
        )
    )  # fmt: skip
    current = [mine for mine in kpis if shown and mine.get(shown[-1]) and _counts(mine[shown[-1]])]
    rows = [_row(agreement, mine, shown) for mine in sorted(current, key=lambda mine: _place(mine[shown[-1]]))]
    return html.Tbody([title, *rows])


def _counts(verdict: contracts.Verdict) -> bool:
    return verdict.oordeel != "niet van toepassing"


def _place(verdict: contracts.Verdict) -> tuple[Any, ...]:
    return _ORDER.index(verdict.oordeel), *contracts.weight(verdict)


def _row(agreement: contracts.Agreement, mine: Mapping[str, contracts.Verdict], shown: Sequence[str]) -> Any:
    now = mine[shown[-1]]
    return html.Tr(
        [
            html.Th(
                [html.Span(SIGNS[now.oordeel][0], className="oordeelteken", **aria(hidden=True)), own_words(now.titel)],
                scope="row",
            ),
            html.Td(wording.verdict_value(now, now.waarde), className="getal"),
            html.Td(wording.verdict_value(now, now.norm), className="getal"),
            html.Td(str(now.reeks) if now.reeks else "–", className="getal"),
            html.Td(own_words(now.stap) if now.stap else "–"),
            *(_sign(agreement, mine.get(kwartaal), kwartaal) for kwartaal in shown),
        ]
    )


def _sign(agreement: contracts.Agreement, verdict: contracts.Verdict | None, kwartaal: str) -> Any:
    if verdict is None:
        return html.Td("", className="kwartaal")
    said = f"{wording.quarter(kwartaal)}: {suppliers.verdict_short(verdict)}"
    sure = " zeker" if verdict.zekerheid == "zeker" else ""
    return html.Td(
        SIGNS[verdict.oordeel][0], title=said, className=f"kwartaal {kind_of(verdict, agreement)}{sure}", **aria(said)
    )
