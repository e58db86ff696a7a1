/* ---
id: route_past_bij_toets
titel: Leerroute past bij de toets
subdoel: maatwerk
vraag: Past de leerroute bij de leerbaarheidstoets?
definitie: >
  Van de mensen die in de periode aan hun eerste leerroute begonnen en een duidelijke uitslag van de
  leerbaarheidstoets hebben: welk deel een route kreeg die daarbij past. B1 haalbaar hoort bij B1 of onderwijs, B1
  niet haalbaar bij Z.
bron: [beleidsdocument P-§5]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT e.persoon, e.datum, e.leerroute,
  CASE WHEN (t.toets_uitslag = 'B1 haalbaar') = (e.leerroute <> 'Z') THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM (
  SELECT persoon, min(start) AS datum,
    arg_min(leerroute, (start, CASE leerroute WHEN 'B1' THEN 1 WHEN 'onderwijs' THEN 2 ELSE 3 END)) AS leerroute
  FROM leerroutes GROUP BY persoon
) AS e JOIN trajecten AS t ON t.persoon = e.persoon
WHERE t.toets_uitslag IN ('B1 haalbaar', 'B1 niet haalbaar')
