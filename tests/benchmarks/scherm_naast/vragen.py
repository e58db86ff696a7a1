"""The questions of the page Instroom in plain SQL, as one would write them for a screen of Streamlit or Vizro.

They give less than ours: no interval, no guard, no rights, no person known by a later correction of the same day.
"""

import duckdb

PLACES = ["0375", "0377", "0392", "0396", "0397", "0453", "0473"]
_WHERE = "WHERE ($1 = 'alle' OR gemeentecode = $1)"
_WITH = f"WITH p AS (SELECT * FROM personen {_WHERE})"
SQL = {
    "per kwartaal": f"""{_WITH} SELECT year(datum_plichtig) || '-K' || quarter(datum_plichtig) AS kwartaal,
        count(*) AS aantal FROM p GROUP BY ALL ORDER BY 1""",
    "per gemeente": f"{_WITH} SELECT gemeentecode, count(*) AS aantal FROM p GROUP BY ALL ORDER BY 1",
    "taakstelling": f"""{_WITH} SELECT year(datum_huisvesting) || '-' || CASE WHEN month(datum_huisvesting) < 7 THEN 1
        ELSE 2 END AS halfjaar, count(*) AS aantal FROM p
        WHERE doelgroep IN ('asielstatushouder', 'nareiziger') AND datum_huisvesting IS NOT NULL
        GROUP BY ALL ORDER BY 1""",
    "routes": f"""{_WITH} SELECT leerroute, count(*) AS aantal FROM (SELECT persoon, arg_min(leerroute, start)
        AS leerroute FROM leerroutes JOIN p USING (persoon) GROUP BY persoon) GROUP BY ALL ORDER BY 1""",
    "aanbod": f"""{_WITH} SELECT onderdeel, doelgroep, count(DISTINCT persoon) AS aantal FROM onderdelen
        JOIN p USING (persoon) GROUP BY ALL ORDER BY 1, 2""",
}


def connect(path: str) -> duckdb.DuckDBPyConnection:
    """The momentopname, to read only."""
    return duckdb.connect(path, read_only=True)


def ask(connection: duckdb.DuckDBPyConnection, name: str, place: str):
    """One table as a frame of pandas."""
    return connection.cursor().execute(SQL[name], [place]).df()
