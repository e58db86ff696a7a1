/* ---
id: pvt_volledig
titel: PVT van ten minste 12 uur
subdoel: kwaliteit
vraag: Krijgen mensen alle uren van het PVT?
definitie: >
  Van elk onderdeel PVT dat in de periode is afgerond: bij welk deel ten minste 12 uur is gevolgd. Zonder uren telt
  het als niet gehaald.
bron: [beleidsdocument P-§5]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, einde AS datum, contract, CASE WHEN uren >= 12 THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM onderdelen WHERE onderdeel = 'PVT' AND resultaat = 'afgerond' AND einde IS NOT NULL
