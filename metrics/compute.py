"""The one function behind every figure on screen, in a report, in a file, on the command line and in a KPI."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from data.fouten import Gebruiksfout
from metrics import publication
from metrics.answer import Answer
from metrics.catalogue import lineage, outputs
from metrics.connection import Snapshot, cursor
from metrics.exact import definition_of, exact, parameters, period, questions_of, usual_day
from metrics.query import ask, run, units
from metrics.ready import shelf
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
    spark: equal answers). Who may not see exact figures gets rows of the one fixed publication of the momentopname.
    Raises Gebruiksfout for an unknown figure, a filter that makes no sense, a period that ends before it begins, or
    what the fixed publication does not hold.
    """
    questions = questions_of([ids] if isinstance(ids, str) else ids, filters or {}, per)
    days = (peildatum, van, tot)
    if voor.exact:
        return exact(questions, snapshot, voor, days, motor)
    return publication.guarded(questions, snapshot, voor, days, motor)


def default_peildatum(snapshot: Snapshot) -> date:
    """The last day of the last quarter that ended on or before the newest date in the records of persons."""
    with cursor(snapshot) as connection:
        return usual_day(snapshot, connection)


def keep_ready(id: str, snapshot: Snapshot, *, voor: Bevoegdheid, peildatum: date | None = None) -> None:
    """Make that questions of a figure on a day only choose among its units: for who has time before anybody asks."""
    shelf(snapshot).keep(definition_of(id), voor, peildatum or default_peildatum(snapshot))


def keep_behind(snapshot: Snapshot, tell: Callable[[], object]) -> None:
    """Nobody waits any more for what is written out to be quick the next time: `tell` is called when something waits,
    and who has time calls `keep_asked`."""
    shelf(snapshot).behind(tell)


def keep_asked(snapshot: Snapshot) -> bool:
    """Write out what one earlier question waits for; False when nothing waits."""
    return shelf(snapshot).write_asked()


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
        bound = parameters(question, voor, *period(snapshot, connection, peildatum, van, tot))
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
