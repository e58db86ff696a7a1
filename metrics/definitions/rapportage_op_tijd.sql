/* ---
id: rapportage_op_tijd
titel: Rapportages op tijd
subdoel: tijdigheid
vraag: Komen de rapportages van de aanbieders op tijd?
definitie: >
  Per contract en kwartaal van de looptijd waarvan de termijn voorbij is: was de eerste versie van de rapportage op
  tijd binnen? Een rapportage die er niet is, was niet op tijd.
bron: [beleidsdocument P-§4]
soort: aandeel
richting: hoger
dimensies: [jaar, kwartaal, maand]
eigen: [contract, kwartaal]
interval: false
personen: false
geldig_van: 2022-01-01
--- */
SELECT k.contract, year(k.laatste) || '-K' || quarter(k.laatste) AS kwartaal, k.laatste AS datum,
  CASE WHEN min(r.datum) <= k.laatste + k.termijn_dagen THEN 1 ELSE 0 END AS teller, 1 AS noemer
FROM (
  SELECT c.contract, c.termijn_dagen, c.van, c.tot,
    last_day(make_date(2021 + CAST(n.nummer AS INTEGER) // 4, 3 * (CAST(n.nummer AS INTEGER) % 4) + 3, 1)) AS laatste
  FROM contracten AS c, UNNEST(range(0, 120)) AS n(nummer)
  WHERE c.ritme = 'kwartaal'
) AS k
LEFT JOIN rapportages AS r
  ON r.contract = k.contract AND r.kwartaal = year(k.laatste) || '-K' || quarter(k.laatste)
WHERE k.laatste BETWEEN k.van AND k.tot AND k.laatste + k.termijn_dagen <= CAST(:peildatum AS DATE)
GROUP BY k.contract, k.laatste, k.termijn_dagen
