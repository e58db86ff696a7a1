/* ---
id: begeleiding_twaalf_maanden
titel: Twaalf maanden maatschappelijke begeleiding
subdoel: maatwerk
vraag: Krijgen mensen een jaar maatschappelijke begeleiding?
definitie: >
  Van de begeleidingen die in de periode begonnen en een jaar (365 dagen) geleden of eerder begonnen: welk deel ten
  minste 335 dagen duurde of nog loopt.
bron: [beleidsdocument P-§5]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, contract, CASE WHEN einde IS NULL OR einde - start >= 335 THEN 1 ELSE 0 END AS teller,
  1 AS noemer
FROM onderdelen WHERE onderdeel = 'maatschappelijke begeleiding' AND start + 365 <= CAST(:peildatum AS DATE)
