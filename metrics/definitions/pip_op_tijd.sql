/* ---
id: pip_op_tijd
titel: PIP binnen tien weken
subdoel: tijdigheid
vraag: Krijgen inburgeraars op tijd hun plan?
definitie: >
  Van de mensen van wie de termijn van tien weken (70 dagen) helemaal voorbij is: welk deel binnen die termijn een PIP
  kreeg. De termijn begint bij de huisvesting (statushouders) of bij de inburgeringsplicht (anderen). Wie zonder PIP
  binnen de termijn vertrok of klaar was, telt niet mee.
bron: [beleidsdocument P-§5, Besluit inburgering art. 5.3]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT b.persoon, b.begin AS datum,
  CASE WHEN t.datum_pip <= b.begin + 70 AND b.begin + 70 <= CAST(:peildatum AS DATE) THEN 1 ELSE 0 END AS teller,
  CASE WHEN b.begin + 70 <= CAST(:peildatum AS DATE) THEN 1 END AS noemer
FROM (
  SELECT persoon, datum_vertrek,
    CASE WHEN doelgroep IN ('asielstatushouder', 'nareiziger') THEN datum_huisvesting ELSE datum_plichtig END AS begin
  FROM personen
) AS b LEFT JOIN trajecten AS t ON b.persoon = t.persoon
WHERE b.begin IS NOT NULL
  AND NOT (t.datum_pip IS NULL
    AND (COALESCE(b.datum_vertrek <= b.begin + 70, FALSE) OR COALESCE(t.datum_einde <= b.begin + 70, FALSE)))
