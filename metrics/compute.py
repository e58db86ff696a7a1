"""The one function behind every figure on screen, in a report, in a file, on the command line and in a KPI."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from data.fouten import Gebruiksfout
from metrics.aggregate import aggregate
from metrics.answer import Answer
from metrics.catalogue import catalogue, lineage, outputs
from metrics.connection import Connection, Snapshot, cursor
from metrics.days import FIRST_DAY
from metrics.definition import Definition
from metrics.disclosure import publish
from metrics.engines import connect
from metrics.query import Question, ask, run, units
from metrics.rights import Bevoegdheid

_WITH_DELIVERY = "SELECT table_name FROM duckdb_columns() WHERE column_name = 'levering'"
_REFUSED = "SELECT rij, code FROM weigeringen WHERE levering = $levering ORDER BY blad NULLS FIRST, rij"


def compute(
    ids: str | Sequence[str],
    snapshot: Snapshot,
    *,
    voor: Bevoegdheid,
    peildatum: date | None = None,
    van: date | None = None,
    tot: date | None = None,
    filters: Mapping[str, Sequence[Any]] | None = None,
    per: Sequence[str] = (),
    motor: str = "duckdb",
) -> list[Answer]:
    """One answer per figure, in the order asked.

    `voor` says whose figures may be seen. `peildatum` is the day on which we look (default: the last day of the last
    whole quarter that is known), `van` and `tot` the period, both included; `motor` the engine that counts (duckdb or
    spark: equal answers). Raises Gebruiksfout for an unknown figure, a filter that makes no sense, or a period that
    ends before it begins.
    """
    questions = _questions([ids] if isinstance(ids, str) else ids, filters or {}, per)
    with connect(snapshot, motor) as connection:
        day = peildatum or _default_peildatum(connection)
        start, end = van or FIRST_DAY, tot or day
        if start > end and (van or tot):
            raise Gebruiksfout(
                f"De periode begint ({start:%d-%m-%Y}) na het einde ({end:%d-%m-%Y}). "
                "Kies een andere periode of peildatum."
            )
        answers = [_answer(connection, question, snapshot.id, voor, day, start, end) for question in questions]
    return answers if voor.exact else publish(answers)


def _questions(ids: Sequence[str], filters: Mapping[str, Sequence[Any]], per: Sequence[str]) -> list[Question]:
    """The checked questions; all mistakes of all figures are told at once."""
    questions, faults = [], []
    for id in ids:
        try:
            questions.append(ask(definition_of(id), filters, per))
        except Gebruiksfout as fault:
            faults += fault.meldingen
    if faults:
        raise Gebruiksfout(dict.fromkeys(faults))
    return questions


def _answer(
    connection: Connection,
    question: Question,
    momentopname: str,
    voor: Bevoegdheid,
    day: date,
    start: date,
    end: date,
) -> Answer:
    rows = aggregate(connection, question, parameters(question, voor, day, start, end))
    chosen = dict(question.filters)
    id = question.definition.id
    behind = tuple(
        _answer(connection, ask(definition_of("instroom"), filters, per), momentopname, voor, day, first, end)
        for filters, per, first in _behind(question, start)
    )
    return Answer(id, question.definition, day, start, end, momentopname, chosen, question.per, rows, behind)


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
        near = difflib.get_close_matches(id, catalogue(), 3, 0.4) or list(catalogue())
        raise Gebruiksfout(f"Het cijfer '{id}' bestaat niet. Bedoelt u: {', '.join(near)}?")
    return found


def default_peildatum(snapshot: Snapshot) -> date:
    """The last day of the last quarter that ended on or before the newest date in the records of persons."""
    with cursor(snapshot) as connection:
        return _default_peildatum(connection)


def _default_peildatum(connection: Connection) -> date:
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
    if newest is None:
        return FIRST_DAY
    following = newest + timedelta(days=1)
    first = date(following.year, 3 * ((following.month - 1) // 3) + 1, 1)
    return first - timedelta(days=1)


def persons(
    id: str,
    snapshot: Snapshot,
    *,
    voor: Bevoegdheid,
    peildatum: date | None = None,
    van: date | None = None,
    tot: date | None = None,
    filters: Mapping[str, Sequence[Any]] | None = None,
    per: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """The units behind a figure for who may see exact figures, with `persoon` as people see it (sixteen letters).

    `per` adds dimensions to them. Raises Gebruiksfout for who may see only what is published.
    """
    from etl import schrijf_persoon  # a whole package, needed here only

    if not voor.exact:
        raise Gebruiksfout("U mag alleen gepubliceerde cijfers zien, geen gegevens van personen.")
    question = ask(definition_of(id), filters or {}, per)
    if "persoon" not in outputs(id):
        raise Gebruiksfout(f"Achter het cijfer {id} staan geen personen.")
    with cursor(snapshot) as connection:
        day = peildatum or _default_peildatum(connection)
        bound = parameters(question, voor, day, van or FIRST_DAY, tot or day)
        # who is not followed for the whole term yet, is not behind the figure yet
        counted = " AND noemer IS NOT NULL" if question.definition.gevolgd and "noemer" in outputs(id) else ""
        names, rows = run(
            connection, f"{units(question)} SELECT * FROM _u WHERE persoon IS NOT NULL{counted} ORDER BY ALL", bound
        )
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [{**unit, "persoon": schrijf_persoon(unit["persoon"])} for unit in found]


def provenance(id: str, snapshot: Snapshot) -> list[dict[str, Any]]:
    """What a figure rests on: per table its columns, and the deliveries whose rows are in it.

    Rows: {"cijfer", "momentopname", "tabel", "kolommen", "leveringen": [{"bestand", "stand", "geladen", "geweigerd",
    "redenen": {code: count}, "rijen": [row numbers as a person sees them]}]}. What was refused in a file of several
    tables is told per file. Tables without deliveries come with the program or the agreements.
    """
    definition_of(id)
    found = []
    with cursor(snapshot) as connection:
        known = {row[0] for row in connection.execute(_WITH_DELIVERY).fetchall()}
        for table, columns in lineage(id).items():
            files: list[tuple[Any, ...]] = []
            if table in known:
                # the name of a table cannot be bound; it comes from the allow-list of the definitions
                files = connection.execute(
                    "SELECT levering, bestand, stand, geladen, geweigerd FROM leveringen WHERE soort = $table "
                    f"OR levering IN (SELECT DISTINCT levering FROM {table}) ORDER BY bestand",
                    {"table": table},
                ).fetchall()
            deliveries = []
            for delivery, file, stand, loaded, refused in files:
                rows = connection.execute(_REFUSED, {"levering": delivery}).fetchall()
                deliveries.append(
                    {"bestand": file, "stand": stand and stand.isoformat(), "geladen": loaded, "geweigerd": refused}
                    | {"redenen": dict(sorted(Counter(code for _, code in rows).items()))}
                    | {"rijen": [number for number, _ in rows]}
                )
            found.append(
                {"cijfer": id, "momentopname": snapshot.id, "tabel": table, "kolommen": list(columns)}
                | {"leveringen": deliveries}
            )
    return found
