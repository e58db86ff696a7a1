/* ---
id: samenloop
titel: Mogelijke dubbele straffen
subdoel: handhaving
vraag: Wordt iemand twee keer gestraft voor hetzelfde?
definitie: >
  Het aantal keren dat iemand een boete kreeg op grond van de Wet inburgering en binnen 30 dagen daarvoor of daarna
  een boete of maatregel op grond van de Participatiewet. Het doel is nul.
bron: [beleidsdocument P-§3]
soort: aantal
richting: lager
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
geldig_van: 2022-01-01
--- */
SELECT w.persoon, GREATEST(w.datum, p.datum) AS datum
FROM besluiten AS w JOIN besluiten AS p ON w.persoon = p.persoon
WHERE w.soort = 'boete' AND w.grondslag = 'Wi2021' AND p.soort IN ('boete', 'maatregel')
  AND p.grondslag = 'Participatiewet' AND ABS(w.datum - p.datum) <= 30
