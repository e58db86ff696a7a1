/* ---
id: uit_bijstand
titel: Uit de bijstand
subdoel: dualiteit
vraag: Hoe snel hebben mensen geen uitkering meer nodig?
definitie: >
  Van de uitkeringen die in de periode begonnen: welk deel na 12, 24 en 36 maanden is geëindigd door werk. Een
  uitkering kan ook eindigen door studie, verhuizing of iets anders, of nog lopen.
bron: [beleidsdocument P-§4]
soort: incidentie
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
einden: [werk, studie, verhuizing, overig]
horizonnen: [365, 730, 1095]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, COALESCE(einde, CAST(:peildatum AS DATE)) - start AS duur,
  CASE WHEN einde IS NOT NULL THEN COALESCE(reden_einde, 'overig') END AS afloop
FROM uitkeringen
