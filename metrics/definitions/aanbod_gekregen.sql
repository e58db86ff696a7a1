/* ---
id: aanbod_gekregen
titel: Aanbod gekregen
subdoel: maatwerk
vraag: Krijgt iedereen het aanbod waar hij recht op heeft?
definitie: >
  Van de mensen die in de periode inburgeringsplichtig werden: welk deel op de peildatum het onderdeel kreeg waar hij
  recht op heeft, per onderdeel en doelgroep. PIP, PVT en MAP zijn voor iedereen (MAP niet in de onderwijsroute);
  brugklas, maatschappelijke begeleiding, financieel ontzorgen en de leerroute alleen voor statushouders.
bron: [beleidsdocument P-§3 tabel 1]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [onderdeel, doelgroep]
geldig_van: 2022-01-01
--- */
SELECT p.persoon, p.datum_plichtig AS datum, p.doelgroep, r.onderdeel, CASE r.onderdeel
    WHEN 'PIP' THEN CASE WHEN t.datum_pip IS NOT NULL THEN 1 ELSE 0 END
    WHEN 'leerroute' THEN CASE WHEN l.persoon IS NOT NULL THEN 1 ELSE 0 END
    WHEN 'PVT' THEN COALESCE(o.pvt, 0)
    WHEN 'MAP' THEN COALESCE(o.map, 0)
    WHEN 'brugklas' THEN COALESCE(o.brugklas, 0)
    WHEN 'maatschappelijke begeleiding' THEN COALESCE(o.begeleiding, 0)
    ELSE COALESCE(o.ontzorgen, 0) END AS teller, 1 AS noemer
FROM personen AS p
LEFT JOIN trajecten AS t ON t.persoon = p.persoon
LEFT JOIN (
  SELECT persoon, max(CASE WHEN leerroute = 'onderwijs' THEN 1 ELSE 0 END) AS onderwijs FROM leerroutes GROUP BY persoon
) AS l ON l.persoon = p.persoon
LEFT JOIN (
  SELECT persoon, max(CASE WHEN onderdeel = 'PVT' THEN 1 ELSE 0 END) AS pvt,
    max(CASE WHEN onderdeel = 'MAP' THEN 1 ELSE 0 END) AS map,
    max(CASE WHEN onderdeel = 'brugklas' THEN 1 ELSE 0 END) AS brugklas,
    max(CASE WHEN onderdeel = 'maatschappelijke begeleiding' THEN 1 ELSE 0 END) AS begeleiding,
    max(CASE WHEN onderdeel = 'financieel ontzorgen' THEN 1 ELSE 0 END) AS ontzorgen
  FROM onderdelen GROUP BY persoon
) AS o ON o.persoon = p.persoon
CROSS JOIN (
  SELECT 'PIP' AS onderdeel, TRUE AS iedereen
  UNION ALL SELECT 'PVT', TRUE UNION ALL SELECT 'MAP', TRUE
  UNION ALL SELECT 'brugklas', FALSE UNION ALL SELECT 'maatschappelijke begeleiding', FALSE
  UNION ALL SELECT 'financieel ontzorgen', FALSE UNION ALL SELECT 'leerroute', FALSE
) AS r
WHERE (r.iedereen OR p.doelgroep IN ('asielstatushouder', 'nareiziger'))
  AND NOT (r.onderdeel = 'MAP' AND COALESCE(l.onderwijs, 0) = 1)
