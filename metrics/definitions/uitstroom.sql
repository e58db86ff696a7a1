/* ---
id: uitstroom
titel: Einde van leerroutes
subdoel: snelheid
vraag: Hoeveel mensen stoppen met een leerroute, en waarom?
definitie: >
  Het aantal leerroutes dat in de periode eindigde, per leerroute en per reden van het einde.
bron: [beleidsdocument P-§4]
soort: aantal
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [leerroute, reden_einde]
geldig_van: 2022-01-01
--- */
SELECT persoon, einde AS datum, leerroute, reden_einde, contract FROM leerroutes WHERE einde IS NOT NULL
