/* ---
id: onderdeel_geslaagd
titel: Afgeronde onderdelen
subdoel: kwaliteit
vraag: Ronden mensen de onderdelen van hun inburgering af?
definitie: >
  Van de onderdelen die in de periode eindigden: welk deel is afgerond, per onderdeel.
bron: [beleidsdocument P-§4 en P-§5]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [onderdeel]
geldig_van: 2022-01-01
--- */
SELECT persoon, einde AS datum, onderdeel, contract, CASE WHEN resultaat = 'afgerond' THEN 1 ELSE 0 END AS teller,
  1 AS noemer
FROM onderdelen WHERE einde IS NOT NULL AND resultaat <> 'loopt'
