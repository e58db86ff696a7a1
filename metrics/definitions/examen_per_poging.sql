/* ---
id: examen_per_poging
titel: Geslaagde examens per poging
subdoel: kwaliteit
vraag: Hoe vaak slagen mensen voor een examenonderdeel?
definitie: >
  Van alle examens in de periode met een uitslag: welk deel is gehaald, per onderdeel. Elke poging telt.
bron: [beleidsdocument P-§4, Besluit inburgering hoofdstuk 3]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [onderdeel]
geldig_van: 2022-01-01
--- */
SELECT persoon, examendatum AS datum, onderdeel, CASE WHEN resultaat = 'geslaagd' THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM examens WHERE resultaat <> 'geen'
