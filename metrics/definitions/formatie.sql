/* ---
id: formatie
titel: Formatie
subdoel: kosten
vraag: Zijn er genoeg mensen voor de uitvoering?
definitie: >
  De formatie die nodig is op de peildatum (elke inburgeraar die bezig is kost 15 uur per jaar), naast de formatie die
  er is. Teller: nodig, in fte. Noemer: beschikbaar, in fte.
bron: [beleidsdocument P-§6.2]
soort: verhouding
richting: geen
dimensies: []
eenheid: fte
interval: false
geldig_van: 2022-01-01
--- */
SELECT t.persoon, 15.0 / f.uren AS teller, 0 AS noemer
FROM trajecten AS t CROSS JOIN (
  SELECT max(uren_per_fte) AS uren FROM ref_uitvoering WHERE jaar = year(CAST(:peildatum AS DATE))) AS f
WHERE t.datum_einde IS NULL
UNION ALL
SELECT NULL AS persoon, 0 AS teller, max(fte) AS noemer FROM ref_uitvoering WHERE jaar = year(CAST(:peildatum AS DATE))
