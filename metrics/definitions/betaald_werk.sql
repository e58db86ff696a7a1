/* ---
id: betaald_werk
titel: Betaald werk
subdoel: dualiteit
vraag: Hoeveel mensen die nog bezig zijn hebben betaald werk?
definitie: >
  Van de mensen met een PIP die op de peildatum nog bezig zijn: welk deel dan betaald werk heeft.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd]
geldig_van: 2022-01-01
--- */
SELECT t.persoon, CASE WHEN EXISTS (
    SELECT 1 FROM participatie AS a WHERE a.persoon = t.persoon AND a.vorm = 'betaald werk'
    AND a.start <= CAST(:peildatum AS DATE) AND (a.einde IS NULL OR a.einde >= CAST(:peildatum AS DATE))
  ) THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM trajecten AS t WHERE t.datum_pip IS NOT NULL AND t.datum_einde IS NULL
