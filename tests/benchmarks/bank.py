"""A warehouse of any size for benchmarks, filled by DuckDB itself: about 40 rows for every person, none real."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

SCHEMA = Path(__file__).parents[2] / "etl" / "warehouse" / "schema.sql"
LAST = date(2025, 8, 20)
_ROUTE = "CASE WHEN r < 0.60 THEN 'B1' WHEN r < 0.85 THEN 'onderwijs' ELSE 'Z' END"
_CONTRACT = "CASE leerroute WHEN 'B1' THEN 'danner-b1' WHEN 'Z' THEN 'danner-z' ELSE 'vu-onderwijs' END"
_STEPS = (
    # 1 row: everybody, in forty municipalities
    """INSERT INTO personen SELECT (hash(i) >> 1)::BIGINT, 1960 + (random() * 45)::INT,
        CASE WHEN random() < 0.5 THEN 'man' ELSE 'vrouw' END, lpad((300 + (i % 40))::VARCHAR, 4, '0'),
        CASE WHEN r < 0.5 THEN 'asielstatushouder' WHEN r < 0.65 THEN 'nareiziger' WHEN r < 0.9 THEN 'gezinsmigrant'
          ELSE 'overige migrant' END, plicht, CASE WHEN r < 0.6 THEN plicht + (random() * 60)::INT END,
        CASE WHEN random() < 0.06 THEN plicht + 200 + (random() * 500)::INT END, plicht, 1, i
        FROM (SELECT i, random() AS r, DATE '2022-01-01' + (random() * 1300)::INT AS plicht FROM range($n) AS t(i))""",
    # 1: the traject
    """INSERT INTO trajecten SELECT persoon, intake, NULL, intake + (random() * 60)::INT, pip, einde,
        CASE WHEN einde IS NOT NULL THEN CASE WHEN random() < 0.8 THEN 'voldaan' ELSE 'ontheffing' END END,
        CASE WHEN random() < 0.7 THEN 'B1 haalbaar' ELSE 'B1 niet haalbaar' END, NULL, 1, rij
        FROM (SELECT *, CASE WHEN random() < 0.5 THEN pip + 200 + (random() * 900)::INT END AS einde
          FROM (SELECT persoon, rij, datum_plichtig + 20 AS intake,
            CASE WHEN random() < 0.9 THEN datum_plichtig + 30 + (random() * 70)::INT END AS pip FROM personen))""",
    # 1.3: the routes
    f"""INSERT INTO leerroutes SELECT persoon, leerroute, {_CONTRACT}, start, einde,
        CASE WHEN einde IS NULL THEN NULL WHEN random() < 0.7 THEN 'afgerond' WHEN random() < 0.5 THEN 'uitval'
          ELSE 'overstap' END, NULL, 1, rij
        FROM (SELECT persoon, {_ROUTE} AS leerroute, datum_pip + 10 AS start,
            CASE WHEN random() < 0.6 THEN datum_pip + 60 + (random() * 700)::INT END AS einde, rij
          FROM (SELECT *, random() AS r FROM trajecten WHERE datum_pip IS NOT NULL))""",
    f"""INSERT INTO leerroutes SELECT persoon, leerroute, {_CONTRACT}, einde + 1, NULL, NULL, NULL, 1, rij
        FROM (SELECT persoon, einde, rij, {_ROUTE} AS leerroute
          FROM (SELECT *, random() AS r FROM leerroutes WHERE reden_einde = 'overstap'))""",
    # 3: the parts
    """INSERT INTO onderdelen SELECT persoon, onderdeel, 'vluchtelingenwerk-' || lower(substr(onderdeel, 1, 3)), start,
        CASE WHEN klaar THEN start + 120 + (random() * 300)::INT END, CASE WHEN klaar THEN 5 + random() * 55 END,
        CASE WHEN klaar THEN 'afgerond' ELSE 'loopt' END, random() < 0.3, NULL, NULL, NULL, 1, rij
        FROM (SELECT persoon, rij, datum_plichtig + (random() * 200)::INT AS start, onderdeel, random() < 0.7 AS klaar
          FROM personen, (VALUES ('PVT'), ('MAP'), ('brugklas'), ('maatschappelijke begeleiding'),
            ('financieel ontzorgen')) AS o(onderdeel) WHERE random() < 0.6)""",
    # 3: exams
    """INSERT INTO examens SELECT persoon, onderdeel, CASE WHEN random() < 0.6 THEN 'B1' ELSE 'A2' END,
        datum_pip + 200 + (random() * 700)::INT,
        CASE WHEN random() < 0.6 THEN 'geslaagd' ELSE 'gezakt' END, NULL, 1, rij
        FROM trajecten, (VALUES ('lezen'), ('luisteren'), ('schrijven'), ('spreken'), ('KNM')) AS o(onderdeel)
        WHERE datum_pip IS NOT NULL AND random() < 0.7""",
    """INSERT INTO besluiten SELECT persoon, datum_plichtig + (random() * 700)::INT,
        CASE WHEN r < 0.3 THEN 'verlenging' WHEN r < 0.6 THEN 'boete'
          WHEN r < 0.8 THEN 'waarschuwing' ELSE 'afschaling' END,
        CASE WHEN random() < 0.6 THEN 'Wi2021' ELSE 'Participatiewet' END, NULL,
        CASE WHEN r < 0.3 THEN 6 END, NULL, 1, rij
        FROM (SELECT *, random() AS r FROM personen, range(2)) WHERE random() < 0.25""",
    """INSERT INTO participatie SELECT persoon, CASE WHEN random() < 0.4 THEN 'betaald werk' WHEN random() < 0.5
        THEN 'opleiding' ELSE 'vrijwilligerswerk' END, start,
        CASE WHEN random() < 0.5 THEN start + (random() * 400)::INT END,
        NULL, 1, rij FROM (SELECT persoon, rij, datum_plichtig + (random() * 700)::INT AS start FROM personen, range(2)
          WHERE random() < 0.6)""",
    # 28: hours, fourteen months of two kinds for every spell
    """INSERT INTO uren SELECT persoon, contract, date_trunc('month', start)::DATE + to_months(m::INT), soort, geplande,
        geplande * (0.5 + random() / 2), 1, rij
        FROM (SELECT persoon, contract, start, rij, m, soort, round(8 + random() * 40) AS geplande
          FROM leerroutes, range(14) AS t(m), (VALUES ('taal'), ('participatie')) AS s(soort))""",
    """INSERT INTO uitkeringen SELECT persoon, start, CASE WHEN random() < 0.5 THEN start + (random() * 900)::INT END,
        'werk', 1, rij FROM (SELECT persoon, rij, datum_plichtig + 30 AS start FROM personen WHERE random() < 0.6)""",
    """INSERT INTO tevredenheid SELECT CASE WHEN random() < 0.5 THEN 'PVT' ELSE 'MAP' END, 'danner-b1', NULL,
        datum_plichtig + 90, 1 + (random() * 9)::INT, 1, rij FROM personen WHERE random() < 0.5""",
    """INSERT INTO boekingen SELECT 'b' || i, DATE '2022-01-01' + (random() * 1300)::INT,
        lpad((300 + (i % 40))::VARCHAR, 4, '0'), CASE WHEN i % 4 = 0 THEN 'uitvoering' ELSE 'voorzieningen' END,
        CASE WHEN i % 4 = 0 THEN 'personeel' ELSE 'leerroute' END, NULL, NULL, 'realisatie',
        round(random() * 5000, 2), 1, i FROM range($n // 2) AS t(i)""",
    """INSERT INTO ref_routes VALUES ('asielstatushouder', 'B1', 0.6, 'proef'), ('asielstatushouder', 'onderwijs', 0.25,
        'proef'), ('asielstatushouder', 'Z', 0.15, 'proef')""",
    """INSERT INTO ref_tarieven SELECT 2022 + j, d, 10000, 'proef' FROM range(4) AS t(j),
        (VALUES ('asielstatushouder'), ('gezinsmigrant')) AS x(d)""",
    "INSERT INTO ref_uitvoering SELECT 2022 + j, '0300', 100000, 0.5, 2.2, 1400, 'proef' FROM range(4) AS t(j)",
    """INSERT INTO contracten SELECT c, DATE '2022-01-01', DATE '2025-12-31', 'kwartaal', 28
        FROM (VALUES ('danner-b1'), ('danner-z')) AS x(c)""",
    """INSERT INTO rapportages SELECT contract, (2022 + k // 4) || '-K' || (k % 4 + 1),
        last_day(make_date(2022 + k // 4, 3 * (k % 4) + 3, 1)) + 20, false, 1 FROM contracten, range(14) AS t(k)""",
    """INSERT INTO uitnodigingen SELECT 'PVT', 'danner-b1', (2022 + k // 4) || '-K' || (k % 4 + 1), 1000, 1, k
        FROM range(14) AS t(k)""",
    """INSERT INTO taakstelling SELECT (2022 + h // 2) || '-' || (h % 2 + 1),
        lpad((300 + g)::VARCHAR, 4, '0'), 100, 1, h
        FROM range(7) AS t(h), range(40) AS s(g)""",
)


@dataclass(frozen=True)
class File:
    """Stands in for a momentopname of etl: same face, same settings, a real file."""

    id: str
    path: Path

    def connect(self) -> duckdb.DuckDBPyConnection:
        locked: dict[str, str | bool | int | float | list[str]] = {
            "enable_external_access": "false",
            "lock_configuration": "true",
        }
        return duckdb.connect(str(self.path), read_only=True, config=locked)


def fill(path: Path, persons: int) -> File:
    """A warehouse of this many persons; the same every time."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        connection.execute("SELECT setseed(0.5)")
        for step in _STEPS:
            connection.execute(step, {"n": persons} if "$n" in step else {})
    return File(f"bank-{persons}", path)
