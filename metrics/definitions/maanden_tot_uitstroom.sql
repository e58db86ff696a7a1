/* ---
id: maanden_tot_uitstroom
titel: Maanden van PIP tot het einde van de leerroute
subdoel: snelheid
vraag: Hoe lang duurt een leerroute die is afgerond?
definitie: >
  Van de leerroutes die in de periode zijn afgerond, door mensen met een PIP: het aantal maanden van het PIP tot het
  einde. Dit gaat alleen over wie al klaar is. Wie nog bezig is, duurt langer; daarom lijkt het eerst korter dan het is.
bron: [beleidsdocument P-§4]
soort: kwartielen
richting: lager
eenheid: maanden
klaar: true
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [leerroute]
geldig_van: 2022-01-01
--- */
SELECT l.persoon, l.einde AS datum, l.leerroute, l.contract, (l.einde - t.datum_pip) / 30.4375 AS waarde
FROM leerroutes AS l JOIN trajecten AS t ON l.persoon = t.persoon
WHERE l.reden_einde = 'afgerond' AND l.einde IS NOT NULL AND t.datum_pip IS NOT NULL
