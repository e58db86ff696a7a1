"""Signals, the outlook and what is due on a terminal: a sentence first, then the rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard import wording
from data import referentie

_Column = tuple[str, Callable[[Mapping[str, Any]], str]]


def print_signals(rows: Sequence[Mapping[str, Any]], day: date, unsaid: int, not_judged: Sequence[str] = ()) -> None:
    """Each signal with its reason, its advice and how sure it is."""
    console = Console()
    number = sum(row["status"] == "signaal" for row in rows)
    about = "signaal" if number == 1 else "signalen"
    console.print(Text(f"{number} {about} op {wording.day(day)}", style="bold"))
    for row in rows:
        sure = f" · {row['zekerheid']}" if row["zekerheid"] else ""
        kind = row["niveau"] if row["status"] == "signaal" else row["status"]
        shared = "" if row["deelbaar"] is not False or row["status"] != "signaal" else " · niet voor publicatie"
        console.print()
        console.print(Text(f"{row['titel']} ({kind}{sure}{shared})", style="bold"))
        console.print(Text(f"  {row['zin']}"))
        console.print(Text(f"  {row['reden']}", style="dim"))
        if row["status"] == "signaal":
            console.print(Text(f"  Advies: {row['advies']} ({row['gevolg']}; zie {row['cijfer']})"))
    if unsaid:
        console.print(Text(f"\nOver {unsaid} punten is nog te weinig bekend. Toon ze met --alles.", style="dim"))
    for text in not_judged:
        console.print(Text(f"\n{text}"))


def print_outlook(found: Mapping[str, Any]) -> None:
    """All parts of the outlook, each a table with a line that says how to read it."""
    console = Console()
    ahead = _ahead(found)
    for title, line, columns, rows in ahead:
        _print(console, title, line, columns, rows)
    _what_if(console, found["prestatiebekostiging"])
    _beside(console, found)


def _ahead(found: Mapping[str, Any]) -> list[tuple[str, str, list[_Column], Sequence[Any]]]:
    return [
        (
            "Instroom",
            "Verwacht voor het hele jaar; in 19 van de 20 gevallen ligt het tussen de grenzen.",
            [
                ("Jaar", lambda r: r.get("halfjaar") or str(r["jaar"])),
                ("Groep", lambda r: r["groep"]),
                ("Al bekend", lambda r: wording.number(r["bekend"])),
                ("Verwacht", lambda r: wording.number(r["verwacht"])),
                ("Grenzen", lambda r: _between(r)),
                ("Op basis van", lambda r: r["op_basis_van"]),
            ],
            found["instroom"],
        ),
        (
            "Kosten van de instroom",
            "Voor het hele traject van wie dat jaar komt: het geld van het Rijk min de verwachte uitgaven.",
            [
                ("Jaar", lambda r: str(r["jaar"])),
                ("Doelgroep", lambda r: wording.dimension("doelgroep", r["doelgroep"])),
                ("Personen", lambda r: wording.number(r["aantal"])),
                ("Rijk", lambda r: wording.euros(r["rijk"])),
                ("Kosten", lambda r: wording.euros(r["kosten"])),
                ("Saldo", lambda r: wording.euros(r["saldo"])),
                ("Grenzen", lambda r: _euros(r["saldo_laag"], r["saldo_hoog"])),
            ],
            found["kosten"],
        ),
        (
            "Formatie van Heemstede en Bloemendaal",
            "15 uur per jaar voor wie dat jaar of in de twee jaar daarvoor kwam. Eerder klaar is niet afgetrokken.",
            [
                ("Jaar", lambda r: str(r["jaar"])),
                ("Personen", lambda r: wording.number(r["personen"])),
                ("Nodig (fte)", lambda r: wording.number(r["nodig"], 1)),
                ("Grenzen", lambda r: _between(r, 1)),
                ("Beschikbaar", lambda r: wording.number(r["beschikbaar"], 1)),
                ("Waarvan consulenten", lambda r: wording.number(r["waarvan_consulenten"], 2)),
            ],
            found["formatie"],
        ),
        (
            "Geld van het Rijk volgens de telling op 31 december",
            "Een asielstatushouder telt drie jaren, een gezinsmigrant één keer. Het cijfer spuk_saldo telt het hele "
            "tarief in het eerste jaar.",
            [
                ("Jaar", lambda r: str(r["jaar"])),
                ("Asielstatushouders", lambda r: wording.number(r["asielstatushouder"])),
                ("Gezinsmigranten", lambda r: wording.number(r["gezinsmigrant"])),
                ("Rijk", lambda r: wording.euros(r["rijk"])),
                ("Boekingen", lambda r: wording.euros(r["boekingen"])),
                ("Saldo", lambda r: wording.euros(r["saldo"])),
                ("spuk_saldo", lambda r: wording.euros(r["spuk_saldo"])),
            ],
            found["spuk"],
        ),
    ]


def _what_if(console: Console, row: Mapping[str, Any] | None) -> None:
    console.print(Text("Wat als het Rijk kort op prestaties?", style="bold"))
    if row is None:
        console.print("Er is nog geen regel bekend. Reken met uw eigen aannames: --norm 0.70 --korting 0.01\n")
        return
    given = (
        f"Aannames van u, niet van het Rijk: norm {wording.percentage(row['norm'])} klaar binnen "
        f"{wording.horizon(row['horizon'])}, {wording.percentage(row['korting'], 1)} korting per procentpunt eronder, "
        f"budget {wording.euros(row['budget'])}."
    )
    console.print(Text(given, style="dim"))
    if row["waarde"] is None or wording.is_hidden(row["waarde"]):
        console.print(f"Uitkomst: {row['oordeel']}.\n")
        return
    bounds = wording.interval(row["laag"], row["hoog"])
    console.print(
        f"Klaar is {wording.percentage(row['waarde'])} ({bounds}). Uitkomst: {row['oordeel']}; korting "
        f"{wording.euros(row['korting_euro'])} ({_euros(row['korting_laag'], row['korting_hoog'])}).\n"
    )


def _beside(console: Console, found: Mapping[str, Any]) -> None:
    _print(
        console, "Naast Nederland: brede intake begonnen",
        "Beide geteld op 31 december 2023, voor wie in dat jaar inburgeringsplichtig werd. Bron: CBS, SWI 2023.",
        [
            ("Start in", lambda r: str(r["cohort"])),
            ("Groep", lambda r: r["groep"]),
            ("Hier", lambda r: wording.share(r)),
            ("Nederland", lambda r: wording.percentage(r["landelijk"])),
            ("Oordeel", lambda r: r["oordeel"]),
        ],
        found["nederland"],
    )  # fmt: skip
    _print(
        console, "Aanbieders naast elkaar (van wie klaar is)",
        "Eerlijk vergeleken: met dezelfde doelgroep, leerroute en leeftijd. Het zegt niet waardoor een verschil komt.",
        [
            ("Contract", lambda r: r["contract"]),
            ("Onderdeel", lambda r: r.get("onderdeel", "leerroute")),
            ("Afgerond", lambda r: wording.share(r)),
            ("In de trechter", lambda r: r["plaats"]),
            ("Verwacht", lambda r: wording.number((r["eerlijk"] or {}).get("verwacht"), 1)),
            ("Eerlijk vergeleken", lambda r: r["eerlijk"]["oordeel"] if r["eerlijk"] else "niet te vergelijken"),
        ],
        found["aanbieders"],
    )  # fmt: skip
    _print(
        console, "Verloop per kwartaal",
        "Gewone schommelingen liggen tussen de grenzen. Kwartalen die nog kunnen veranderen, tellen niet mee.",
        [
            ("Cijfer", lambda r: r["cijfer"]),
            ("Onderdeel", lambda r: str(r.get("onderdeel", ""))),
            ("Kwartalen", lambda r: wording.number(sum(not point["voorlopig"] for point in r["punten"]))),
            ("Gemiddeld", lambda r: _value(r, r["midden"])),
            ("Grenzen", lambda r: f"{_value(r, r['laag'])} tot {_value(r, r['hoog'])}"),
            ("Oordeel", lambda r: r["oordeel"]),
        ],
        found["verloop"],
    )  # fmt: skip


def print_due(rows: Sequence[Mapping[str, Any]], day: date) -> None:
    """What is due: the most urgent first."""
    towns = referentie.gemeenten()
    names = dict(zip(towns["gemeentecode"], towns["gemeente"], strict=True))
    line = "Alleen voor wie personen mag zien. De persoon is een pseudoniem. Dagen onder nul: al voorbij."
    _print(
        Console(), f"Wat op tijd moet gebeuren, bekeken op {wording.day(day)}", line,
        [
            ("Persoon", lambda r: r["persoon"]),
            ("Wat", lambda r: r["wat"]),
            ("Stand", lambda r: r["stand"]),
            ("Uiterlijk", lambda r: wording.day(r["uiterlijk"])),
            ("Dagen", lambda r: wording.number(r["dagen"])),
            ("Gemeente", lambda r: names.get(r["gemeente"], r["gemeente"])),
        ],
        rows,
    )  # fmt: skip


def _print(console: Console, title: str, line: str, columns: Sequence[_Column], rows: Sequence[Any]) -> None:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", caption=line, caption_justify="left")
    for head, _ in columns:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(row)) for _, shown in columns))
    if not rows:
        table.add_row(Text(wording.EMPTY))
    console.print(table)


def _between(row: Mapping[str, Any], decimals: int = 0) -> str:
    if row["laag"] is None or row["hoog"] is None:
        return wording.EMPTY
    return f"{wording.number(row['laag'], decimals)} tot {wording.number(row['hoog'], decimals)}"


def _euros(low: Any, high: Any) -> str:
    return wording.EMPTY if low is None or high is None else f"{wording.euros(low)} tot {wording.euros(high)}"


def _value(row: Mapping[str, Any], value: Any) -> str:
    return wording.number(value, 1) if row["cijfer"] == "instroom" else wording.percentage(value)
