/* ---
id: leerroute_klaar
titel: Begonnen leerroutes die al klaar zijn
subdoel: kwaliteit
vraag: Hoeveel mensen zijn al klaar met hun leerroute, hoe dan ook?
definitie: >
  Van de leerroutes die in de periode begonnen: welk deel is geëindigd, om welke reden ook. Zolang dit minder dan de
  helft is, zegt een cijfer over wie al klaar is nog weinig.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: geen
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, leerroute, contract, CASE WHEN einde IS NOT NULL THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM leerroutes
