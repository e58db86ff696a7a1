"""The codes of refusal, in the order in which the first that applies counts, and their sentences."""

ROW_CODES = (
    "VERPLICHT_LEEG", "BSN_ONGELDIG", "DATUM_ONGELDIG", "GETAL_ONGELDIG", "WAARDE_ONBEKEND", "GEMEENTE_ONBEKEND",
    "CONTRACT_ONBEKEND", "BUITEN_BEREIK", "DATUM_VOLGORDE", "ONDERLING_STRIJDIG", "PERSOON_ONBEKEND", "DUBBEL_STRIJDIG",
)  # fmt: skip
RANK = {code: rank for rank, code in enumerate(ROW_CODES, start=1)}
UNREADABLE, NO_COLUMN, UNKNOWN_FILE = "BESTAND_ONLEESBAAR", "KOLOM_ONTBREEKT", "BESTAND_ONBEKEND"


class FileRefused(Exception):
    """A file that is refused as a whole: its code and a sentence."""

    def __init__(self, code: str, melding: str) -> None:
        self.code, self.melding = code, melding
        super().__init__(code)


_EXPECTED = {
    "datum": "een datum zoals 2024-03-31 of 31-03-2024, tussen 1900 en 2100",
    "maand": "een maand zoals 2024-03",
    "kwartaal": "een kwartaal zoals 2024-K1",
    "halfjaar": "een halfjaar zoals 2024-1",
    "getal": "een getal zoals 1234,50",
    "geheel": "een heel getal",
}


def sentence(code: str, column: str | None, spec: object | None = None) -> str:
    """What is wrong and what is expected, in Dutch; never the value itself."""
    kind = getattr(spec, "type", "")
    if code == "VERPLICHT_LEEG":
        return f"De kolom {column} is leeg, maar moet gevuld zijn."
    if code == "BSN_ONGELDIG":
        return "Dit is geen geldig BSN. Een BSN heeft negen cijfers en voldoet aan de elfproef."
    if code == "DATUM_ONGELDIG":
        return f"De kolom {column} bevat geen geldige waarde. Verwacht: {_EXPECTED.get(kind, _EXPECTED['datum'])}."
    if code == "GETAL_ONGELDIG":
        extra = (
            " Schrijf 11000 of 11.000,00; bij 11.000 is niet duidelijk wat de punt betekent."
            if getattr(spec, "geld", False)
            else ""
        )
        return f"De kolom {column} bevat geen geldig getal. Verwacht: {_EXPECTED.get(kind, _EXPECTED['getal'])}.{extra}"
    if code == "WAARDE_ONBEKEND":
        options = "ja, nee" if kind == "janee" else ", ".join(getattr(spec, "keuzes", ()))
        return f"De waarde in de kolom {column} is niet bekend. Kies uit: {options}."
    if code == "GEMEENTE_ONBEKEND":
        return "Deze gemeentecode staat niet in de lijst van gemeenten. Verwacht: vier cijfers, bijvoorbeeld 0397."
    if code == "CONTRACT_ONBEKEND":
        return "Dit contract staat niet in de afspraken. Gebruik de id van een contract, bijvoorbeeld danner-b1."
    if code == "BUITEN_BEREIK":
        low, high = getattr(spec, "van", None), getattr(spec, "tot", None)
        limits = f"van {low or 0:g} tot en met {high:g}" if high is not None else ""
        limits = limits or ("een getal" if low is None else f"minstens {low:g}") + ", en niet wat een BSN kan zijn"
        return f"Het getal in de kolom {column} valt buiten het bereik. Verwacht: {limits}."
    if code == "DATUM_VOLGORDE":
        return f"De datum in de kolom {column} ligt vóór een datum die eerder moet zijn."
    if code == "ONDERLING_STRIJDIG":
        if column is None:
            return (
                "Deze rij heeft meer velden dan de kopregel. "
                "Staat er een scheidingsteken in een veld? Zet dat veld tussen aanhalingstekens."
            )
        return (
            f"De kolom {column} past niet bij de andere kolommen van deze rij: "
            "gevuld waar leeg hoort, of leeg waar gevuld hoort."
        )
    if code == "PERSOON_ONBEKEND":
        return "Dit BSN komt niet voor in personen. Lever eerst de persoon aan."
    return "Er zijn rijen met dezelfde sleutel maar een andere inhoud, met dezelfde stand. Laat één rij staan."
