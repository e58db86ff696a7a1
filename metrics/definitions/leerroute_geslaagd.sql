/* ---
id: leerroute_geslaagd
titel: Leerroute afgerond, van wie al klaar is
subdoel: kwaliteit
vraag: Ronden mensen hun leerroute af?
definitie: >
  Van de leerroutes die in de periode eindigden met afronding of uitval: welk deel is afgerond. Dit gaat alleen over
  wie al klaar is. Zolang veel mensen nog bezig zijn, is dit deel te laag: uitval komt vroeg, afronden komt laat.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
klaar: true
geldig_van: 2022-01-01
--- */
SELECT persoon, einde AS datum, leerroute, contract, CASE WHEN reden_einde = 'afgerond' THEN 1 ELSE 0 END AS teller,
  1 AS noemer
FROM leerroutes WHERE einde IS NOT NULL AND reden_einde IN ('afgerond', 'uitval')
