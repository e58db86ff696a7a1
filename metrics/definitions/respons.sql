/* ---
id: respons
titel: Respons op het tevredenheidsonderzoek
subdoel: kwaliteit
vraag: Hoeveel mensen geven antwoord?
definitie: >
  Per onderdeel en kwartaal waarin mensen zijn uitgenodigd: het aantal antwoorden, gedeeld door het aantal
  uitnodigingen.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [contract, jaar]
eigen: [onderdeel, kwartaal]
geldig_van: 2022-01-01
--- */
SELECT onderdeel, kwartaal, contract, last_day(
    make_date(CAST(substring(kwartaal, 1, 4) AS INTEGER), 3 * CAST(substring(kwartaal, 7, 1) AS INTEGER), 1)) AS datum,
  teller, noemer
FROM (
  SELECT onderdeel, kwartaal, contract, 0 AS teller, uitgenodigd AS noemer FROM uitnodigingen
  UNION ALL
  SELECT t.onderdeel, year(t.datum) || '-K' || quarter(t.datum) AS kwartaal, t.contract, 1 AS teller, NULL AS noemer
  FROM tevredenheid AS t WHERE EXISTS (
    SELECT 1 FROM uitnodigingen AS u
    WHERE u.onderdeel = t.onderdeel AND u.kwartaal = year(t.datum) || '-K' || quarter(t.datum))
) AS beide
