/* ---
id: spuk_telling
titel: Telling voor de SPUK
subdoel: kosten
vraag: Voor hoeveel mensen telt de gemeente mee bij het geld van het Rijk?
definitie: >
  Per jaar: het aantal mensen dat op 31 december in de gemeente woont en meetelt voor het geld van het Rijk. Een
  asielstatushouder telt drie jaren achter elkaar, vanaf het jaar van de inburgeringsplicht. Een gezinsmigrant telt één
  keer. Wie voor 31 december vertrok of overleed, telt dat jaar niet. Wie klaar is, telt wel.
bron: [beleidsdocument P-§6.2, telregel van de SPUK]
soort: aantal
dimensies: [gemeente, doelgroep]
eigen: [jaar, doelgroep]
geldig_van: 2022-01-01
--- */
SELECT p.persoon, p.doelgroep, k.dag AS datum, year(k.dag) AS jaar
FROM personen AS p
CROSS JOIN (
  SELECT make_date(2022 + CAST(n.nummer AS INTEGER), 12, 31) AS dag FROM UNNEST(range(0, 60)) AS n(nummer)
) AS k
LEFT JOIN trajecten AS t ON p.persoon = t.persoon
WHERE k.dag <= CAST(:peildatum AS DATE)
  AND p.doelgroep IN ('asielstatushouder', 'gezinsmigrant')
  AND year(k.dag) - year(p.datum_plichtig) BETWEEN 0 AND CASE WHEN p.doelgroep = 'asielstatushouder' THEN 2 ELSE 0 END
  AND (p.datum_vertrek IS NULL OR p.datum_vertrek > k.dag)
  AND NOT COALESCE(t.uitkomst IN ('vertrokken', 'overleden') AND t.datum_einde <= k.dag, FALSE)
