"""All figures, read once; each is checked before it first runs (checking all costs every command 0.3 s): one SELECT,
known tables and columns, only allowed functions and placeholders."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from metrics import definition
from metrics.definition import Definition
from metrics.shadow import SHADOWS

_FOLDER = Path(__file__).parent / "definitions"
_PLACEHOLDERS = {"peildatum", "van", "tot"}
_BOUND = {"alle", "gemeenten"}  # and f_<filter>: bound by the mechanism, never in a definition
_FORBIDDEN = (
    exp.Insert, exp.Update, exp.Delete, exp.Create, exp.Drop, exp.Alter, exp.Command, exp.Pragma, exp.Set, exp.Copy,
    exp.Attach, exp.Detach, exp.Into, exp.ReadCSV, exp.ReadParquet,
)  # fmt: skip
# everything that a definition may call, by sqlglot's name; whatever is not here is refused
_FUNCTIONS = {
    "Abs", "And", "Any", "ArgMax", "ArgMin", "Between", "Case", "Cast", "Coalesce", "Concat", "Count", "DateFromParts",
    "DateTrunc", "DPipe", "Exists", "Explode", "GenerateSeries", "Greatest", "If", "LastDay", "Least",
    "LogicalAnd", "LogicalOr", "Lower",
    "Max", "Min", "Not", "Nullif", "Or", "Quarter", "RowNumber", "StrToTime", "Substring", "Sum", "TimeToStr",
    "TimestampTrunc", "Unnest", "Year",
}  # fmt: skip
_INTERNAL = {"_units", "_u", "_first", "_contracts"}


class WrongDefinition(ValueError):
    """A definition that may not run: a fault of ours."""


def ids() -> tuple[str, ...]:
    """Every figure's id, without reading what it is."""
    return tuple(path.stem for path in sorted(_FOLDER.glob("*.sql")))


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Definition]:
    """Every figure by id, in the order of the sub-goals. Whether it may run is looked at by who runs it."""
    found = [definition.read(path) for path in sorted(_FOLDER.glob("*.sql"))]
    goals = (
        "instroom",
        "tijdigheid",
        "snelheid",
        "maatwerk",
        "kwaliteit",
        "dualiteit",
        "kosten",
        "handhaving",
        "gegevens",
    )
    return MappingProxyType({one.id: one for one in sorted(found, key=lambda one: (goals.index(one.subdoel), one.id))})


@lru_cache(maxsize=1)
def _schema() -> dict[str, dict[str, str]]:
    """The columns of the shadows, read from the shadows themselves."""
    columns = {}
    for name, sql in SHADOWS.items():
        columns[name] = dict.fromkeys(_selected(sql), "VARCHAR")
    return columns


def check(sql: str, name: str = "") -> Any:
    """Parse a definition and refuse what it may not hold; gives the tree with every column's table filled in."""
    try:
        trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    except SqlglotError as fault:
        raise WrongDefinition(f"{name}: {fault}") from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise WrongDefinition(f"{name}: exactly one SELECT is expected")
    tree = trees[0]
    if tree.find(*_FORBIDDEN):
        raise WrongDefinition(f"{name}: only a SELECT is allowed")
    for placeholder in (*tree.find_all(exp.Placeholder), *tree.find_all(exp.Parameter)):
        if placeholder.name not in _PLACEHOLDERS:
            raise WrongDefinition(f"{name}: placeholder {placeholder.name} is not known")
    _check_functions(tree, name)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.db or table.catalog:
            raise WrongDefinition(f"{name}: table {table.sql()} must be named without its schema")
        if not isinstance(table.this, exp.Identifier):
            raise WrongDefinition(f"{name}: {table.sql()} is not a table")
        if table.name not in SHADOWS and table.name not in own:
            raise WrongDefinition(f"{name}: table {table.name} is not known")
    try:
        return qualify(tree.copy(), schema=_schema(), dialect="duckdb", validate_qualify_columns=True)  # pyright: ignore
    except SqlglotError as fault:
        raise WrongDefinition(f"{name}: {fault}") from None


def check_compiled(sql: str, name: str = "") -> None:
    """Look once more at the text that will run: base tables only inside their own shadow."""
    trees = sqlglot.parse(sql, read="duckdb")
    tree = trees[0]
    if len(trees) != 1 or not isinstance(tree, exp.Query) or tree.find(*_FORBIDDEN):
        raise WrongDefinition(f"{name}: only one SELECT may run")
    _check_functions(tree, name)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.catalog or not isinstance(table.this, exp.Identifier):
            raise WrongDefinition(f"{name}: {table.sql()} may not be read")
        if table.db:
            shadow = table.find_ancestor(exp.CTE)
            mine = None if shadow is None else "personen" if shadow.alias == "_unseen" else shadow.alias
            if table.db != "main" or mine != table.name or table.name not in SHADOWS:
                raise WrongDefinition(f"{name}: {table.sql()} walks around its shadow")
        elif table.name not in own:
            raise WrongDefinition(f"{name}: table {table.name} is not shadowed")
    bound = {one.name for one in tree.find_all(exp.Placeholder, exp.Parameter) if not one.name.startswith("f_")}
    if unknown := bound - _PLACEHOLDERS - _BOUND:
        raise WrongDefinition(f"{name}: placeholder {unknown} is not known")


def _check_functions(tree: exp.Expr, name: str) -> None:
    for function in tree.find_all(exp.Func):
        kind = function.name if isinstance(function, exp.Anonymous) else type(function).__name__
        if kind not in _FUNCTIONS:
            raise WrongDefinition(f"{name}: function {kind} is not allowed")


@lru_cache(maxsize=256)
def lineage(id: str) -> Mapping[str, tuple[str, ...]]:
    """The tables that feed a figure, each with its columns."""
    found: dict[str, set[str]] = {}
    for scope in traverse_scope(check(catalogue()[id].sql, id)):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table):
                found.setdefault(source.name, set()).add(column.name)
        for source in scope.sources.values():
            if isinstance(source, exp.Table):
                found.setdefault(source.name, set())
    return {table: tuple(sorted(columns)) for table, columns in sorted(found.items())}


@lru_cache(maxsize=256)
def outputs(id: str) -> tuple[str, ...]:
    """The columns that a figure's SELECT gives."""
    return _selected(catalogue()[id].sql)


def _selected(sql: str) -> tuple[str, ...]:
    tree = sqlglot.parse_one(sql, read="duckdb")
    return tuple(tree.named_selects) if isinstance(tree, exp.Query) else ()
