"""What changed since the momentopname before this one: other files, and headline figures on the same day of looking."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

import etl
from dashboard import wording
from dashboard.components.drill import figure_href
from dashboard.pages.context import Context
from data.fouten import Gebruiksfout


def changes(context: Context, ids: Sequence[str]) -> Any:
    """Lines of what is different; and that there is nothing to compare with."""
    before = _before(context)
    if before is None:
        return html.P("Dit is de eerste momentopname die wij bewaren. Na de volgende lading ziet u hier het verschil.")
    made = dict(context.desk.moments()).get(before.id)
    when = f"{made:%d-%m-%Y}" if made else before.id
    try:
        files, lines = _files(context, before), _figures(context, before, ids)
    except Gebruiksfout:
        return html.P(f"De vorige momentopname ({when}) is niet meer te lezen; vergelijken kan niet.")
    look = dcc.Link("Bekijk de vorige momentopname", href=replace(context.view, momentopname=before.id).write() or "/")
    items = [*files, *lines]
    said = f"Sinds de momentopname van {when}:" if items else f"Sinds de momentopname van {when} is niets veranderd."
    return html.Div([html.P(said), html.Ul(items, className="lijst") if items else None, look])


def _before(context: Context) -> etl.Snapshot | None:
    """The momentopname made just before the one that is looked at."""
    ids = [id for id, _ in context.desk.moments()]
    if context.snapshot.id not in ids:
        return None
    later = ids[ids.index(context.snapshot.id) + 1 :]
    return context.desk.snapshot(later[0]) if later else None


def _files(context: Context, before: etl.Snapshot) -> list[html.Li]:
    now = {one.bestand: one.geladen for one in context.desk.deliveries(context.snapshot).bestanden}
    then = {one.bestand: one.geladen for one in context.desk.deliveries(before).bestanden}
    new, gone = sorted(set(now) - set(then)), sorted(set(then) - set(now))
    other = sorted(name for name in set(now) & set(then) if now[name] != then[name])
    return [
        html.Li(f"{wording.amount(len(names), one, many)}: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}.")
        for names, one, many in (
            (new, "nieuw bestand", "nieuwe bestanden"),
            (gone, "bestand minder", "bestanden minder"),
            (other, "bestand met andere rijen", "bestanden met andere rijen"),
        )
        if names
    ]


def _figures(context: Context, before: etl.Snapshot, ids: Sequence[str]) -> list[html.Li]:
    """Headline figures that are told otherwise, both on the peildatum of now: time alone changes nothing here."""
    same = replace(context, view=replace(context.view, peildatum=context.day))
    found = []
    for id in ids:
        now, then = same.answer(id), replace(same, snapshot=before).answer(id)
        said = [" ".join(wording.sentences(one, context.names)[:1]) for one in (now, then)]
        if said[0] and said[0] != said[1] and len(now.rijen) == len(then.rijen) == 1:
            title = dcc.Link(now.definition.titel, href=figure_href(id, context.view))
            values = [_short(now.definition, one.rijen[0]) for one in (then, now)]
            found.append(html.Li([title, f": was {values[0]}, is nu {values[1]}."]))
    return found


def _short(definition: Any, row: dict[str, Any]) -> str:
    if definition.soort == "aandeel":
        return wording.share(row)
    key = "aantal" if definition.soort == "aantal" else "waarde"
    return wording.cell(key, row.get(key), definition)
