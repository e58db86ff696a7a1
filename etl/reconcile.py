"""Reconcile: the suppliers' own lists beside the municipality's records. Differences are findings, never corrections.

The newest report per contract and kwartaal is compared with the leerroutes and onderdelen of that contract that were
running in that kwartaal. An end after the kwartaal is not there yet, for both.
"""

import duckdb

_KWARTAAL_END = "last_day(make_date(left({0}, 4)::INTEGER, 3 * right({0}, 1)::INTEGER, 1))"


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table bevindingen."""
    _participants(connection)
    _late_and_missing(connection)
    connection.execute(
        "INSERT INTO bevindingen SELECT 'meer antwoorden dan uitnodigingen', u.contract, u.kwartaal, NULL, "
        "u.onderdeel, 'Er zijn meer antwoorden dan uitnodigingen; de respons is niet te berekenen.', "
        "u.levering, u.rij FROM uitnodigingen AS u "
        "JOIN (SELECT onderdeel, contract, year(datum) || '-K' || quarter(datum) AS kwartaal, "
        "count(*) AS n FROM tevredenheid GROUP BY ALL) AS t ON u.onderdeel = t.onderdeel AND u.kwartaal = t.kwartaal "
        "AND u.contract IS NOT DISTINCT FROM t.contract WHERE t.n > u.uitgenodigd ORDER BY u.levering, u.rij"
    )
    connection.execute(
        "INSERT INTO bevindingen SELECT 'intake na leerbaarheidstoets', NULL, NULL, persoon, NULL, "
        "'De leerbaarheidstoets is gedaan vóór de eerste intake.', levering, rij FROM trajecten "
        "WHERE datum_leerbaarheidstoets < datum_intake_1 ORDER BY levering, rij"
    )


def _participants(connection: duckdb.DuckDBPyConnection) -> None:
    end = _KWARTAAL_END.format("r.kwartaal")
    connection.execute(
        f"""
        CREATE TEMP TABLE periods AS
        SELECT DISTINCT r.contract, r.kwartaal, {end} AS laatste, {end} - INTERVAL 3 MONTH AS vorige
        FROM rapportages AS r WHERE NOT r.vervangen AND r.levering IN (SELECT levering FROM deelnemers)
        """
    )
    connection.execute(
        """
        CREATE TEMP TABLE paired AS
        WITH bought AS (
          SELECT persoon, leerroute AS onderdeel, contract, start, einde, reden_einde AS reden FROM leerroutes
          UNION ALL
          SELECT persoon, onderdeel, contract, start, einde, nullif(resultaat, 'loopt') FROM onderdelen),
        gemeente AS (
          SELECT p.contract, p.kwartaal, b.persoon, b.onderdeel, b.start,
            CASE WHEN b.einde <= p.laatste THEN b.einde END AS einde,
            CASE WHEN b.einde <= p.laatste THEN b.reden END AS reden
          FROM bought AS b JOIN periods AS p ON b.contract = p.contract
          WHERE b.start <= p.laatste AND (b.einde IS NULL OR b.einde > p.vorige)),
        aanbieder AS (
          SELECT d.contract, d.kwartaal, d.persoon, d.onderdeel, d.start, d.levering, d.rij,
            CASE WHEN d.einde <= p.laatste THEN d.einde END AS einde,
            CASE WHEN d.einde <= p.laatste THEN d.reden_einde END AS reden
          FROM deelnemers AS d JOIN periods AS p USING (contract, kwartaal)),
        g AS (SELECT *, row_number() OVER (PARTITION BY contract, kwartaal, persoon, onderdeel,
                NOT EXISTS (SELECT 1 FROM aanbieder AS a WHERE a.contract = gemeente.contract
                  AND a.kwartaal = gemeente.kwartaal AND a.persoon = gemeente.persoon
                  AND a.onderdeel = gemeente.onderdeel AND a.start = gemeente.start) ORDER BY start) AS nr,
                EXISTS (SELECT 1 FROM aanbieder AS a WHERE a.contract = gemeente.contract
                  AND a.kwartaal = gemeente.kwartaal AND a.persoon = gemeente.persoon
                  AND a.onderdeel = gemeente.onderdeel AND a.start = gemeente.start) AS gelijk FROM gemeente),
        a AS (SELECT *, row_number() OVER (PARTITION BY contract, kwartaal, persoon, onderdeel,
                NOT EXISTS (SELECT 1 FROM gemeente AS g WHERE g.contract = aanbieder.contract
                  AND g.kwartaal = aanbieder.kwartaal AND g.persoon = aanbieder.persoon
                  AND g.onderdeel = aanbieder.onderdeel AND g.start = aanbieder.start) ORDER BY start) AS nr,
                EXISTS (SELECT 1 FROM gemeente AS g WHERE g.contract = aanbieder.contract
                  AND g.kwartaal = aanbieder.kwartaal AND g.persoon = aanbieder.persoon
                  AND g.onderdeel = aanbieder.onderdeel AND g.start = aanbieder.start) AS gelijk FROM aanbieder)
        SELECT coalesce(g.contract, a.contract) AS contract, coalesce(g.kwartaal, a.kwartaal) AS kwartaal,
          coalesce(g.persoon, a.persoon) AS persoon, coalesce(g.onderdeel, a.onderdeel) AS onderdeel,
          g.persoon IS NOT NULL AS bij_gemeente, a.persoon IS NOT NULL AS bij_aanbieder,
          g.start AS g_start, a.start AS a_start, g.einde AS g_einde, a.einde AS a_einde,
          g.reden AS g_reden, a.reden AS a_reden, a.levering, a.rij,
          g.onderdeel IN ('B1', 'onderwijs', 'Z') AS route
        FROM g FULL JOIN a ON g.contract = a.contract AND g.kwartaal = a.kwartaal AND g.persoon = a.persoon
          AND g.onderdeel = a.onderdeel AND g.nr = a.nr AND g.gelijk = a.gelijk
          AND (NOT g.gelijk OR g.start = a.start)
        """
    )
    kinds = (
        ("alleen bij gemeente", "NOT bij_aanbieder", "Staat bij de gemeente, niet in de rapportage van de aanbieder."),
        ("alleen bij aanbieder", "NOT bij_gemeente", "Staat in de rapportage van de aanbieder, niet bij de gemeente."),
        ("andere start", "g_start <> a_start", "De aanbieder noemt een andere startdatum dan de gemeente."),
        (
            "ander einde",
            "bij_gemeente AND bij_aanbieder AND g_einde IS DISTINCT FROM a_einde",
            "De aanbieder noemt een andere einddatum dan de gemeente, of een van beide noemt geen einde.",
        ),
        (
            "andere reden",
            "g_einde IS NOT NULL AND a_einde IS NOT NULL AND CASE WHEN route THEN g_reden <> a_reden "
            "ELSE (g_reden = 'afgerond') <> (a_reden = 'afgerond') END",
            "De aanbieder noemt een andere reden van het einde dan de gemeente.",
        ),
    )
    for kind, condition, sentence in kinds:
        connection.execute(
            "INSERT INTO bevindingen SELECT ?, contract, kwartaal, persoon, onderdeel, ?, levering, rij FROM paired "
            f"WHERE {condition} ORDER BY contract, kwartaal, persoon, onderdeel, a_start, g_start",
            [kind, sentence],
        )


def _late_and_missing(connection: duckdb.DuckDBPyConnection) -> None:
    """A report is due `termijn_dagen` after its kwartaal; the newest date known stands for today."""
    connection.execute(
        """
        CREATE TEMP TABLE due AS
        WITH newest AS (SELECT max(d) AS d FROM (
          SELECT max(datum) AS d FROM rapportages UNION ALL SELECT max(last_day(maand)) FROM uren
          UNION ALL SELECT max(greatest(start, coalesce(einde, start))) FROM leerroutes)),
        quarters AS (
          SELECT c.contract, c.termijn_dagen, last_day(q + INTERVAL 2 MONTH) AS laatste,
            year(q) || '-K' || quarter(q) AS kwartaal
          FROM contracten AS c, unnest(generate_series(date_trunc('quarter', c.van), c.tot, INTERVAL 3 MONTH)) AS s(q)
          WHERE c.ritme = 'kwartaal' AND last_day(q + INTERVAL 2 MONTH) BETWEEN c.van AND c.tot)
        SELECT q.contract, q.kwartaal, (q.laatste + q.termijn_dagen * INTERVAL 1 DAY)::DATE AS termijn,
          (SELECT min(datum) FROM rapportages AS r WHERE r.contract = q.contract AND r.kwartaal = q.kwartaal) AS eerste
        FROM quarters AS q, newest WHERE (q.laatste + q.termijn_dagen * INTERVAL 1 DAY)::DATE <= newest.d
          AND EXISTS (SELECT 1 FROM rapportages AS r WHERE r.contract = q.contract)
        """
    )
    connection.execute(
        "INSERT INTO bevindingen SELECT CASE WHEN eerste IS NULL THEN 'rapportage ontbreekt' ELSE 'rapportage te laat' "
        "END, contract, kwartaal, NULL, NULL, CASE WHEN eerste IS NULL "
        "THEN 'Er is geen rapportage. Die had er moeten zijn op ' || strftime(termijn, '%d-%m-%Y') || '.' "
        "ELSE 'De rapportage is van ' || strftime(eerste, '%d-%m-%Y') || '; afgesproken was uiterlijk ' "
        "|| strftime(termijn, '%d-%m-%Y') || '.' END, NULL, NULL FROM due "
        "WHERE eerste IS NULL OR eerste > termijn ORDER BY contract, kwartaal"
    )
