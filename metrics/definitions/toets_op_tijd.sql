/* ---
id: toets_op_tijd
titel: Leerbaarheidstoets op tijd
subdoel: tijdigheid
vraag: Is de leerbaarheidstoets er voor het plan?
definitie: >
  Van de mensen die in de periode een PIP kregen: welk deel de leerbaarheidstoets toen al had gedaan.
bron: [beleidsdocument P-§5]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, datum_pip AS datum, CASE WHEN datum_leerbaarheidstoets <= datum_pip THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM trajecten WHERE datum_pip IS NOT NULL
