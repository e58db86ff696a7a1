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
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, contract, CASE WHEN start + 365 <= CAST(:peildatum AS DATE) AND (einde IS NULL OR einde - start >= 335) THEN 1 ELSE 0 END AS teller,
  CASE WHEN start + 365 <= CAST(:peildatum AS DATE) THEN 1 END AS noemer
FROM onderdelen WHERE onderdeel = 'maatschappelijke begeleiding'
