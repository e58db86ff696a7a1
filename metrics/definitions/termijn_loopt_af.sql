/* ---
id: termijn_loopt_af
titel: Termijnen die aflopen
subdoel: snelheid
vraag: Wie moet binnen zes maanden klaar zijn, of is al over de termijn?
definitie: >
  Het aantal mensen dat op de peildatum nog bezig is en van wie de termijn van drie jaar na het PIP, met de verlengingen
  erbij, voorbij is of binnen zes maanden afloopt. Wie vertrok, telt niet mee.
bron: ['beleidsdocument P-§5', 'Wet inburgering 2021 art. 11-12']
soort: aantal
richting: lager
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd]
eigen: [stand]
geldig_van: 2022-01-01
--- */
SELECT d.persoon, d.uiterlijk,
  CASE WHEN d.uiterlijk < CAST(:peildatum AS DATE) THEN 'voorbij' ELSE 'binnen zes maanden' END AS stand
FROM (
  SELECT t.persoon,
    CAST(t.datum_pip + INTERVAL 3 YEAR + COALESCE(v.maanden, 0) * INTERVAL 1 MONTH AS DATE) AS uiterlijk
  FROM trajecten AS t JOIN personen AS p ON t.persoon = p.persoon LEFT JOIN (
    SELECT persoon, CAST(sum(maanden) AS INTEGER) AS maanden FROM besluiten WHERE soort = 'verlenging' GROUP BY persoon
  ) AS v ON t.persoon = v.persoon
  WHERE t.datum_pip IS NOT NULL AND t.datum_einde IS NULL AND p.datum_vertrek IS NULL
) AS d
WHERE d.uiterlijk <= CAST(CAST(:peildatum AS DATE) + INTERVAL 6 MONTH AS DATE)
