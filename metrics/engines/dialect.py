"""From DuckDB's dialect to Spark's: what sqlglot does not know by itself, as rules on the tree."""

from collections.abc import Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

BASE = "basis_"  # the base tables are views with this prefix: the shadows keep the names of the tables
Schema = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def frozen(schema: Mapping[str, Mapping[str, str]]) -> Schema:
    """Tables with their columns and DuckDB types, in a form that a cache can hold."""
    return tuple((table, tuple(columns.items())) for table, columns in schema.items())


def spark_types(columns: Mapping[str, str]) -> str:
    """The columns of one table as Spark declares them."""
    kinds = {name: exp.DataType.build(kind, dialect="duckdb").sql(dialect="spark") for name, kind in columns.items()}
    return ", ".join(f"`{name}` {kind}" for name, kind in kinds.items())


@lru_cache(maxsize=2048)
def to_spark(sql: str, schema: Schema) -> str:
    """One query in Spark's dialect, with the same named placeholders; `schema` gives the types of the base tables.

    Raises sqlglot's ParseError for a text that is not DuckDB's.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.db or table.name not in own:
            table.set("db", None)
            alias = table.alias or table.name
            table.set("this", exp.to_identifier(BASE + table.name))
            table.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))
    types: dict[str, object] = {BASE + table: dict(columns) for table, columns in schema}
    tree = qualify(tree, schema=types, dialect="duckdb", validate_qualify_columns=False)
    tree = annotate_types(tree, schema=types, dialect="duckdb")
    for node in reversed(list(tree.walk())):  # the innermost first: a rule keeps the parts of its node
        changed = _rule(node)
        if changed is not node:
            node.replace(changed)
    return tree.sql(dialect="spark")


def _rule(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Sub) and _is_date(node.this) and _is_date(node.expression):
        return exp.DateDiff(this=node.this, expression=node.expression, unit=exp.var("DAY"))
    if isinstance(node, exp.In) and (values := _bound_list(node)) is not None:
        if (kind := node.this.type) is not None and not node.this.is_type("unknown"):
            # an empty list has no type of its own
            values = exp.cast(values, exp.DataType(this=exp.DType.ARRAY, expressions=[kind], nested=True))
        return exp.ArrayContains(this=values, expression=node.this)
    if isinstance(node, exp.Div):
        # DuckDB divides as floating point, Spark keeps decimals and loses digits
        return exp.Div(this=exp.cast(node.this, "DOUBLE"), expression=node.expression)
    if isinstance(node, exp.PercentileCont):
        return exp.Anonymous(this="percentile", expressions=[node.this, node.expression])
    return node


def _is_date(node: exp.Expr) -> bool:
    return node.is_type("date")


def _bound_list(node: exp.In) -> exp.Expr | None:
    """The placeholder in `x IN (SELECT unnest($list))`."""
    query = node.args.get("query")
    select = query.unnest() if query is not None else None
    if not isinstance(select, exp.Select) or select.args.get("from_") or len(select.expressions) != 1:
        return None
    inner = select.expressions[0].unalias()
    if not isinstance(inner, exp.Unnest | exp.Explode):
        return None
    found = inner.find(exp.Placeholder, exp.Parameter)
    return exp.Placeholder(this=found.name) if found is not None else None
