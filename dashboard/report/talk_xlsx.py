"""The dossier as a workbook: the same facts as the two pages, for all quarters, to count and sort."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from dashboard import wording
from dashboard.wording import suppliers

_COURSE = (
    "kwartaal", "kpi", "titel", "waarde", "laag", "hoog", "teller", "noemer", "n", "norm", "oordeel", "zekerheid",
    "reeks", "stap", "bron",
)  # fmt: skip


def workbook(facts: dict[str, Any]) -> bytes:
    """From what `talk.build` gives. Text is text: nothing in it is a formula. The same facts give the same bytes."""
    raw = facts["_"]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{facts['titel']}, {facts['periode']}", "created": _moment(facts["datum"])})
    about = [["Contract", facts["titel"]], ["Aanbieder", facts["aanbieder"]], ["Kwartaal", facts["periode"]]]
    about += [["Peildatum", facts["peildatum"]], ["Momentopname", facts["momentopname"]]]
    about += [["Let op", "VOORBEELD: alle gegevens zijn verzonnen."]] if facts["voorbeeld"] else []
    about += [["Let op", "Normen zonder bron zijn voorbeelden."]] if facts["voorbeeldnorm"] else []
    about += [["Vraag", one] for one in facts["vragen"]] + [["Opvallend", one] for one in facts["waarom"]]
    _sheet(book, "Over", ("Wat", "Inhoud"), about)
    _sheet(
        book, "Oordelen", [wording.title_of(one) for one in _COURSE],
        [[getattr(one, name) for name in _COURSE] for one in raw["oordelen"]],
    )  # fmt: skip
    _sheet(book, "Verschillen", ("Kwartaal", "Verschil", "Aantal"), raw["bevindingen"])
    _sheet(
        book, "Rapportages", ("Kwartaal", "Termijn", "Ontvangen", "Dagen te laat"),
        [[one.kwartaal, one.termijn, one.ontvangen, one.dagen_te_laat if one.ontvangen else None]
         for one in raw["rapportages"]],
    )  # fmt: skip
    _sheet(
        book, "Acties", ("Nummer", "Stand", "Voor", "Eigenaar", "Wat", "Resultaat"),
        [[one.nummer, one.status, one.actie.voor, one.actie.eigenaar, one.actie.wat,
          one.sluiting.resultaat if one.sluiting else None] for one in raw["acties"]],
    )  # fmt: skip
    _sheet(
        book, "Gesprekken", ("Nummer", "Datum", "Aanwezig", "Verslag"),
        [[one.nummer, one.gesprek.datum, ", ".join(one.gesprek.aanwezigen), one.gesprek.verslag]
         for one in raw["gesprekken"]],
    )  # fmt: skip
    _sheet(
        book, "Verteld en nu",
        ("Kwartaal", "KPI", "Afspraak", "Wanneer", "Waarde toen", "Oordeel toen", "Waarde nu", "Oordeel nu", "Oorzaak"),
        [
            [past.kwartaal, one.toen.kpi, one.toen.titel, kind, one.toen.waarde, one.toen.oordeel, one.nu.waarde,
             one.nu.oordeel, "; ".join(one.oorzaken)]
            for past in raw["toen"] for kind, changes in (("verteld", past.verteld), ("toen", past.toen))
            for one in changes
        ],
    )  # fmt: skip
    _sheet(
        book, "Vergelijken",
        ("Wat", "Vergelijkbaar", "Contract", "Afgerond", "Klaar", "Aandeel", "Gemiddelde", "Verwacht",
         "Met dezelfde mensen", "Eerlijk vergeleken", "In de trechter"),
        [
            [suppliers.what_of(one), "ja" if one.gelijk else "nee", raw["namen"].get(row["contract"], row["contract"]),
             row["teller"], row["noemer"], row["waarde"], row["gemiddelde"],
             *([(row["eerlijk"] or {}).get(name) for name in ("verwacht", "gestandaardiseerd", "oordeel")]
               if one.gelijk else [None, None, "niet vergelijken"]),
             row["plaats"] if one.gelijk else None]
            for one in raw["eerlijk"] for row in one.rijen
        ],
    )  # fmt: skip
    years = [[one["jaar"], one["betaald"], one["samen"], one["begroot"]] for one in raw["geld"].per_jaar]
    _sheet(book, "Geld", ("Jaar", "Betaald (euro)", "Betaald, alle contracten (euro)", "Begroot (euro)"), years)
    book.close()
    return content.getvalue()


def _sheet(book: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, str(value))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    if rows:
        sheet.autofilter(0, 0, len(rows), len(head) - 1)


def _moment(day: str) -> datetime:
    return datetime.fromisoformat(day)
