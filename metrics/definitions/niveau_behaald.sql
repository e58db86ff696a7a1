/* ---
id: niveau_behaald
titel: Taalniveau B1 gehaald
subdoel: kwaliteit
vraag: Hoeveel mensen halen taalniveau B1?
definitie: >
  Van de mensen die in de periode een PIP kregen en ten minste één examen deden: welk deel op de peildatum alle vier
  de taalonderdelen heeft gehaald op niveau B1 of hoger.
bron: [Wet inburgering 2021 art. 7]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT t.persoon, t.datum_pip AS datum, CASE WHEN e.gehaald >= 4 THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM trajecten AS t JOIN (
  SELECT persoon, count(DISTINCT CASE WHEN resultaat = 'geslaagd' AND onderdeel <> 'KNM' AND niveau IN ('B1', 'B2') THEN onderdeel END) AS gehaald
  FROM examens WHERE resultaat <> 'geen' GROUP BY persoon
) AS e ON t.persoon = e.persoon
WHERE t.datum_pip IS NOT NULL
