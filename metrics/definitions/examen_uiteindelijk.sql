/* ---
id: examen_uiteindelijk
titel: Uiteindelijk geslaagd
subdoel: kwaliteit
vraag: Hoeveel mensen halen een examen uiteindelijk?
definitie: >
  Van de mensen die in de periode een examen in een onderdeel deden: welk deel dat onderdeel op de peildatum heeft
  gehaald, in welke poging ook.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [onderdeel]
geldig_van: 2022-01-01
--- */
SELECT persoon, onderdeel, min(CASE WHEN examendatum >= CAST(:van AS DATE) THEN examendatum END) AS datum,
  max(CASE WHEN resultaat = 'geslaagd' THEN 1 ELSE 0 END) AS teller, 1 AS noemer
FROM examens WHERE resultaat <> 'geen' GROUP BY persoon, onderdeel
