/* ---
id: afschaling
titel: Afschaling van B1 naar A2
subdoel: maatwerk
vraag: Voor hoeveel mensen is B1 te moeilijk?
definitie: >
  Van de mensen die in de periode aan de B1-route begonnen: welk deel examen mag doen op een lager niveau
  (afschaling).
bron: [Besluit inburgering art. 5.5]
soort: aandeel
richting: geen
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT b.persoon, b.datum, CASE WHEN EXISTS (
    SELECT 1 FROM besluiten AS x WHERE x.persoon = b.persoon AND x.soort = 'afschaling'
  ) THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM (
  SELECT persoon, min(start) AS datum FROM leerroutes
  WHERE leerroute = 'B1' AND start BETWEEN CAST(:van AS DATE) AND CAST(:tot AS DATE) GROUP BY persoon
) AS b
