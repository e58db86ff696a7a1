/* ---
id: termijn_verstreken
titel: Termijn van drie jaar voorbij
subdoel: snelheid
vraag: Hoeveel mensen zijn over hun termijn heen?
definitie: >
  Van de mensen met een PIP die op de peildatum nog bezig zijn: welk deel langer dan drie jaar bezig is, met de
  verlengingen erbij geteld.
bron: ['beleidsdocument P-§5', 'Wet inburgering 2021 art. 11-12']
soort: aandeel
richting: lager
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd]
geldig_van: 2022-01-01
--- */
SELECT t.persoon, CASE WHEN CAST(:peildatum AS DATE)
    > t.datum_pip + INTERVAL 3 YEAR + COALESCE(v.maanden, 0) * INTERVAL 1 MONTH THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM trajecten AS t LEFT JOIN (
  SELECT persoon, CAST(sum(maanden) AS INTEGER) AS maanden FROM besluiten WHERE soort = 'verlenging' GROUP BY persoon
) AS v ON t.persoon = v.persoon
WHERE t.datum_pip IS NOT NULL AND t.datum_einde IS NULL
