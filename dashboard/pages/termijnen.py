"""Termijnen: whose plan or term asks for something now; names are pseudonyms, for who may see persons."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

import metrics
from dashboard import wording
from dashboard.components import page_title, section
from dashboard.components.parts import plain_table
from dashboard.pages.context import Context
from dashboard.texts import mark, t, tn

_FIGURES = {"plan": "pip_openstaand", "termijn": "termijn_loopt_af"}
LATE = ("te laat", "voorbij")
_MOST = 250
_HEAD = (mark("Persoon"), mark("Gemeente"), mark("Doelgroep"), mark("Uiterlijk"), mark("Dagen"))
_WHAT = {"plan (PIP) maken": mark("Plan (PIP) maken"), "termijn loopt af": mark("Termijn loopt af")}
_NOTHING = mark("Er is nu niets dat op korte termijn moet.")


def counts(context: Context) -> Mapping[tuple[str, str], int]:
    """(plan or termijn, stand) → how many; a number that may not be shown is left out."""
    found = {}
    for what, id in _FIGURES.items():
        if id not in metrics.catalogue():
            continue
        for row in context.answer(id).rijen:
            if isinstance(row.get("aantal"), int):
                found[what, str(row["stand"])] = row["aantal"]
    return found


def in_short(context: Context) -> Any:
    """The counts in lines, each with its figure; and the way to the list."""
    found = counts(context)
    lines = [
        html.Li(
            dcc.Link(
                _told(what, stand, number),
                href=f"/cijfer/{_FIGURES[what]}{context.view.narrowed('stand', stand).write()}",
            )
        )
        for (what, stand), number in sorted(found.items(), key=lambda one: (one[0][1] not in LATE, one[0]))
        if number
    ]
    if not lines:
        return html.P(t(_NOTHING))
    link = dcc.Link(t("Bekijk de lijst per persoon"), href="/termijnen" + context.view.write(), className="verder")
    return html.Div([html.Ul(lines, className="lijst"), link])


def render(context: Context) -> Any:
    """The list, the most urgent first."""
    rows = context.desk.due(context.snapshot, context.view)
    late = sum(row["dagen"] < 0 for row in rows)
    said = _summary(late, len(rows) - late) if rows else t(_NOTHING)
    groups = []
    for what in dict.fromkeys(row["wat"] for row in rows):
        mine = [row for row in rows if row["wat"] == what]
        table = [
            [
                row["persoon"], wording.dimension("gemeente", row["gemeente"], context.names),
                wording.dimension("doelgroep", row["doelgroep"]), wording.day(row["uiterlijk"]), _left(row["dagen"]),
            ]
            for row in mine[:_MOST]
        ]  # fmt: skip
        more = len(mine) - len(table)
        note = html.P(t("En nog {n} andere. Kies een gemeente om ze te zien.", n=more), className="opmerking")
        title = t(_WHAT[what])
        content = [
            plain_table([t(name) for name in _HEAD], table, left=4, label=title), note if more > 0 else None
        ]  # fmt: skip
        groups.append(section(f"{title} ({len(mine)})", html.Div(content)))
    return html.Div(
        [
            page_title(t("Termijnen"), t("Wat moet nu gebeuren, en voor wie?"), said),
            html.P(
                t(
                    "Een persoon is hier een code. Alleen wie de sleutel heeft, kan die terugvinden in het eigen "
                    "systeem. Laat deze lijst nooit buiten de gemeente zien."
                ),
                className="opmerking",
            ),
            *groups,
        ]
    )


def _left(days: int) -> str:
    if days < 0:
        return t("{n} te laat", n=wording.number(-days))
    return t("nog {n}", n=wording.number(days))


def _summary(late: int, soon: int) -> str:
    """How many terms are over, and how many run out soon."""
    return t(
        "{voorbij}; {binnenkort}.",
        voorbij=tn(
            "{n} termijn is al voorbij", "{n} termijnen zijn al voorbij", late, n=wording.number(late)
        ),
        binnenkort=tn("{n} loopt binnenkort af", "{n} lopen binnenkort af", soon, n=wording.number(soon)),
    )  # fmt: skip


def _told(what: str, stand: str, count: int) -> str:
    """How many people a line is about, and what they wait for."""
    n = wording.number(count)
    match what, stand:
        case "plan", "te laat":
            return tn(
                "{n} persoon wacht te lang op een plan (PIP).", "{n} personen wachten te lang op een plan (PIP).",
                count, n=n,
            )  # fmt: skip
        case "plan", "binnen vier weken":
            return tn(
                "{n} persoon moet binnen vier weken een plan (PIP) krijgen.",
                "{n} personen moeten binnen vier weken een plan (PIP) krijgen.",
                count, n=n,
            )  # fmt: skip
        case "termijn", "voorbij":
            return tn(
                "{n} persoon is over de termijn heen.", "{n} personen zijn over de termijn heen.", count, n=n
            )  # fmt: skip
        case "termijn", "binnen zes maanden":
            return tn(
                "{n} persoon moet binnen zes maanden klaar zijn.", "{n} personen moeten binnen zes maanden klaar zijn.",
                count, n=n,
            )  # fmt: skip
    return f"{n} {wording.dimension('stand', stand)}."
