/* ---
id: routewissel
titel: Overstap naar een andere leerroute
subdoel: maatwerk
vraag: Past de gekozen leerroute?
definitie: >
  Van de mensen die in de periode aan hun eerste leerroute begonnen en anderhalf jaar (548 dagen) zijn gevolgd: welk
  deel in die tijd overstapte naar een andere leerroute.
bron: ['Wet inburgering 2021', 'beleidsdocument P-§5']
soort: aandeel
richting: geen
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT e.persoon, e.eerste AS datum, CASE WHEN EXISTS (
    SELECT 1 FROM leerroutes AS l WHERE l.persoon = e.persoon AND l.reden_einde = 'overstap' AND l.einde <= e.eerste + 548
  ) AND e.eerste + 548 <= CAST(:peildatum AS DATE) THEN 1 ELSE 0 END AS teller,
  CASE WHEN e.eerste + 548 <= CAST(:peildatum AS DATE) THEN 1 END AS noemer
FROM (SELECT persoon, min(start) AS eerste FROM leerroutes GROUP BY persoon) AS e
