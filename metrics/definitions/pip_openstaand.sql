/* ---
id: pip_openstaand
titel: Plannen (PIP) die nu gemaakt moeten worden
subdoel: tijdigheid
vraag: Wie heeft nog geen plan, terwijl de tien weken bijna of helemaal voorbij zijn?
definitie: >
  Het aantal mensen zonder PIP van wie de termijn van tien weken (70 dagen) op de peildatum voorbij is, of binnen vier
  weken voorbij gaat. Wie vertrok of klaar is, telt niet mee.
bron: [beleidsdocument P-§5, Besluit inburgering art. 5.3]
soort: aantal
richting: lager
dimensies: [gemeente, doelgroep, cohort, geslacht, leeftijd]
eigen: [stand]
geldig_van: 2022-01-01
--- */
SELECT b.persoon, b.begin + 70 AS uiterlijk,
  CASE WHEN b.begin + 70 < CAST(:peildatum AS DATE) THEN 'te laat' ELSE 'binnen vier weken' END AS stand
FROM (
  SELECT persoon, datum_vertrek,
    CASE WHEN doelgroep IN ('asielstatushouder', 'nareiziger') THEN datum_huisvesting ELSE datum_plichtig END AS begin
  FROM personen
) AS b LEFT JOIN trajecten AS t ON b.persoon = t.persoon
WHERE b.begin + 70 <= CAST(:peildatum AS DATE) + 28
  AND t.datum_pip IS NULL AND t.datum_einde IS NULL AND b.datum_vertrek IS NULL
