"""Termijnen: whose plan or term asks for something now; names are pseudonyms, for who may see persons."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

import metrics
from dashboard import wording
from dashboard.components import page_title, section
from dashboard.components.parts import plain_table
from dashboard.pages.context import Context

_FIGURES = {"plan": "pip_openstaand", "termijn": "termijn_loopt_af"}
LATE = ("te laat", "voorbij")
_MOST = 250
_HEAD = ["Persoon", "Gemeente", "Doelgroep", "Uiterlijk", "Dagen"]
_SAY = {
    ("plan", "te laat"): ("persoon wacht te lang op een plan (PIP)", "personen wachten te lang op een plan (PIP)"),
    ("plan", "binnen vier weken"): (
        "persoon moet binnen vier weken een plan (PIP) krijgen",
        "personen moeten binnen vier weken een plan (PIP) krijgen",
    ),
    ("termijn", "voorbij"): ("persoon is over de termijn heen", "personen zijn over de termijn heen"),
    ("termijn", "binnen zes maanden"): (
        "persoon moet binnen zes maanden klaar zijn", "personen moeten binnen zes maanden klaar zijn"
    ),
}  # fmt: skip


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
                wording.amount(number, *_SAY.get((what, stand), (stand, stand))) + ".",
                href=f"/cijfer/{_FIGURES[what]}{context.view.narrowed('stand', stand).write()}",
            )
        )
        for (what, stand), number in sorted(found.items(), key=lambda one: (one[0][1] not in LATE, one[0]))
        if number
    ]
    if not lines:
        return html.P("Er is nu niets dat op korte termijn moet.")
    link = dcc.Link("Bekijk de lijst per persoon", href="/termijnen" + context.view.write(), className="verder")
    return html.Div([html.Ul(lines, className="lijst"), link])


def render(context: Context) -> Any:
    """The list, the most urgent first."""
    rows = context.desk.due(context.snapshot, context.view)
    late = sum(row["dagen"] < 0 for row in rows)
    said = (
        f"{wording.amount(late, 'termijn is', 'termijnen zijn')} al voorbij; "
        f"{wording.amount(len(rows) - late, 'loopt', 'lopen')} binnenkort af."
        if rows else "Er is nu niets dat op korte termijn moet."
    )  # fmt: skip
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
        note = html.P(f"En nog {more} andere. Kies een gemeente om ze te zien.", className="opmerking")
        content = [plain_table(_HEAD, table, left=4, label=what), note if more > 0 else None]
        groups.append(section(f"{what[:1].upper()}{what[1:]} ({len(mine)})", html.Div(content)))
    return html.Div(
        [
            page_title("Termijnen", "Wat moet nu gebeuren, en voor wie?", said),
            html.P(
                "Een persoon is hier een code. Alleen wie de sleutel heeft, kan die terugvinden in het eigen systeem. "
                "Laat deze lijst nooit buiten de gemeente zien.",
                className="opmerking",
            ),
            *groups,
        ]
    )


def _left(days: int) -> str:
    return f"{wording.number(-days)} te laat" if days < 0 else f"nog {wording.number(days)}"
