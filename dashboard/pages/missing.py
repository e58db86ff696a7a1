"""What no delivery holds yet, and which figures would light up with it."""

from typing import Any

from dash import dcc, html

import metrics
from dashboard.pages.context import Context
from dashboard.state import View
from dashboard.texts import t


def missing(context: Context) -> Any:
    """A line per table that nobody delivered: the sheet to fill, and the figures that wait for it."""
    absent = waiting(context)
    if not absent:
        return html.P(t("Van elke tabel is er een levering. Geen cijfer wacht op gegevens."))
    items = []
    for table, ids in absent.items():
        links: list[Any] = []
        for id in ids[:6]:
            links += [dcc.Link(t(metrics.catalogue()[id].titel), href=f"/cijfer/{id}{View().write()}"), ", "]
        more = t(" en nog {n}", n=len(ids) - 6) if len(ids) > 6 else ""
        items.append(html.Li([html.B(t("Blad {naam}", naam=table)), t(": nodig voor "), *links[:-1], more, "."]))
    return html.Ul(items, className="lijst")


def waiting(context: Context) -> dict[str, list[str]]:
    """Table without any row → the figures that need it."""
    found: dict[str, list[str]] = {}
    for id in metrics.catalogue():
        for table in context.desk.absent(context.snapshot, id):
            found.setdefault(table, []).append(id)
    return found
