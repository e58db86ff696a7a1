"""What a figure about time says from month to month, not only at its own horizons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.fouten import Gebruiksfout
from metrics.answer import Answer
from metrics.compute import default_peildatum
from metrics.connection import Snapshot, cursor
from metrics.days import FIRST_DAY
from metrics.exact import counted, definition_of
from metrics.query import ask
from metrics.ready import shelf
from metrics.rights import Bevoegdheid

_MONTH = 30.4375
_LONGEST = 36  # months: what comes later is known of few
_WEEKS = 26  # and for a figure that is about weeks
_ONE_END = {"intake_tot_pip": "PIP"}  # figures of one kind of end, whose definition does not name it


def curve(
    id: str,
    snapshot: Snapshot,
    *,
    voor: Bevoegdheid,
    peildatum: date | None = None,
    van: date | None = None,
    tot: date | None = None,
    filters: Mapping[str, Sequence[Any]] | None = None,
) -> Answer:
    """The incidence of each end, and who is still open, at 0 to 36 months (0 to 26 weeks where one end is all there
    is); rows as those of an incidence.

    Each step between two months gives single persons away, so this is never published. Raises Gebruiksfout for who may
    see only what is published, and for a figure that is not about time.
    """
    definition = definition_of(id)
    if definition.soort != "incidentie" and id not in _ONE_END:
        raise Gebruiksfout(f"Het cijfer {id} gaat niet over de tijd tot iets gebeurt; een verloop in de tijd kan niet.")
    if not voor.exact:
        raise Gebruiksfout("Dit verloop gaat over kleine stappen en wordt niet gepubliceerd.")
    steps = [7 * week for week in range(_WEEKS + 1)] if id in _ONE_END else [
        round(_MONTH * month) for month in range(_LONGEST + 1)
    ]  # fmt: skip
    wide = {"soort": "incidentie", "horizonnen": tuple(sorted({*steps, *definition.horizonnen}))}
    if id in _ONE_END:
        wide["einden"] = (_ONE_END[id],)
    question = ask(definition.model_copy(update=wide), filters or {}, ())
    day = peildatum or default_peildatum(snapshot)
    with cursor(snapshot) as connection:
        start, end = van or FIRST_DAY, tot or day
        rows = counted(connection, question, voor, (day, start, end), shelf(snapshot))
    return Answer(id, question.definition, day, start, end, snapshot.id, dict(question.filters), (), rows)
