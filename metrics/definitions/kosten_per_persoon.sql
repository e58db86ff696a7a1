/* ---
id: kosten_per_persoon
titel: Voorzieningen per nieuwe inburgeraar
subdoel: kosten
vraag: Wat kosten de voorzieningen per nieuwe inburgeraar?
definitie: >
  Per jaar: de boekingen op het budget voorzieningen, gedeeld door het aantal mensen dat in dat jaar
  inburgeringsplichtig werd. Per doelgroep kan als bij de boekingen een doelgroep staat.
bron: [beleidsdocument P-§6.2]
soort: verhouding
richting: lager
dimensies: [gemeente, doelgroep]
eigen: [jaar]
interval: false
eenheid: euro
geldig_van: 2022-01-01
--- */
SELECT datum, gemeentecode AS gemeente, doelgroep, bedrag AS teller, 0 AS noemer FROM boekingen WHERE budget = 'voorzieningen'
UNION ALL
SELECT datum_plichtig AS datum, gemeentecode AS gemeente, doelgroep, 0 AS teller, 1 AS noemer FROM personen
