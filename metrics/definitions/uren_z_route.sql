/* ---
id: uren_z_route
titel: Alle uren van de Z-route
subdoel: kwaliteit
vraag: Krijgen mensen in de Z-route alle uren?
definitie: >
  Van de Z-routes van statushouders die in de periode zijn afgerond: bij welk deel ten minste 800 uur taal en 800 uur
  participatie is gevolgd.
bron: [Besluit inburgering art. 3.14]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT l.persoon, l.einde AS datum, l.leerroute, l.contract,
  CASE WHEN u.taal >= 800 AND u.participatie >= 800 THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM leerroutes AS l JOIN personen AS p ON p.persoon = l.persoon AND p.doelgroep IN ('asielstatushouder', 'nareiziger') LEFT JOIN (
  SELECT persoon, sum(CASE WHEN soort = 'taal' THEN uren_aanwezig ELSE 0 END) AS taal,
    sum(CASE WHEN soort = 'participatie' THEN uren_aanwezig ELSE 0 END) AS participatie
  FROM uren
  WHERE persoon IN (SELECT persoon FROM leerroutes WHERE leerroute = 'Z' AND reden_einde = 'afgerond')
  GROUP BY persoon
) AS u ON u.persoon = l.persoon
WHERE l.leerroute = 'Z' AND l.reden_einde = 'afgerond' AND l.einde IS NOT NULL
