"""Deliveries in a form of their own, as a case system or a supplier makes them: read through a layout, without code."""

import csv
import io
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from data.voorbeeld.levensloop import Row
from data.voorbeeld.schrijven import blad, werkboek

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_CASES = {
    "waarschuwing": "Schriftelijke waarschuwing", "boete": "Bestuurlijke boete", "maatregel": "Maatregel uitkering",
    "verlenging": "Verlenging inburgeringstermijn", "ontheffing": "Ontheffing inburgeringsplicht",
    "vrijstelling": "Vrijstelling inburgeringsplicht", "afschaling": "Afschaling naar A2",
}  # fmt: skip
_GROUNDS = {"Wi2021": "Wet inburgering 2021", "Participatiewet": "PW"}
_PROGRAMMES = {"onderwijs": "Schakeljaar", "B1": "Taaltraject", "Z": "Zelfredzaamheid", "leerroute": "Schakeljaar"}
_REASONS = {
    "afgerond": "Diploma", "uitval": "Gestopt", "overstap": "Ander traject", "vertrokken": "Verhuisd",
    "niet afgerond": "Geen diploma",
}  # fmt: skip
_SUBJECTS = {
    "docenten": "Docenten in dienst", "docenten_bevoegd": "Waarvan bevoegd", "groepen": "Groepen",
    "deelnemers_in_groepen": "Studenten in groepen", "klachten": "Klachten ontvangen",
    "klachten_op_tijd": "Klachten binnen de termijn afgehandeld",
    "wachttijd_dagen": "Gemiddelde wachttijd in dagen", "aanmeldingen": "Nieuwe aanmeldingen",
    "gestart_op_tijd": "Op tijd gestart", "keurmerk_geldig_tot": "Keurmerk geldig tot",
}  # fmt: skip


def zaakexport(path: Path, rows: list[Row]) -> Path:
    """The table besluiten as a case system exports it; the number of lines before the header differs per file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["Zaakoverzicht inburgering (VOORBEELD, verzonnen)"])
    for line in ("Selectie: afgehandelde besluiten", "Gesorteerd op: datum", "")[: 1 + len(rows) % 3]:
        writer.writerow([line])
    writer.writerow(["Zaaknummer", "Zaaktype", "Burgerservicenummer", "Datum besluit", "Wettelijke grondslag",
                     "Bedrag (EUR)", "Termijn (maanden)", "Behandelende organisatie"])  # fmt: skip
    for number, row in enumerate(rows, start=1):
        raw = row.get("_ruw", {})
        day = row["datum"]
        amount = f"{row['bedrag']:.2f}".replace(".", ",") if row["bedrag"] is not None else ""
        ground = raw.get("grondslag", _GROUNDS[row["grondslag"]])
        writer.writerow([f"Z-{number:05d}", _CASES[row["soort"]], raw.get("bsn", row["bsn"]),
                         f"{day.day}-{day.month}-{day.year}", ground, amount, row["maanden"] or "",
                         row["instantie"] or ""])  # fmt: skip
    writer.writerow([f"Aantal zaken: {len(rows)}"])
    path.write_bytes(text.getvalue().encode("cp1252"))
    return path


def presentie(path: Path, hours: list[list[Any]]) -> Path:
    """Hours of one quarter: a sheet per month, two header rows, language and participation side by side, totals."""
    months: dict[str, dict[str, list[list[Any]]]] = defaultdict(lambda: defaultdict(list))
    for bsn, month, kind, planned, present in hours:
        place = 1 if kind == "taal" else 3
        lines = months[month][bsn]
        line = next((one for one in lines if one[place] is None), None)
        if line is None:
            line = [bsn, None, None, None, None]
            lines.append(line)
        line[place : place + 2] = [planned, present]
    book = werkboek(path)
    blad(book, "Uitleg", ["Presentie Z-route (VOORBEELD, verzonnen)"], [["Uren per deelnemer, per maand een blad."]])
    for month, people in sorted(months.items()):
        name = f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}"
        rows = [line for lines in people.values() for line in lines]
        totals = [sum(line[place] or 0 for line in rows) for place in range(1, 5)]
        blad(
            book, f"Maand {name}", [f"Presentie {name}"],
            [["VOORBEELD"], [], ["Deelnemer", "Taal en KNM", None, "Participatie", None],
             ["BSN", "gepland", "gevolgd", "gepland", "gevolgd"], *rows, ["Totaal", *totals]],
        )  # fmt: skip
    book.close()
    return path


def rapportage(
    path: Path,
    quarter: str,
    day: date,
    *,
    deelnemers: list[list[Any]],
    uren: list[list[Any]],
    kwaliteit: list[list[Any]],
    tevredenheid: list[list[Any]],
    toelichting: list[list[Any]],
) -> Path:
    """A supplier's own report: the content of a standard one under its own sheets, headers and words."""
    book = werkboek(path)
    blad(
        book, "Omslag", ["Kwartaalrapportage taalopleidingen (VOORBEELD, verzonnen)"],
        [[], [], [None, "Periode", f"{quarter[-1]}e kwartaal {quarter[:4]}"],
         [None, "Opgemaakt op", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"]],
    )  # fmt: skip
    students = [
        [bsn, _PROGRAMMES.get(name, name), start, end, _REASONS.get(reason, reason), level]
        for bsn, name, start, end, reason, level in deelnemers
    ]
    head = ["Burgerservicenr.", "Programma", "Eerste lesdag", "Laatste lesdag", "Uitstroom", "Eindniveau"]
    blad(book, "Studenten", ["Overzicht studenten"],
         [[f"Kwartaal: {quarter}"], [], [], [], head, *students, [f"Aantal studenten: {len(students)}"]])  # fmt: skip
    lessons = [[bsn, month, planned, present] for bsn, month, _, planned, present in uren]
    total = ["Totaal", None, sum(line[2] for line in lessons), sum(line[3] for line in lessons)]
    blad(book, "Contacturen", ["Contacturen per maand"],
         [[], ["Burgerservicenr.", "Lesmaand", "Ingeroosterd", "Bijgewoond"], *lessons, total])  # fmt: skip
    blad(book, "Kengetallen", ["Kengetallen"],
         [["Onderwerp", "Stand"], *([_SUBJECTS.get(name, name), value] for name, value in kwaliteit)])  # fmt: skip
    blad(book, "Enquête", ["Waardering door studenten"],
         [[], [None, None, "Cijfer", *[None] * 9], ["Programma", "Aangeschreven", *range(1, 11)],
          *([_PROGRAMMES.get(name, name), *rest] for name, *rest in tevredenheid)])  # fmt: skip
    blad(book, "Opmerkingen", [f"Dit is een verzonnen rapportage over {quarter}."], toelichting)
    book.close()
    return path
