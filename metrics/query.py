"""Filters and splits: from a question to one SQL text with bound parameters. No value ever enters the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlglot
from sqlglot import exp

from data.fouten import Gebruiksfout
from metrics.catalogue import check, check_compiled, outputs
from metrics.connection import Connection
from metrics.definition import AFTERWARDS, PERSON, STILL_OPEN, TWO_YEARS, Definition
from metrics.shadow import CONTRACTS_OF, FIRST_ROUTE, PERSON_SQL, SHADOWS, TIME_SQL, UNSEEN

_VALUES = {
    "doelgroep": ("asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"),
    "leerroute": ("B1", "onderwijs", "Z"),
    "geslacht": ("man", "vrouw", "x", "onbekend"),
    "leeftijd": ("<25", "25-34", "35-44", "45+"),
}
_NUMBERS = {
    "cohort": "een jaar, bijvoorbeeld cohort=2024",
    "jaar": "een jaar, bijvoorbeeld jaar=2024",
    "horizon": "een aantal dagen, bijvoorbeeld horizon=365",
}
_FORMS = {
    "kwartaal": (re.compile(r"\d{4}-K[1-4]"), "2024-K2"),
    "maand": (re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "2024-03"),
    "halfjaar": (re.compile(r"\d{4}-[12]"), "2024-1"),
}


@dataclass(frozen=True)
class Question:
    """What is asked of one figure, after checking. `filters` are sorted tuples of (name, values)."""

    definition: Definition
    filters: tuple[tuple[str, tuple[Any, ...]], ...]
    per: tuple[str, ...]

    @property
    def dims(self) -> tuple[str, ...]:
        """The dimensions of the rows: own ones first, then what was asked."""
        return tuple(dict.fromkeys((*self.definition.eigen, *self.per)))


def ask(definition: Definition, filters: Mapping[str, Sequence[Any]], per: Sequence[str]) -> Question:
    """Check a question. Raises Gebruiksfout that names what is possible when a filter or split makes no sense."""
    faults = [
        f"Bij het cijfer {definition.id} kan niet op '{name}' worden {verb}. "
        f"Wel mogelijk: {', '.join(possible) or 'niets'}."
        for names, possible, verb in (
            (filters, definition.filterbaar, "gefilterd"),
            (per, definition.mogelijk, "gesplitst"),
        )
        for name in names
        if name not in possible and not (name == TWO_YEARS and names is per and "jaar" in definition.dimensies)
    ]
    if faults:
        raise Gebruiksfout(faults if len(faults) > 1 else faults[0])
    checked = tuple(sorted((name, _values(definition, name, values)) for name, values in filters.items() if values))
    return Question(definition, checked, tuple(dict.fromkeys(per)))


def _values(definition: Definition, name: str, values: Sequence[Any]) -> tuple[Any, ...]:
    if isinstance(values, str | int):
        values = [values]
    if name in _NUMBERS:
        try:
            return tuple(sorted({int(value) for value in values}))
        except (TypeError, ValueError):
            raise Gebruiksfout(f"Bij {name} hoort {_NUMBERS[name]}.") from None
    if name in _FORMS:
        form, example = _FORMS[name]
        if wrong := [str(value) for value in values if not form.fullmatch(str(value))]:
            raise Gebruiksfout(f"'{wrong[0]}' is geen {name}. Schrijf {name}={example}.")
    if name == "gemeente":
        return tuple(sorted({str(value).zfill(4) if str(value).isdigit() else str(value) for value in values}))
    known = (*definition.einden, STILL_OPEN) if name == "einde" else _VALUES.get(name, ())
    allowed = {value.lower(): value for value in known}
    found = set()
    for value in values:
        text = str(value)
        if allowed and text.lower() not in allowed:
            raise Gebruiksfout(f"'{text}' bestaat niet bij {name}. Kies uit: {', '.join(allowed.values())}.")
        found.add(allowed.get(text.lower(), text))
    return tuple(sorted(found))


def units(question: Question, *, without: Sequence[str] = ()) -> str:
    """The SQL of the units that count, with every dimension asked as a column; `without` leaves filters out."""
    names = tuple(name for name, _ in question.filters if name not in (*without, *AFTERWARDS))
    return _units(question.definition.id, question.definition.sql, question.dims, names)


@lru_cache(maxsize=256)
def reads_period(id: str, sql: str) -> bool:
    """Whether a definition itself looks at the period: its units are others for another one."""
    tree = sqlglot.parse_one(_written(sql, id)[0], read="duckdb")
    return bool({one.name for one in tree.find_all(exp.Placeholder, exp.Parameter)} & {"van", "tot"})


def contracts_of() -> str:
    """The SQL of who is in which contract, as far as it is known on the peildatum and one's rights go."""
    shadows = [f"_unseen AS ({UNSEEN})", *(f"{name} AS ({SHADOWS[name]})" for name in ("leerroutes", "onderdelen"))]
    return f"WITH {', '.join(shadows)} SELECT * FROM ({CONTRACTS_OF})"


