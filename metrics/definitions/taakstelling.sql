/* ---
id: taakstelling
titel: Taakstelling huisvesting
subdoel: instroom
vraag: Zijn er zoveel statushouders gehuisvest als gevraagd?
definitie: >
  Per halfjaar en gemeente: het aantal statushouders dat is gehuisvest, naast het aantal dat gehuisvest moest worden.
  De taakstelling telt iedereen; ongeveer 60 % is inburgeringsplichtig. Daarom staat de verwachting (60 %) ernaast.
bron: [beleidsdocument P-§2.3]
soort: aandeel
richting: hoger
dimensies: [jaar]
eigen: [halfjaar, gemeente]
interval: false
geldig_van: 2022-01-01
--- */
SELECT t.halfjaar, t.gemeentecode AS gemeente,
  make_date(CAST(substring(t.halfjaar, 1, 4) AS INTEGER), 6 * CAST(substring(t.halfjaar, 6, 1) AS INTEGER) - 5, 1) AS datum,
  count(p.persoon) AS teller, t.aantal AS noemer, 0.6 * t.aantal AS verwacht
FROM taakstelling AS t LEFT JOIN personen AS p
  ON p.gemeentecode = t.gemeentecode AND p.doelgroep IN ('asielstatushouder', 'nareiziger')
  AND year(p.datum_huisvesting) || '-' || CASE WHEN quarter(p.datum_huisvesting) <= 2 THEN '1' ELSE '2' END = t.halfjaar
GROUP BY t.halfjaar, t.gemeentecode, t.aantal
