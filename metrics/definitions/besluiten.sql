/* ---
id: besluiten
titel: Besluiten
subdoel: handhaving
vraag: Welke besluiten zijn genomen?
definitie: >
  Het aantal besluiten in de periode, per soort en grondslag.
bron: [beleidsdocument P-§3]
soort: aantal
richting: geen
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [soort, grondslag]
geldig_van: 2022-01-01
--- */
SELECT persoon, datum, soort, grondslag FROM besluiten
