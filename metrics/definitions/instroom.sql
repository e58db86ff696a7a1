/* ---
id: instroom
titel: Nieuwe inburgeraars
subdoel: instroom
vraag: Hoeveel mensen beginnen met inburgeren?
definitie: >
  Het aantal mensen dat in de periode inburgeringsplichtig is geworden.
bron: [beleidsdocument P-§2.3, Wet inburgering 2021 art. 3]
soort: aantal
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT persoon, datum_plichtig AS datum FROM personen
