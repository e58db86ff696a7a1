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
SELECT p.persoon, p.datum_plichtig AS datum, p.doelgroep, r.onderdeel, CASE
    WHEN r.onderdeel = 'PIP' THEN CASE WHEN EXISTS (
      SELECT 1 FROM trajecten AS t WHERE t.persoon = p.persoon AND t.datum_pip IS NOT NULL) THEN 1 ELSE 0 END
    WHEN r.onderdeel = 'leerroute' THEN CASE WHEN EXISTS (
      SELECT 1 FROM leerroutes AS l WHERE l.persoon = p.persoon) THEN 1 ELSE 0 END
    WHEN EXISTS (SELECT 1 FROM onderdelen AS o WHERE o.persoon = p.persoon AND o.onderdeel = r.onderdeel) THEN 1
    ELSE 0 END AS teller, 1 AS noemer
FROM personen AS p CROSS JOIN (
  SELECT 'PIP' AS onderdeel, TRUE AS iedereen
  UNION ALL SELECT 'PVT', TRUE UNION ALL SELECT 'MAP', TRUE
  UNION ALL SELECT 'brugklas', FALSE UNION ALL SELECT 'maatschappelijke begeleiding', FALSE
  UNION ALL SELECT 'financieel ontzorgen', FALSE UNION ALL SELECT 'leerroute', FALSE
) AS r
WHERE (r.iedereen OR p.doelgroep IN ('asielstatushouder', 'nareiziger'))
  AND NOT (r.onderdeel = 'MAP' AND EXISTS (
    SELECT 1 FROM leerroutes AS l WHERE l.persoon = p.persoon AND l.leerroute = 'onderwijs'))
