/* ---
id: gegevenskwaliteit
titel: Kwaliteit van de gegevens
subdoel: gegevens
vraag: Kloppen de gegevens?
definitie: >
  Per bestand: het aantal rijen dat is gelezen, geladen, identiek, vervangen en geweigerd. Per contract: het aantal
  verschillen tussen de gemeente en de aanbieder. Dit cijfer gaat over alles wat in deze momentopname is geladen; de
  peildatum en de periode doen niet mee.
bron: [eigen leveringen]
soort: aantal
richting: geen
dimensies: []
eigen: [bestand, contract, kenmerk]
personen: false
geldig_van: 2022-01-01
--- */
SELECT bestand, contract, 'gelezen' AS kenmerk, gelezen AS aantal FROM leveringen
UNION ALL
SELECT bestand, contract, 'geladen' AS kenmerk, geladen AS aantal FROM leveringen
UNION ALL
SELECT bestand, contract, 'identiek' AS kenmerk, identiek AS aantal FROM leveringen
UNION ALL
SELECT bestand, contract, 'vervangen' AS kenmerk, vervangen AS aantal FROM leveringen
UNION ALL
SELECT bestand, contract, 'geweigerd' AS kenmerk, geweigerd AS aantal FROM leveringen
UNION ALL
SELECT NULL AS bestand, contract, soort AS kenmerk, 1 AS aantal FROM bevindingen
