/* ---
id: inburgeringsexamen
titel: Inburgeringsexamen gehaald
subdoel: kwaliteit
vraag: Hoeveel mensen halen het hele inburgeringsexamen?
definitie: >
  Van de mensen die in de periode een PIP kregen en ten minste één examen deden: welk deel op de peildatum alle vijf
  de onderdelen heeft gehaald, op welk niveau ook.
bron: ['beleidsdocument P-§4', 'Besluit inburgering hoofdstuk 3']
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT t.persoon, t.datum_pip AS datum, CASE WHEN e.gehaald >= 5 THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM trajecten AS t JOIN (
  SELECT persoon, count(DISTINCT CASE WHEN resultaat = 'geslaagd' THEN onderdeel END) AS gehaald
  FROM examens WHERE resultaat <> 'geen' GROUP BY persoon
) AS e ON t.persoon = e.persoon
WHERE t.datum_pip IS NOT NULL
