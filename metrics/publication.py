"""The fixed publication: all that who sees only published figures can ask, weighed together once per momentopname.

Questions one after the other could be subtracted from each other: a filter and its complement, a period and the same
with one day less. So there is one set of tables, over all municipalities, and a question is answered by picking rows
of one of them. However many questions someone asks, the answers together are a part of this one publication.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from data.fouten import Gebruiksfout
from metrics.answer import Answer, copied
from metrics.catalogue import ids, lineage
from metrics.connection import Snapshot, cursor, ticket
from metrics.days import FIRST_DAY
from metrics.definition import AFTERWARDS
from metrics.disclosure import publish
from metrics.exact import exact, questions_of, usual_day
from metrics.once import Once
from metrics.query import Question
from metrics.rights import Bevoegdheid

_PER_YEAR = ("instroom", "pip_op_tijd", "intake_tot_pip", "examen_per_poging", "tevredenheid", "aanwezigheid")
_PER_MUNICIPALITY = (
    "instroom", "pip_op_tijd", "routewissel", "participatie_actief", "betaald_werk", "termijn_verstreken",
)  # fmt: skip
PUBLICATIE: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((id, ()) for id in ids()),
    *((id, ("jaar",)) for id in _PER_YEAR),
    *((id, ("gemeente",)) for id in _PER_MUNICIPALITY),
)
_EVERYBODY = Bevoegdheid(None)
_OF_NOBODY = {"tevredenheid", "uitnodigingen"}  # tables that do not say of which municipality someone is
_made: Once[tuple[Answer, ...]] = Once(4)
Days = tuple[date | None, date | None, date | None]


def fixed_publication(snapshot: Snapshot, motor: str = "duckdb") -> tuple[Answer, ...]:
    """Every table of PUBLICATIE after the guard, in that order: all municipalities, usual peildatum, whole period."""
    key = (*ticket(snapshot), motor)
    return tuple(copied(answer) for answer in _made.get(key, lambda: _weighed(snapshot, motor)))


def _weighed(snapshot: Snapshot, motor: str) -> tuple[Answer, ...]:
    questions = [question for id, per in PUBLICATIE for question in questions_of([id], {}, per)]
    return tuple(publish(exact(questions, snapshot, _EVERYBODY, (None, None, None), motor)))


def of_nobody(id: str) -> bool:
    """Whether a figure counts answers of which nobody knows the municipality: it cannot be kept to some of them.

    Some deliveries write a municipality beside an answer. That column may be empty and the figure does not know it, so
    it changes nothing here: an answer without it would be counted with one's own, or be missing from the total.
    """
    return bool(_OF_NOBODY & set(lineage(id)))


def guarded(
    questions: Sequence[Question], snapshot: Snapshot, voor: Bevoegdheid, days: Days, motor: str = "duckdb"
) -> list[Answer]:
    """Answers out of the fixed publication. Raises Gebruiksfout for what it does not hold, naming what it does."""
    _check_days(snapshot, days)
    tables = fixed_publication(snapshot, motor)
    return [_answer(question, tables, snapshot, voor, motor) for question in questions]


def _check_days(snapshot: Snapshot, days: Days) -> None:
    with cursor(snapshot) as connection:
        usual = usual_day(snapshot, connection)
    peildatum, van, tot = days
    if peildatum not in (None, usual) or van not in (None, FIRST_DAY) or tot not in (None, usual):
        raise Gebruiksfout(
            f"U ziet alleen gepubliceerde cijfers. Die zijn er met peildatum {usual:%d-%m-%Y} en over de hele periode "
            f"vanaf {FIRST_DAY:%d-%m-%Y}. Laat peildatum, van en tot weg."
        )


def _answer(question: Question, tables: Sequence[Answer], snapshot: Snapshot, voor: Bevoegdheid, motor: str) -> Answer:
    chosen = _with_rights(question, voor)
    fitting = [table for table in tables if table.cijfer == question.definition.id and _fits(table, question, chosen)]
    if not fitting:
        raise Gebruiksfout(_refusal(question, voor))
    table = min(fitting, key=lambda one: len(one.dims))
    rows = [
        {key: value for key, value in row.items() if key not in table.dims or key in question.dims}
        for row in table.rijen
        if all(_text(row[name]) in {_text(value) for value in values} for name, values in chosen.items())
    ]
    if not rows and not question.dims:
        # that nobody is in a row that is not there, the table told already: its zero is no news
        asked = Question(question.definition, tuple(sorted(chosen.items())), ())
        return publish(exact([asked], snapshot, _EVERYBODY, (None, None, None), motor))[0]
    return replace(table, filters=dict(chosen), per=question.per, rijen=rows)


def _with_rights(question: Question, voor: Bevoegdheid) -> Mapping[str, tuple[Any, ...]]:
    """The filters, with one's own municipalities as one of them."""
    chosen = dict(question.filters)
    if voor.gemeenten is None or not (question.definition.personen or "gemeente" in question.definition.filterbaar):
        return chosen
    mine = chosen.get("gemeente", tuple(sorted(voor.gemeenten)))
    return chosen | {"gemeente": tuple(one for one in mine if one in voor.gemeenten)}


def _fits(table: Answer, question: Question, chosen: Mapping[str, tuple[Any, ...]]) -> bool:
    """Whether picking rows of this table is the answer: nothing has to be added up."""
    known = {*table.dims, *(AFTERWARDS if question.definition.soort == "incidentie" else ())}
    if not set(question.dims) | set(chosen) <= known:
        return False
    return all(len(chosen.get(name, ())) == 1 for name in table.dims if name not in question.dims)


def _text(value: Any) -> str:
    return str(value)


def _refusal(question: Question, voor: Bevoegdheid) -> str:
    id = question.definition.id
    splits = [per[0] for known, per in PUBLICATIE if known == id and per]
    if voor.gemeenten is not None:
        mine = "U ziet alleen gepubliceerde cijfers van uw gemeente."
        if "gemeente" in (*splits, *question.definition.eigen):
            return f"{mine} Het cijfer {id} is er per gemeente over de hele periode, zonder andere keuzes."
        return f"{mine} Het cijfer {id} is niet per gemeente gepubliceerd. Wel: {', '.join(_PER_MUNICIPALITY)}."
    parts = " of ".join(["zonder splitsing", *(f"per {name}" for name in splits)])
    picks = ", ".join(dict.fromkeys((*splits, *question.definition.eigen)))
    told = f" Filteren kan op: {picks}." if picks else " Filteren kan niet."
    return f"U ziet alleen gepubliceerde cijfers. Het cijfer {id} is er {parts}.{told}"
