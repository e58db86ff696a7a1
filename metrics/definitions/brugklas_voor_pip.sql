/* ---
id: brugklas_voor_pip
titel: Brugklas voor het PIP
subdoel: tijdigheid
vraag: Beginnen statushouders aan de brugklas voor hun plan?
definitie: >
  Van de statushouders die in de periode een PIP kregen: welk deel daarvoor aan de brugklas was begonnen.
bron: [beleidsdocument P-§5]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT p.persoon, t.datum_pip AS datum, CASE WHEN EXISTS (
    SELECT 1 FROM onderdelen AS o WHERE o.persoon = p.persoon AND o.onderdeel = 'brugklas' AND o.start < t.datum_pip
  ) THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM personen AS p JOIN trajecten AS t ON p.persoon = t.persoon
WHERE t.datum_pip IS NOT NULL AND p.doelgroep IN ('asielstatushouder', 'nareiziger')
