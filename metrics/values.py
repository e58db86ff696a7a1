"""Whether what is asked can exist at all: a day that has been, a municipality, a contract, a value of a list.

`compute` answers 0 for what does not occur; a person who mistypes is helped better by a sentence.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from data.fouten import Gebruiksfout
from data.vandaag import vandaag
from metrics.connection import Connection, Snapshot, cursor
from metrics.days import FIRST_DAY
from metrics.definition import Definition
from metrics.exact import questions_of, usual_day

_YEARS = (1900, 2100)
_PARTS = ("brugklas", "PVT", "MAP", "KNM", "maatschappelijke begeleiding", "financieel ontzorgen", "eurowijzer")
_EXAMS = ("lezen", "luisteren", "schrijven", "spreken", "KNM")
_OFFER = ("PIP", "leerroute", "PVT", "MAP", "brugklas", "maatschappelijke begeleiding", "financieel ontzorgen")
_DECISIONS = ("waarschuwing", "boete", "verlenging", "ontheffing", "vrijstelling", "afschaling", "maatregel")
# the lists of the standard layout, per dimension; where figures differ, per figure
_LISTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "onderdeel": {
        **dict.fromkeys(("examen_per_poging", "examen_eerste_poging", "examen_uiteindelijk"), _EXAMS),
        **dict.fromkeys(("tevredenheid", "respons"), (*_PARTS, "leerroute")),
        "onderdeel_geslaagd": _PARTS,
        "aanbod_gekregen": _OFFER,
    },
    "soort": {"aanwezigheid": ("taal", "participatie"), "besluiten": _DECISIONS},
    "grondslag": {"": ("Wi2021", "Participatiewet")},
    "reden_einde": {"": ("afgerond", "overstap", "uitval", "vertrokken")},
    "budget": {"": ("invoering", "uitvoering", "voorzieningen", "re-integratie")},
    "kostensoort": {"": (
        "brugklas", "leerroute", "maatschappelijke begeleiding", "PVT", "MAP", "tolk", "leerbaarheidstoets",
        "personeel", "software", "financiële zelfredzaamheid", "overig",
    )},
    "stand": {
        "pip_openstaand": ("te laat", "binnen vier weken"), "termijn_loopt_af": ("voorbij", "binnen zes maanden"),
    },
}  # fmt: skip


def check_possible(
    ids: Iterable[str],
    snapshot: Snapshot,
    *,
    peildatum: date | None = None,
    filters: Mapping[str, Sequence[Any]] | None = None,
    per: Sequence[str] = (),
) -> None:
    """Raises Gebruiksfout, with what is possible, for a question that makes no sense, a day that has not been, or a
    value that cannot occur in this momentopname."""
    questions = questions_of(list(dict.fromkeys(ids)), filters or {}, per)
    with cursor(snapshot) as connection:
        faults = _day_faults(snapshot, connection, peildatum)
        for question in questions:
            for name, values in question.filters:
                faults += _value_faults(connection, question.definition, name, [str(value) for value in values])
    if faults:
        raise Gebruiksfout(list(dict.fromkeys(faults)))


def _day_faults(snapshot: Snapshot, connection: Connection, day: date | None) -> list[str]:
    last = max(vandaag(), usual_day(snapshot, connection))
    if day is None or FIRST_DAY <= day <= last:
        return []
    when = "in de toekomst" if day > last else "voor de Wet inburgering 2021"
    return [
        f"De peildatum {day:%d-%m-%Y} ligt {when}. Kies een dag van {FIRST_DAY:%d-%m-%Y} tot en met {last:%d-%m-%Y}."
    ]


def _value_faults(connection: Connection, definition: Definition, name: str, values: Sequence[str]) -> list[str]:
    if name == "gemeente":
        rows = connection.execute("SELECT gemeentecode, gemeente FROM ref_gemeenten ORDER BY gemeentecode").fetchall()
        return _unknown_places(dict(rows), values)
    if name in ("jaar", "cohort"):
        return [
            f"'{value}' is geen jaar. Kies een jaar zoals {name}=2024."
            for value in values
            if value.isdigit() and not _YEARS[0] <= int(value) <= _YEARS[1]
        ]
    known = _known(connection, definition, name)
    return [
        f"'{value}' bestaat niet bij {name}. Kies uit: {', '.join(known)}."
        for value in values
        if known and value not in known
    ]


def _known(connection: Connection, definition: Definition, name: str) -> list[str]:
    """The values of a list; empty: anything may be asked."""
    if name == "contract":
        tables = (f"SELECT contract FROM {table}" for table in ("contracten", "leerroutes", "onderdelen"))
        rows = connection.execute(" UNION ".join(tables)).fetchall()
        return sorted(contract for (contract,) in rows if contract is not None)
    if name == "horizon":
        return [str(days) for days in definition.horizonnen]
    lists = _LISTS.get(name, {})
    return list(lists.get(definition.id, lists.get("", ())))


def _unknown_places(places: Mapping[str, str], values: Sequence[str]) -> list[str]:
    codes = {name.lower(): code for code, name in places.items()}
    faults = []
    for value in values:
        if not places or value.zfill(4) in places:
            continue
        near = difflib.get_close_matches(value.lower(), codes, 1, 0.8)
        hint = f"Bedoelt u {codes[near[0]]} ({places[codes[near[0]]]})?" if near else "Schrijf de code, zoals 0397."
        faults.append(f"'{value}' is geen code van een gemeente. {hint}")
    return faults
