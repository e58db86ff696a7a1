/* ---
id: doorstroom_onderwijs
titel: Doorstroom naar een opleiding
subdoel: dualiteit
vraag: Gaan mensen na de onderwijsroute een opleiding doen?
definitie: >
  Van de onderwijsroutes die in de periode zijn afgerond, een half jaar (182 dagen) geleden of eerder: welk deel op
  die dag een opleiding volgde.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT l.persoon, l.einde AS datum, l.leerroute, l.contract,
  CASE WHEN l.einde + 182 <= CAST(:peildatum AS DATE) AND EXISTS (
    SELECT 1 FROM participatie AS a WHERE a.persoon = l.persoon AND a.vorm = 'opleiding'
    AND a.start <= l.einde + 182 AND (a.einde IS NULL OR a.einde >= l.einde + 182)
  ) THEN 1 ELSE 0 END AS teller,
  CASE WHEN l.einde + 182 <= CAST(:peildatum AS DATE) THEN 1 END AS noemer
FROM leerroutes AS l
WHERE l.leerroute = 'onderwijs' AND l.reden_einde = 'afgerond'
