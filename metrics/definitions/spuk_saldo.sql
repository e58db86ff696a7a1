/* ---
id: spuk_saldo
titel: Saldo van de SPUK voorzieningen
subdoel: kosten
vraag: Is het geld van het Rijk voor voorzieningen genoeg?
definitie: >
  Per jaar: het bedrag van het Rijk voor de nieuwe asielstatushouders en gezinsmigranten (aantal keer het tarief van
  dat jaar) min de boekingen op voorzieningen. Onder nul is er een tekort.
bron: [beleidsdocument P-§6.2]
soort: bedrag
richting: hoger
dimensies: [gemeente]
eigen: [jaar]
eenheid: euro
personen: false
geldig_van: 2022-01-01
--- */
SELECT p.datum_plichtig AS datum, p.gemeentecode AS gemeente, r.tarief AS bedrag
FROM personen AS p JOIN ref_tarieven AS r ON r.doelgroep = p.doelgroep AND r.jaar = year(p.datum_plichtig)
WHERE p.doelgroep IN ('asielstatushouder', 'gezinsmigrant')
UNION ALL
SELECT datum, gemeentecode AS gemeente, -bedrag AS bedrag FROM boekingen
WHERE budget = 'voorzieningen' AND year(datum) IN (SELECT jaar FROM ref_tarieven)
