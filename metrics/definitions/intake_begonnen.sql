/* ---
id: intake_begonnen
titel: Brede intake begonnen
subdoel: tijdigheid
vraag: Bij hoeveel nieuwe inburgeraars is de brede intake begonnen?
definitie: >
  Van de mensen die in de periode inburgeringsplichtig werden: bij welk deel op de peildatum het eerste gesprek van de
  brede intake is geweest. Wie al een PIP heeft, telt mee: het PIP is de uitkomst van de intake, ook als die in een
  andere gemeente was.
bron: [beleidsdocument P-§5, 'CBS, Statistiek Wet inburgering (SWI)']
soort: aandeel
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT p.persoon, p.datum_plichtig AS datum,
  CASE WHEN t.datum_intake_1 IS NOT NULL OR t.datum_pip IS NOT NULL THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM personen AS p LEFT JOIN trajecten AS t ON p.persoon = t.persoon
