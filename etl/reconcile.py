"""Reconcile: the suppliers' own lists beside the municipality's records. Differences are findings, never corrections.

The newest report per contract and kwartaal is compared with the leerroutes and onderdelen of that contract. An end
after the kwartaal is not there yet, for both. Rows of one person and onderdeel are paired by equal start; what is left
and was running in the kwartaal is paired in order of start; what is left then is only on one side.
"""

from collections.abc import Sequence

import duckdb

_KWARTAAL_END = "last_day(make_date(left({0}, 4)::INTEGER, 3 * right({0}, 1)::INTEGER, 1))"
MISSING = "rapportage ontbreekt"
BETWEEN = ("alleen bij gemeente", "alleen bij aanbieder", "andere start", "ander einde", "andere reden")


def find(connection: duckdb.DuckDBPyConnection, not_reporting: Sequence[str] = ()) -> None:
    """Fill the table bevindingen. `not_reporting` are contracts whose supplier owes no reports (yet)."""
    if connection.execute("SELECT count(*) > 0 FROM rapportages").fetchall() == [(True,)]:
        _participants(connection)
        _late_and_missing(connection, not_reporting)
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
        SELECT DISTINCT r.contract, r.kwartaal, {end} AS laatste, date_trunc('quarter', {end})::DATE AS eerste
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
        aanbieder AS (
          SELECT d.*, p.laatste, d.start <= p.laatste AND (d.einde IS NULL OR d.einde >= p.eerste) AS loopt
          FROM deelnemers AS d JOIN periods AS p USING (contract, kwartaal)),
        equal AS (
          SELECT a.contract, a.kwartaal, a.persoon, a.onderdeel, a.start
          FROM aanbieder AS a JOIN bought AS b USING (contract, persoon, onderdeel, start)),
        g AS (
          SELECT p.contract, p.kwartaal, p.laatste, b.persoon, b.onderdeel, b.start, b.einde, b.reden,
            row_number() OVER (
              PARTITION BY p.contract, p.kwartaal, b.persoon, b.onderdeel ORDER BY b.start) AS nr
          FROM bought AS b JOIN periods AS p ON b.contract = p.contract
            AND b.start <= p.laatste AND (b.einde IS NULL OR b.einde >= p.eerste)
          ANTI JOIN equal AS e ON e.contract = p.contract AND e.kwartaal = p.kwartaal AND e.persoon = b.persoon
            AND e.onderdeel = b.onderdeel AND e.start = b.start),
        a AS (
          SELECT a.*, row_number() OVER (
            PARTITION BY a.contract, a.kwartaal, a.persoon, a.onderdeel, a.loopt ORDER BY a.start) AS nr
          FROM aanbieder AS a ANTI JOIN equal AS e USING (contract, kwartaal, persoon, onderdeel, start)),
        beside AS (
          SELECT a.contract, a.kwartaal, a.laatste, a.persoon, a.onderdeel, a.levering, a.rij,
            b.start AS g_start, b.einde AS g_einde, b.reden AS g_reden,
            a.start AS a_start, a.einde AS a_einde, a.reden_einde AS a_reden
          FROM aanbieder AS a JOIN bought AS b USING (contract, persoon, onderdeel, start)
          UNION ALL
          SELECT coalesce(g.contract, a.contract), coalesce(g.kwartaal, a.kwartaal), coalesce(g.laatste, a.laatste),
            coalesce(g.persoon, a.persoon), coalesce(g.onderdeel, a.onderdeel), a.levering, a.rij,
            g.start, g.einde, g.reden, a.start, a.einde, a.reden_einde
          FROM g FULL JOIN a ON g.contract = a.contract AND g.kwartaal = a.kwartaal AND g.persoon = a.persoon
            AND g.onderdeel = a.onderdeel AND a.loopt AND g.nr = a.nr)
        SELECT contract, kwartaal, persoon, onderdeel, levering, rij, g_start, a_start,
          g_start IS NOT NULL AS bij_gemeente, a_start IS NOT NULL AS bij_aanbieder,
          CASE WHEN g_einde <= laatste THEN g_einde END AS g_einde,
          CASE WHEN a_einde <= laatste THEN a_einde END AS a_einde,
          g_reden, a_reden, onderdeel IN ('B1', 'onderwijs', 'Z') AS route
        FROM beside
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


def _late_and_missing(connection: duckdb.DuckDBPyConnection, not_reporting: Sequence[str]) -> None:
    """A report is due `termijn_dagen` after its kwartaal; the newest date known stands for today.

    A supplier that never reports at all is the worst of them, so every contract counts as soon as anyone reports.
    Before the first report there is nothing to miss: a municipality may begin with its own tables alone.
    """
    connection.execute(
        """
        CREATE TEMP TABLE due AS
        WITH newest AS (SELECT max(d) AS d FROM (
          SELECT max(datum) AS d FROM rapportages UNION ALL SELECT max(last_day(maand)) FROM uren
          UNION ALL SELECT max(start) FROM leerroutes UNION ALL SELECT max(examendatum) FROM examens
          UNION ALL SELECT max(datum_pip) FROM trajecten)),
        quarters AS (
          SELECT c.contract, c.termijn_dagen, last_day(q + INTERVAL 2 MONTH) AS laatste,
            year(q) || '-K' || quarter(q) AS kwartaal
          FROM contracten AS c, unnest(generate_series(date_trunc('quarter', c.van), c.tot, INTERVAL 3 MONTH)) AS s(q)
          WHERE c.ritme = 'kwartaal' AND last_day(q + INTERVAL 2 MONTH) BETWEEN c.van AND c.tot
            AND NOT list_contains(?::VARCHAR[], c.contract))
        SELECT q.contract, q.kwartaal, (q.laatste + q.termijn_dagen * INTERVAL 1 DAY)::DATE AS termijn,
          (SELECT min(datum) FROM rapportages AS r WHERE r.contract = q.contract AND r.kwartaal = q.kwartaal) AS eerste
        FROM quarters AS q, newest WHERE (q.laatste + q.termijn_dagen * INTERVAL 1 DAY)::DATE <= newest.d
          AND EXISTS (SELECT 1 FROM rapportages)
        """,
        [list(not_reporting)],
    )
    connection.execute(
        "INSERT INTO bevindingen SELECT CASE WHEN eerste IS NULL THEN 'rapportage ontbreekt' ELSE 'rapportage te laat' "
        "END, contract, kwartaal, NULL, NULL, CASE WHEN eerste IS NULL "
        "THEN 'Er is geen rapportage. Die had er moeten zijn op ' || strftime(termijn, '%d-%m-%Y') || '.' "
        "ELSE 'De rapportage is van ' || strftime(eerste, '%d-%m-%Y') || '; afgesproken was uiterlijk ' "
        "|| strftime(termijn, '%d-%m-%Y') || '.' END, NULL, NULL FROM due "
        "WHERE eerste IS NULL OR eerste > termijn ORDER BY contract, kwartaal"
    )
