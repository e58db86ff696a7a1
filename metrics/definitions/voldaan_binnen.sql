/* ---
id: voldaan_binnen
titel: Voldaan aan de inburgeringsplicht
subdoel: snelheid
vraag: Welk deel voldoet, en hoe snel?
definitie: >
  Van de mensen die in de periode een PIP kregen: welk deel na 12, 24 en 36 maanden heeft voldaan aan de
  inburgeringsplicht. Anderen zijn ontheven of vrijgesteld, vertrokken of overleden, hebben niet voldaan of zijn nog
  bezig. Wie nog bezig is, telt mee zolang die gevolgd is.
bron: ['beleidsdocument P-§4', 'Wet inburgering 2021 art. 11']
soort: incidentie
richting: hoger
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
einden: [voldaan, ontheven of vrijgesteld, vertrokken of overleden, niet voldaan]
horizonnen: [365, 730, 1095]
gevolgd: true
geldig_van: 2022-01-01
--- */
SELECT p.persoon, t.datum_pip AS datum,
  GREATEST(COALESCE(t.datum_einde, p.datum_vertrek, CAST(:peildatum AS DATE)) - t.datum_pip, 0) AS duur,
  CASE WHEN t.uitkomst IN ('ontheffing', 'vrijstelling') THEN 'ontheven of vrijgesteld'
    WHEN t.uitkomst IN ('vertrokken', 'overleden') THEN 'vertrokken of overleden' ELSE t.uitkomst END AS afloop
FROM personen AS p JOIN trajecten AS t ON p.persoon = t.persoon
WHERE t.datum_pip IS NOT NULL
