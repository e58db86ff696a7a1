"""What changed since the momentopname before this one: other files, and headline figures on the same day of looking."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

import etl
from dashboard import wording
from dashboard.components.drill import figure_href
from dashboard.pages.context import Context
from dashboard.texts import t, tn
from data.fouten import Gebruiksfout


def changes(context: Context, ids: Sequence[str]) -> Any:
    """Lines of what is different; and that there is nothing to compare with."""
    before = _before(context)
    if before is None:
        return html.P(
            t("Dit is de eerste momentopname die wij bewaren. Na de volgende lading ziet u hier het verschil.")
        )
    made = dict(context.desk.moments()).get(before.id)
    when = wording.day(made) if made else before.id
    try:
        files, lines = _files(context, before), _figures(context, before, ids)
    except Gebruiksfout:
        said = t("De vorige momentopname ({dag}) is niet meer te lezen; vergelijken kan niet.", dag=when)
        return html.P(said)
    look = dcc.Link(
        t("Bekijk de vorige momentopname"), href=replace(context.view, momentopname=before.id).write() or "/"
    )
    items = [*files, *lines]
    said = t("Sinds de momentopname van {dag} is niets veranderd.", dag=when)
    if items:
        said = t("Sinds de momentopname van {dag}:", dag=when)
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
    found = []
    for names, said in (
        (new, tn("{n} nieuw bestand", "{n} nieuwe bestanden", len(new), n=len(new))),
        (gone, tn("{n} bestand minder", "{n} bestanden minder", len(gone), n=len(gone))),
        (other, tn("{n} bestand met andere rijen", "{n} bestanden met andere rijen", len(other), n=len(other))),
    ):
        more = " …" if len(names) > 3 else ""
        found += [html.Li(f"{said}: {', '.join(names[:3])}{more}.")] if names else []
    return found


def _figures(context: Context, before: etl.Snapshot, ids: Sequence[str]) -> list[html.Li]:
    """Headline figures that are told otherwise, both on the peildatum of now: time alone changes nothing here."""
    same = replace(context, view=replace(context.view, peildatum=context.day))
    found = []
    for id in ids:
        now, then = same.answer(id), replace(same, snapshot=before).answer(id)
        said = [" ".join(wording.sentences(one, context.names)[:1]) for one in (now, then)]
        if said[0] and said[0] != said[1] and len(now.rijen) == len(then.rijen) == 1:
            title = dcc.Link(t(now.definition.titel), href=figure_href(id, context.view))
            values = [_short(now.definition, one.rijen[0]) for one in (then, now)]
            found.append(html.Li([title, t(": was {toen}, is nu {nu}.", toen=values[0], nu=values[1])]))
    return found


def _short(definition: Any, row: dict[str, Any]) -> str:
    if definition.soort == "aandeel":
        return wording.share(row)
    key = "aantal" if definition.soort == "aantal" else "waarde"
    return wording.cell(key, row.get(key), definition)
