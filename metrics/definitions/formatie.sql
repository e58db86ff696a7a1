/* ---
id: formatie
titel: Formatie
subdoel: kosten
vraag: Zijn er genoeg mensen voor de uitvoering?
definitie: >
  De formatie die nodig is op de peildatum (elke inburgeraar die bezig is kost 15 uur per jaar), naast de formatie die
  er is volgens de laatste opgave. Teller: nodig, in fte. Noemer: beschikbaar, in fte. Bij een keuze of uitsplitsing is
  de teller wat die groep vraagt; de noemer blijft de formatie van het hele team.
bron: [beleidsdocument P-§6.2]
soort: verhouding
richting: geen
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd]
eenheid: fte
interval: false
geheel: true
geldig_van: 2022-01-01
--- */
SELECT t.persoon, 15 AS teller, f.fte AS noemer, f.uren AS deler
FROM trajecten AS t CROSS JOIN (
  SELECT max(r.fte) AS fte, max(r.uren_per_fte) AS uren FROM ref_uitvoering AS r
  WHERE r.jaar = (SELECT max(x.jaar) FROM ref_uitvoering AS x WHERE x.jaar <= year(CAST(:peildatum AS DATE)))
) AS f
WHERE t.datum_einde IS NULL
UNION ALL
SELECT NULL AS persoon, 0 AS teller, max(r.fte) AS noemer, max(r.uren_per_fte) AS deler FROM ref_uitvoering AS r
WHERE r.jaar = (SELECT max(x.jaar) FROM ref_uitvoering AS x WHERE x.jaar <= year(CAST(:peildatum AS DATE)))
