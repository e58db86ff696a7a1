/* ---
id: tevredenheid
titel: Tevredenheid
subdoel: kwaliteit
vraag: Zijn inburgeraars tevreden?
definitie: >
  Het gemiddelde rapportcijfer (1 tot en met 10) van de antwoorden in de periode, per onderdeel. De antwoorden zijn
  anoniem; splitsen naar persoonskenmerken kan daarom niet.
bron: [beleidsdocument P-§4, managementrapportages]
soort: gemiddelde
richting: hoger
dimensies: [contract, jaar, kwartaal, maand]
eigen: [onderdeel]
geldig_van: 2022-01-01
--- */
SELECT datum, onderdeel, contract, score AS waarde FROM tevredenheid
