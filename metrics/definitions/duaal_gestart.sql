/* ---
id: duaal_gestart
titel: Duaal gestart
subdoel: dualiteit
vraag: Beginnen taal en meedoen samen?
definitie: >
  Van de B1- en Z-routes die in de periode begonnen en een half jaar (183 dagen) zijn gevolgd: bij welk deel iemand
  bij het begin al meedeed of binnen dat half jaar begon met werk, opleiding of een andere activiteit.
bron: ['beleidsdocument P-§4', 'Wet inburgering 2021']
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT l.persoon, l.start AS datum, l.leerroute, l.contract,
  CASE WHEN l.start + 183 <= CAST(:peildatum AS DATE) AND EXISTS (
    SELECT 1 FROM participatie AS a WHERE a.persoon = l.persoon
    AND a.start <= l.start + 183 AND (a.einde IS NULL OR a.einde >= l.start)
  ) THEN 1 ELSE 0 END AS teller,
  CASE WHEN l.start + 183 <= CAST(:peildatum AS DATE) THEN 1 END AS noemer
FROM leerroutes AS l WHERE l.leerroute IN ('B1', 'Z')
