/* ---
id: uitval
titel: Uitval uit de leerroute
subdoel: kwaliteit
vraag: Hoeveel mensen vallen uit, en wanneer?
definitie: >
  Van de leerroutes die in de periode begonnen: welk deel is na 6, 12 en 24 maanden geëindigd door uitval. Een
  leerroute kan ook anders eindigen (afgerond, overstap, vertrokken) of nog bezig zijn. Wie nog bezig is, telt niet
  als uitval en niet als afgerond: die mensen zijn nog niet lang genoeg gevolgd.
bron: [beleidsdocument P-§4]
soort: incidentie
richting: lager
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
einden: [uitval, afgerond, overstap, vertrokken]
horizonnen: [183, 365, 730]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT persoon, start AS datum, leerroute, contract, COALESCE(einde, CAST(:peildatum AS DATE)) - start AS duur,
  reden_einde AS afloop
FROM leerroutes
