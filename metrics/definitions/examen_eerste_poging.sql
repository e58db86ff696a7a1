/* ---
id: examen_eerste_poging
titel: Geslaagd bij de eerste poging
subdoel: kwaliteit
vraag: Hoe vaak slagen mensen de eerste keer?
definitie: >
  Van de eerste examens van mensen, met een uitslag en in de periode: welk deel is gehaald, per onderdeel.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [onderdeel]
geldig_van: 2022-01-01
--- */
SELECT persoon, onderdeel, examendatum AS datum, CASE WHEN resultaat = 'geslaagd' THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM (
  SELECT persoon, onderdeel, examendatum, resultaat,
    ROW_NUMBER() OVER (PARTITION BY persoon, onderdeel ORDER BY examendatum) AS poging
  FROM examens WHERE resultaat <> 'geen'
) AS e
WHERE poging = 1
