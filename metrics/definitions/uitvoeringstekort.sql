/* ---
id: uitvoeringstekort
titel: Tekort op de uitvoering
subdoel: kosten
vraag: Is het budget voor de uitvoering genoeg?
definitie: >
  Per jaar en gemeente: de boekingen op uitvoering van de samenwerkende gemeenten keer het aandeel van de gemeente,
  min het budget van de gemeente. Boven nul is er een tekort.
bron: [beleidsdocument P-§6.2]
soort: bedrag
richting: lager
dimensies: []
eigen: [jaar, gemeente]
eenheid: euro
personen: false
samen: true
geldig_van: 2022-01-01
--- */
SELECT b.datum, r.gemeentecode AS gemeente, b.bedrag * r.aandeel AS bedrag
FROM boekingen AS b JOIN ref_uitvoering AS r ON r.jaar = year(b.datum)
WHERE b.budget = 'uitvoering' AND r.budget IS NOT NULL AND r.aandeel IS NOT NULL
  AND b.gemeentecode IN (SELECT x.gemeentecode FROM ref_uitvoering AS x)
UNION ALL
SELECT GREATEST(make_date(r.jaar, 1, 1), CAST(:van AS DATE)) AS datum, r.gemeentecode AS gemeente, -r.budget AS bedrag
FROM ref_uitvoering AS r
WHERE r.budget IS NOT NULL AND r.aandeel IS NOT NULL
  AND r.jaar IN (
    SELECT year(b.datum) FROM boekingen AS b
    WHERE b.budget = 'uitvoering' AND b.datum BETWEEN CAST(:van AS DATE) AND CAST(:tot AS DATE)
      AND b.gemeentecode IN (SELECT x.gemeentecode FROM ref_uitvoering AS x))
