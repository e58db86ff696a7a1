/* ---
id: kosten
titel: Kosten
subdoel: kosten
vraag: Wat kost de inburgering, en past dat in de begroting?
definitie: >
  De som van de boekingen in de periode, per jaar, gemeente, budget en kostensoort. Verplichtingen tellen niet mee.
  Ernaast staat de begroting van het jaar en welk deel daarvan is uitgegeven. Een post op de begroting waarvan niets is
  uitgegeven, staat er met 0.
bron: [beleidsdocument P-§6.2]
soort: bedrag
richting: geen
eenheid: euro
dimensies: [contract, doelgroep, kwartaal, maand]
eigen: [jaar, gemeente, budget, kostensoort]
personen: false
geldig_van: 2022-01-01
--- */
SELECT datum, gemeentecode AS gemeente, budget, kostensoort, contract, doelgroep, bedrag FROM boekingen
