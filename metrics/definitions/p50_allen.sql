/* ---
id: p50_allen
titel: Dagen tot de helft heeft voldaan
subdoel: snelheid
vraag: Na hoeveel dagen heeft de helft van iedereen voldaan?
definitie: >
  Van de mensen die in de periode een PIP kregen, ook wie nog bezig is: het aantal dagen na het PIP waarop een kwart,
  de helft en driekwart heeft voldaan aan de inburgeringsplicht. Leeg als dat deel nog niet is bereikt.
bron: [beleidsdocument P-§4]
soort: tijd_tot
richting: lager
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
einden: [voldaan]
eenheid: dagen
geldig_van: 2022-01-01
--- */
SELECT p.persoon, t.datum_pip AS datum,
  GREATEST(COALESCE(t.datum_einde, p.datum_vertrek, CAST(:peildatum AS DATE)) - t.datum_pip, 0) AS duur,
  CASE WHEN t.uitkomst IN ('ontheffing', 'vrijstelling') THEN 'ontheven of vrijgesteld'
    WHEN t.uitkomst IN ('vertrokken', 'overleden') THEN 'vertrokken of overleden' ELSE t.uitkomst END AS afloop
FROM personen AS p JOIN trajecten AS t ON p.persoon = t.persoon
WHERE t.datum_pip IS NOT NULL
