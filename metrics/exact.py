"""Exact answers: checked questions counted on one momentopname. Who may see them is decided in `compute`."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import duckdb

from data.fouten import Gebruiksfout
from metrics.aggregate import aggregate
from metrics.answer import Answer
from metrics.catalogue import catalogue
from metrics.connection import Connection, Snapshot, ticket
from metrics.days import FIRST_DAY
from metrics.definition import Definition
from metrics.engines import connect
from metrics.once import Once
from metrics.query import Question, ask
from metrics.ready import Shelf, shelf
from metrics.rights import Bevoegdheid

_days: Once[date] = Once(16)


def exact(
    questions: Sequence[Question],
    snapshot: Snapshot,
    voor: Bevoegdheid,
    days: tuple[date | None, date | None, date | None],
    motor: str = "duckdb",
) -> list[Answer]:
    """One answer per question. `days`: the peildatum and the period, empty where it is as usual."""
    with connect(snapshot, motor) as connection:
        day, start, end = period(snapshot, connection, *days)
        kept = shelf(snapshot) if motor == "duckdb" else None
        return [answer_of(connection, question, snapshot.id, voor, day, start, end, kept) for question in questions]


def period(
    snapshot: Snapshot, connection: Connection, peildatum: date | None, van: date | None, tot: date | None
) -> tuple[date, date, date]:
    """The peildatum and the period as they will be. Raises Gebruiksfout when the period ends before it begins."""
    day = peildatum or usual_day(snapshot, connection)
    start, end = van or FIRST_DAY, tot or day
    if start > end and (van or tot):
        raise Gebruiksfout(
            f"De periode begint ({start:%d-%m-%Y}) na het einde ({end:%d-%m-%Y}). Kies een andere periode of peildatum."
        )
    return day, start, end


def questions_of(ids: Sequence[str], filters: Mapping[str, Sequence[Any]], per: Sequence[str]) -> list[Question]:
    """The checked questions; all mistakes of all figures are told at once."""
    questions, faults = [], []
    chosen = tuple(
        (name, values if isinstance(values, str | int) else tuple(values)) for name, values in filters.items()
    )
    for id in ids:
        try:
            questions.append(_checked(id, chosen, tuple(per)))
        except Gebruiksfout as fault:
            faults += fault.meldingen
    if faults:
        raise Gebruiksfout(dict.fromkeys(faults))
    return questions


@lru_cache(maxsize=4096, typed=True)
def _checked(id: str, filters: tuple[tuple[str, Any], ...], per: tuple[str, ...]) -> Question:
    """A page asks the same of a figure many times. A fault is not kept."""
    return ask(definition_of(id), dict(filters), per)


def answer_of(
    connection: Connection,
    question: Question,
    momentopname: str,
    voor: Bevoegdheid,
    day: date,
    start: date,
    end: date,
    kept: Shelf | None = None,
) -> Answer:
    rows = _rows(connection, question, voor, day, start, end, kept)
    chosen = dict(question.filters)
    id = question.definition.id
    behind = tuple(
        answer_of(connection, ask(definition_of("instroom"), filters, per), momentopname, voor, day, first, end, kept)
        for filters, per, first in _behind(question, start)
    )
    return Answer(id, question.definition, day, start, end, momentopname, chosen, question.per, rows, behind)


def _rows(
    connection: Connection,
    question: Question,
    voor: Bevoegdheid,
    day: date,
    start: date,
    end: date,
    kept: Shelf | None,
) -> list[dict[str, Any]]:
    """The rows within one's rights. Of money that is divided, a part of the bookings would give a wrong share."""
    if question.definition.samen and voor.gemeenten is not None:
        asked = dict(question.filters)
        mine = sorted(voor.gemeenten & set(asked.get("gemeente", voor.gemeenten)))
        if not mine:
            return []
        question = replace(question, filters=tuple(sorted({**asked, "gemeente": tuple(mine)}.items())))
        voor = Bevoegdheid(None)
    return counted(connection, question, voor, (day, start, end), kept)


def counted(
    connection: Connection,
    question: Question,
    voor: Bevoegdheid,
    days: tuple[date, date, date],
    kept: Shelf | None,
) -> list[dict[str, Any]]:
    """The rows of a question, over units that are kept ready when there are; the answer is the same."""
    bound = parameters(question, voor, *days)
    source = kept.source(question, voor, days) if kept is not None else None
    if source is not None:
        with source, suppress(duckdb.CatalogException, duckdb.OutOfMemoryException):  # let go of just now, or too large
            return aggregate(source, question, bound)
    return aggregate(connection, question, bound)


def _behind(question: Question, start: date) -> Iterator[tuple[dict[str, Any], tuple[str, ...], date]]:
    """The counts of people that an amount of money gives away: filters and split of instroom, and its first day."""
    chosen = dict(question.filters)
    if question.definition.id == "spuk_saldo":  # so many asielstatushouders times a tariff, and so many gezinsmigranten
        per = ("jaar", "doelgroep", *(name for name in question.per if name == "gemeente"))
        yield {**chosen, "doelgroep": ("asielstatushouder", "gezinsmigrant")}, per, start
    elif question.definition.id == "kosten" and "doelgroep" in (*question.per, *chosen):
        places = {"gemeente": chosen["gemeente"]} if "gemeente" in chosen else {}
        yield places, ("gemeente", "doelgroep"), FIRST_DAY


def parameters(question: Question, voor: Bevoegdheid, day: date, start: date, end: date) -> dict[str, Any]:
    """Everything that is bound: the peildatum, the period, the rights and the filters."""
    return {
        "peildatum": day,
        "van": start,
        "tot": min(end, day),
        "alle": voor.gemeenten is None,
        "gemeenten": sorted(voor.gemeenten or ()),
        **{f"f_{name}": list(values) for name, values in question.filters},
    }


def definition_of(id: str) -> Definition:
    """The definition of a figure; an unknown id is told with the nearest known ones."""
    found = catalogue().get(id)
    if found is None:
        near = difflib.get_close_matches(id, catalogue(), 3, 0.4)
        hint = f"Bedoelt u: {', '.join(near)}?" if near else "De lijst van alle cijfers geeft: inburgering cijfers."
        raise Gebruiksfout(f"Het cijfer '{id}' bestaat niet. {hint}")
    return found


def usual_day(snapshot: Snapshot, connection: Connection) -> date:
    """The last day of the last quarter that ended on or before the newest date in the records of persons; looked up
    once, for a momentopname never changes."""
    return _days.get(ticket(snapshot), lambda: _usual_day(connection))


def _usual_day(connection: Connection) -> date:
    row = connection.execute(
        """
        SELECT max(d) FROM (
          SELECT greatest(max(datum_intake_1), max(datum_intake_2), max(datum_leerbaarheidstoets), max(datum_pip),
                          max(datum_einde)) AS d FROM trajecten
          UNION ALL SELECT greatest(max(start), max(einde)) FROM leerroutes
          UNION ALL SELECT greatest(max(start), max(einde), max(eindgesprek), max(ondertekend)) FROM onderdelen
          UNION ALL SELECT max(examendatum) FROM examens
          UNION ALL SELECT last_day(max(maand)) FROM uren)
        """
    ).fetchone()
    newest = row[0] if row and row[0] else None
    if newest is None:  # persons alone: as of their latest mutation
        row = connection.execute("SELECT max(mutatiedatum) FROM personen").fetchone()
        newest = row[0] if row and row[0] else None
    if newest is None:
        return FIRST_DAY
    following = newest + timedelta(days=1)
    first = date(following.year, 3 * ((following.month - 1) // 3) + 1, 1)
    return first - timedelta(days=1)
