"""What a figure rests on: tables, deliveries with their date, and the rows that were refused."""

from typing import Any

from dash import dcc, html

from dashboard import wording
from dashboard.components.parts import own_words, plain_table, with_own
from dashboard.pages.context import Context
from dashboard.texts import mark, t, tc, tn

_HEAD = (mark("Geladen"), mark("Geweigerd"), mark("Waarom geweigerd"))


def origin(context: Context, id: str) -> Any:
    """One line per table, and behind a key the deliveries themselves."""
    tables = context.desk.provenance(context.snapshot, id)
    files = {file["bestand"]: file for one in tables for file in one["leveringen"]}
    refused = sum(file["geweigerd"] for file in files.values())
    newest = max((file["stand"] for file in files.values() if file["stand"]), default=None)
    if not files:
        return html.P(t("Dit cijfer rust op gegevens die bij het programma horen, niet op een levering."))
    lines = [html.Li(_rest(one)) for one in tables]
    head = [t("Bestand"), tc("levering", "Stand"), *(t(name) for name in _HEAD)]
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
            html.P(f"{_rests_on(len(files), newest)} {_refused(refused)}"),
            html.Ul(lines, className="lijst"),
            html.Details([html.Summary(t("Alle leveringen")), plain_table(head, rows, label=t("Leveringen"))]),
            dcc.Link(t("Bekijk wat is geweigerd en waarom"), href="/gegevens" + context.view.plain().write()),
        ]
    )


def _count(deliveries: list[Any]) -> str:
    if not deliveries:
        return t("geen levering")
    return tn("{n} levering", "{n} leveringen", len(deliveries), n=wording.number(len(deliveries)))


def _rests_on(files: int, newest: Any) -> str:
    n = wording.number(files)
    if not newest:
        return tn("Dit cijfer rust op {n} bestand.", "Dit cijfer rust op {n} bestanden.", files, n=n)
    return tn(
        "Dit cijfer rust op {n} bestand; de nieuwste stand is van {dag}.",
        "Dit cijfer rust op {n} bestanden; de nieuwste stand is van {dag}.",
        files, n=n, dag=wording.day(newest),
    )  # fmt: skip


def _refused(rows: int) -> str:
    if not rows:
        return t("Er is geen rij geweigerd.")
    return tn(
        "Er is {n} rij geweigerd; die telt niet mee.", "Er zijn {n} rijen geweigerd; die tellen niet mee.",
        rows, n=wording.number(rows),
    )  # fmt: skip


def _rest(one: dict[str, Any]) -> list[Any]:
    """A table, its columns, and how many deliveries filled it. The names are those of the files: Dutch."""
    columns = ", ".join(one["kolommen"])
    all_rows = t("alle rijen")
    said = f": {columns or all_rows} ({_count(one['leveringen'])})"
    return [html.B(own_words(one["tabel"])), with_own(said, [columns] if columns else [])]
