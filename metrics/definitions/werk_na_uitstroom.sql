/* ---
id: werk_na_uitstroom
titel: Werk of opleiding na de inburgering
subdoel: dualiteit
vraag: Werken of leren mensen een half jaar later?
definitie: >
  Van de mensen die in de periode hebben voldaan, een half jaar (182 dagen) geleden of eerder: welk deel op die dag
  betaald werk had of een opleiding volgde.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT t.persoon, t.datum_einde AS datum,
  CASE WHEN t.datum_einde + 182 <= CAST(:peildatum AS DATE) AND EXISTS (
    SELECT 1 FROM participatie AS a WHERE a.persoon = t.persoon AND a.vorm IN ('betaald werk', 'opleiding')
    AND a.start <= t.datum_einde + 182 AND (a.einde IS NULL OR a.einde >= t.datum_einde + 182)
  ) THEN 1 ELSE 0 END AS teller,
  CASE WHEN t.datum_einde + 182 <= CAST(:peildatum AS DATE) THEN 1 END AS noemer
FROM trajecten AS t WHERE t.uitkomst = 'voldaan'
