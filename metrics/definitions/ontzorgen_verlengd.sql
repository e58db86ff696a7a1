/* ---
id: ontzorgen_verlengd
titel: Financieel ontzorgen verlengd
subdoel: maatwerk
vraag: Hebben mensen langer dan een half jaar hulp met geld nodig?
definitie: >
  Van de keren financieel ontzorgen die in de periode begonnen en klaar zijn: welk deel is verlengd.
bron: [beleidsdocument P-§5]
soort: aandeel
richting: geen
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, contract, CASE WHEN verlengd THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM onderdelen WHERE onderdeel = 'financieel ontzorgen' AND einde IS NOT NULL
