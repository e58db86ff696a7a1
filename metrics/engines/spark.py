"""Apache Spark over Parquet: the same definitions where one machine is outgrown (a national benchmark).

Where it runs: `INBURGERING_SPARK_MASTER` (usually two threads of this machine). Where the Parquet lies:
`INBURGERING_SPARK_MAP`, a folder that every machine of the cluster sees (usually the cache of the work folder).
Everything else is set as Spark itself has it, in spark-defaults.conf under SPARK_CONF_DIR.
"""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.fouten import Gebruiksfout
from metrics.connection import Snapshot
from metrics.engines.dialect import BASE, frozen, spark_types, to_spark
from metrics.engines.parquet import export

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[2]"
_LOG_SETTINGS = Path(__file__).with_name("log4j2.properties")
_ABSENT = (
    "Rekenen met Spark vraagt om een extra: pip install 'inburgeringsmonitor[spark]', of: pip install pyspark. "
    "Zonder --motor rekent het programma met DuckDB; de antwoorden zijn gelijk."
)
_NO_JAVA = (
    "Rekenen met Spark vraagt om Java 17 of nieuwer en dat is hier niet gevonden. "
    "Op Debian: sudo apt-get install openjdk-17-jre-headless"
)


class SparkResult:
    """Names and rows of one query, as a DuckDB cursor gives them."""

    def __init__(self, names: list[str], rows: list[tuple[Any, ...]]) -> None:
        self.description = [(name,) for name in names]
        self._rows = rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows[0] if self._rows else None


class SparkConnection:
    """A momentopname seen through Spark. The tables are views of this connection alone."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._session = _session().newSession()
        self._folder, self._tables = export(snapshot, _folder(snapshot))
        self._schema = frozen(self._tables)
        self._views: set[str] = set()

    def execute(self, query: str, parameters: Mapping[str, Any] | None = None, /) -> SparkResult:
        """Run one query in DuckDB's dialect; values are bound by name, never written into the text."""
        bound = {name: _value(value) for name, value in (parameters or {}).items()}
        text = to_spark(query, self._schema)
        self._know(set(re.findall(rf"\b{BASE}(\w+)", text)) & set(self._tables) - self._views)
        frame = self._session.sql(text, args=bound)
        return SparkResult(frame.columns, [tuple(row) for row in frame.collect()])

    def _know(self, tables: set[str]) -> None:
        """Views of the tables that a query reads, made when it first does: each costs more than a small answer."""
        for table in tables:
            file = f"file://{(self._folder / f'{table}.parquet').resolve()}"
            reader = self._session.read.schema(spark_types(self._tables[table]))
            reader.parquet(file).createOrReplaceTempView(BASE + table)
        self._views |= tables

    def close(self) -> None:
        """Forget the views; Spark itself stays for the next question and ends with the program."""
        for table in self._views:
            self._session.catalog.dropTempView(BASE + table)
        self._views.clear()

    def __enter__(self) -> "SparkConnection":
        return self

    def __exit__(self, kind: Any, fault: Any, trace: Any, /) -> None:
        self.close()


def _value(value: Any) -> Any:
    """A list is bound as an array of its values."""
    if isinstance(value, list):
        from pyspark.sql import functions

        return functions.array(*(functions.lit(one) for one in value))
    return value


def _folder(snapshot: Snapshot) -> Path:
    given = os.environ.get("INBURGERING_SPARK_MAP")
    return Path(given) if given else snapshot.path.parent.parent / "cache" / "parquet"


def _session() -> "SparkSession":
    """Spark of this program: started once, or the one that is already running."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Gebruiksfout(_ABSENT) from None
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise Gebruiksfout(_NO_JAVA)
    if (running := SparkSession.getActiveSession()) is not None:
        return running
    master = os.environ.get("INBURGERING_SPARK_MASTER", LOCAL)
    builder = (
        SparkSession.Builder()
        .master(master)
        .appName("inburgeringsmonitor")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        # a wrong number or date must stop, not become empty
        .config("spark.sql.ansi.enabled", "true")
    )
    if master.startswith("local"):
        # on this machine alone: nothing listens outside it, and small tables need no parts
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = (
            builder.config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={_LOG_SETTINGS.as_uri()}")
        )
    return builder.getOrCreate()
