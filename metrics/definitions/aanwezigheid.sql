/* ---
id: aanwezigheid
titel: Aanwezigheid
subdoel: kwaliteit
vraag: Zijn inburgeraars aanwezig bij de lessen en de participatie?
definitie: >
  Het aantal uren dat mensen aanwezig waren, gedeeld door het aantal geplande uren, per soort. Het kan meer dan 100 %
  zijn. n is het aantal mensen met zulke uren.
bron: [beleidsdocument P-§5, managementrapportages]
soort: verhouding
richting: hoger
interval: false
dimensies: [gemeente, doelgroep, leerroute, contract, cohort, geslacht, leeftijd, jaar, kwartaal, maand]
eigen: [soort]
geldig_van: 2022-01-01
--- */
SELECT persoon, maand AS datum, soort, contract, uren_aanwezig AS teller, uren_gepland AS noemer FROM uren
