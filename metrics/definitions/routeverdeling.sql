/* ---
id: routeverdeling
titel: Verdeling over de leerroutes
subdoel: instroom
vraag: Welke leerroute volgen mensen, en klopt dat met de verwachting?
definitie: >
  Van iedereen die in de periode aan een eerste leerroute begon: welk deel begon aan elke route. Ernaast staat het deel
  dat voor statushouders is verwacht: B1 60 %, onderwijs 25 %, Z 15 %. Het verschil is in procentpunten.
bron: [beleidsdocument P-§2.3 en P-§6.1]
soort: aandeel
verdeling: leerroute
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [leerroute]
geldig_van: 2022-01-01
--- */
SELECT persoon, min(start) AS datum,
  arg_min(leerroute, (start, CASE leerroute WHEN 'B1' THEN 1 WHEN 'onderwijs' THEN 2 ELSE 3 END)) AS leerroute,
  1 AS teller, 1 AS noemer
FROM leerroutes GROUP BY persoon
