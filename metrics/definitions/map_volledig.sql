/* ---
id: map_volledig
titel: MAP van ten minste 40 uur
subdoel: kwaliteit
vraag: Krijgen mensen alle uren van de MAP?
definitie: >
  Van elk onderdeel MAP dat in de periode is afgerond: bij welk deel ten minste 40 uur is gevolgd. Zonder uren telt
  het als niet gehaald.
bron: [Besluit inburgering hoofdstuk 3]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, einde AS datum, contract, CASE WHEN uren >= 40 THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM onderdelen WHERE onderdeel = 'MAP' AND resultaat = 'afgerond' AND einde IS NOT NULL
