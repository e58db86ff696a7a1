/* ---
id: intake_tot_pip
titel: Dagen van intake tot PIP
subdoel: tijdigheid
vraag: Hoe lang wachten mensen op hun plan?
definitie: >
  Van de mensen met een eerste intake in de periode: na hoeveel dagen een kwart, de helft en driekwart een PIP heeft.
  Wie nog wacht, telt mee zolang die wacht;
  wie vertrok of klaar was, tot die dag. Leeg als dat deel nog niet is bereikt.
bron: [beleidsdocument P-§5]
soort: tijd_tot
richting: lager
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eenheid: dagen
geldig_van: 2022-01-01
--- */
SELECT persoon, datum, GREATEST(CASE WHEN datum_pip <= tot THEN datum_pip ELSE tot END - datum, 0) AS duur,
  CASE WHEN datum_pip <= tot THEN 'PIP' END AS afloop
FROM (
  SELECT p.persoon, t.datum_intake_1 AS datum, t.datum_pip,
    LEAST(COALESCE(p.datum_vertrek, CAST(:peildatum AS DATE)), COALESCE(t.datum_einde, CAST(:peildatum AS DATE))) AS tot
  FROM personen AS p JOIN trajecten AS t ON p.persoon = t.persoon
  WHERE t.datum_intake_1 IS NOT NULL
) AS wacht
