"""Where the definitions run. An engine takes one SQL text in DuckDB's dialect with bound values, and gives rows.

Everything else (filters, rights, statistics, the publication guard) is the same for every engine. The usual one is
DuckDB, inside this program. Apache Spark takes its place where one machine is outgrown: the same text, transpiled.
"""

from metrics.connection import Connection, Snapshot, cursor

MOTOREN = ("duckdb", "spark")


def connect(snapshot: Snapshot, motor: str = "duckdb") -> Connection:
    """A connection to the momentopname by way of this engine; close it after use.

    Raises Gebruiksfout when Spark is asked for and is not installed.
    """
    if motor == "spark":
        from metrics.engines.spark import SparkConnection  # an extra: only who asks for it needs it

        return SparkConnection(snapshot)
    return cursor(snapshot)
