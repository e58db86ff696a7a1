/* ---
id: participatie_actief
titel: Doet nu mee
subdoel: dualiteit
vraag: Doen mensen in de B1- en Z-route nu ook mee?
definitie: >
  Van de mensen die op de peildatum in de B1- of Z-route zitten: welk deel dan ook meedoet in werk, opleiding of een
  andere activiteit.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd]
geldig_van: 2022-01-01
--- */
SELECT l.persoon, CASE WHEN EXISTS (
    SELECT 1 FROM participatie AS a WHERE a.persoon = l.persoon
    AND a.start <= CAST(:peildatum AS DATE) AND (a.einde IS NULL OR a.einde >= CAST(:peildatum AS DATE))
  ) THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM (SELECT DISTINCT persoon FROM leerroutes WHERE leerroute IN ('B1', 'Z') AND einde IS NULL) AS l