@lru_cache(maxsize=2048)
def _units(id: str, sql: str, dims: tuple[str, ...], filters: tuple[str, ...]) -> str:
    own = set(outputs(id))
    personal = "persoon" in own
    needed = tuple(dict.fromkeys((*dims, *filters)))
    joins, columns = [], []
    person_needed = [name for name in needed if name in PERSON and name not in own]
    if person_needed and not personal:
        raise ValueError(f"{id} has no person to know {person_needed} of")
    if any(name not in ("contract", "leerroute") for name in person_needed):
        joins.append("LEFT JOIN personen AS p ON u.persoon = p.persoon")
    if "leerroute" in person_needed:
        joins.append("LEFT JOIN _first AS f ON u.persoon = f.persoon")
    if "contract" in dims and "contract" in person_needed:
        joins.append("LEFT JOIN _contracts AS c ON u.persoon = c.persoon")
    for name in needed:
        if name in own:
            continue
        if name == "contract":
            if name in dims:
                columns.append("c.contract AS contract")
            continue
        source = TIME_SQL.get(name) or PERSON_SQL[name]
        columns.append(f"{source} AS {name}")
    where = ["u.datum BETWEEN $van AND $tot"] if "datum" in own else []
    for name in filters:
        if name == "contract" and name not in own:
            where.append(
                "u.persoon IN (SELECT persoon FROM _contracts WHERE contract IN (SELECT unnest($f_contract)))"
                + (" AND c.contract IN (SELECT unnest($f_contract))" if name in dims else "")
            )
            continue
        source = f"u.{name}" if name in own else TIME_SQL.get(name) or PERSON_SQL[name]
        where.append(f"{source} IN (SELECT unnest($f_{name}))")
    definition, tables = _written(sql, id)
    used = tables | {"personen"}
    used |= {"leerroutes"} if {"leerroute", "contract"} & set(person_needed) else set()
    used |= {"onderdelen"} if "contract" in person_needed else set()
    shadows = [f"_unseen AS ({UNSEEN})"]
    shadows += [f"{name} AS ({SHADOWS[name]})" for name in SHADOWS if name in used]
    if "leerroute" in person_needed:
        shadows.append(f"_first AS ({FIRST_ROUTE})")
    if "contract" in person_needed:
        shadows.append(f"_contracts AS ({CONTRACTS_OF})")
    shadows.append(f"_units AS ({definition})")
    extra = "".join(f", {column}" for column in columns)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    text = f"WITH {', '.join(shadows)}, _u AS (SELECT u.*{extra} FROM _units AS u {' '.join(joins)}{condition})"
    check_compiled(f"{text} SELECT * FROM _u", id)
    return text


@lru_cache(maxsize=256)
def _written(sql: str, id: str) -> tuple[str, frozenset[str]]:
    """A definition as DuckDB reads it, and the base tables in it: the same for every split and filter. Raises
    WrongDefinition when it may not run."""
    check(sql, id)
    tree = sqlglot.parse_one(sql, read="duckdb")
    return tree.sql(dialect="duckdb"), frozenset({one.name for one in tree.find_all(exp.Table)} & set(SHADOWS))


def run(connection: Connection, sql: str, parameters: Mapping[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run with the parameters that the text uses; gives the names of the columns and the rows."""
    used = {name: value for name, value in parameters.items() if f"${name}" in sql}
    cursor = connection.execute(sql, used)
    return [column[0] for column in cursor.description or []], cursor.fetchall()
