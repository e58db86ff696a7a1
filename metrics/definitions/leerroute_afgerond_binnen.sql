/* ---
id: leerroute_afgerond_binnen
titel: Leerroute afgerond binnen de tijd
subdoel: snelheid
vraag: Welk deel rondt de leerroute af, en hoe snel?
definitie: >
  Van de mensen die in de periode aan hun eerste leerroute begonnen: welk deel die leerroute na 24 en 36 maanden heeft
  afgerond. De leerroute kan ook eindigen door uitval, een overstap of vertrek, of nog bezig zijn. Wie nog bezig is,
  telt mee zolang die gevolgd is.
bron: [beleidsdocument P-§4]
soort: incidentie
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
einden: [afgerond, uitval, overstap, vertrokken]
horizonnen: [730, 1095]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, leerroute, contract, COALESCE(einde, CAST(:peildatum AS DATE)) - start AS duur,
  reden_einde AS afloop
FROM (
  SELECT persoon, start, leerroute, contract, einde, reden_einde, ROW_NUMBER() OVER (
    PARTITION BY persoon ORDER BY start, CASE leerroute WHEN 'B1' THEN 1 WHEN 'onderwijs' THEN 2 ELSE 3 END
  ) AS nummer
  FROM leerroutes
) AS eerste
WHERE nummer = 1
