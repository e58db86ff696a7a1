"""The record of talks: `gesprek`, `actie` and `logboek`. Nothing is overwritten; a correction is a new entry."""

import argparse
import getpass
import hashlib
import os
from pathlib import Path
from typing import Any

from dashboard.commands import chains, common
from data.fouten import Gebruiksfout


def register(commands: Any) -> None:
    """Add gesprek, actie and logboek, each with what can be done."""
    talk = _group(commands, "gesprek", "Gesprekken met aanbieders vastleggen en tonen")
    add = _sub(talk, "leg-vast", "Een gesprek vastleggen", run_talk, contract=True)
    add.add_argument("--datum", type=common.a_date, required=True, metavar="D", help="de dag van het gesprek")
    add.add_argument("--kwartaal", type=common.a_kwartaal, metavar="K", help="het kwartaal waarover het ging")
    add.add_argument("--aanwezig", action="append", required=True, metavar="ROL", help="wie er was, naar rol; herhaal")
    add.add_argument("--verslag", default="", metavar="TEKST", help="wat er is besproken")
    show = _sub(talk, "toon", "De gesprekken tonen", run_talks)
    show.add_argument("contract", nargs="?", metavar="CONTRACT", help="id van een contract; zonder: alle")

    action = _group(commands, "actie", "Wat in een gesprek is afgesproken: wie doet wat, voor wanneer")
    new = _sub(action, "maak", "Een actie vastleggen", run_action, contract=True)
    new.add_argument("--wat", required=True, metavar="TEKST", help="wat er gebeurt")
    new.add_argument("--eigenaar", required=True, metavar="WIE", help="wie het doet, bijvoorbeeld: aanbieder")
    new.add_argument("--voor", type=common.a_date, required=True, metavar="D", help="uiterlijk op deze dag")
    new.add_argument("--gesprek", type=int, metavar="N", help="nummer van het gesprek")
    close = _sub(action, "sluit", "Een actie sluiten, met wat ervan kwam", run_close)
    close.add_argument("nummer", type=int, metavar="N", help="nummer van de actie")
    close.add_argument("--resultaat", required=True, metavar="TEKST", help="wat ervan kwam")
    close.add_argument("--datum", type=common.a_date, metavar="D", help="de dag (gewoon: vandaag)")
    todo = _sub(action, "toon", "De acties tonen, te late bovenaan", run_actions)
    todo.add_argument("contract", nargs="?", metavar="CONTRACT", help="id van een contract; zonder: alle")
    todo.add_argument("--alle", action="store_true", help="ook de gesloten acties")
    todo.add_argument("--streng", action="store_true", help="eindig met code 1 als een actie te laat is")

    book = _group(commands, "logboek", "Alles wat is vastgelegd; oordelen, stappen, documenten en correcties")
    everything = _sub(book, "toon", "Alle regels tonen", run_entries)
    everything.add_argument("contract", nargs="?", metavar="CONTRACT", help="id van een contract; zonder: alle")
    chains.register(book, _sub)
    tell = _sub(book, "oordelen", "Vastleggen welke oordelen aan de aanbieder zijn verteld", run_tell, contract=True)
    tell.add_argument("--kwartaal", type=common.a_kwartaal, required=True, metavar="K", help="bijvoorbeeld 2024-K2")
    step = _sub(book, "stap", "Vastleggen welke stap is gezet", run_step, contract=True)
    step.add_argument("kpi", metavar="KPI", help="id van de KPI")
    step.add_argument("stap", metavar="STAP", help="bijvoorbeeld: verbeterplan")
    step.add_argument("--kwartaal", type=common.a_kwartaal, metavar="K", help="het kwartaal waarover het ging")
    step.add_argument("--toelichting", default="", metavar="TEKST", help="waarom, of waarom een andere stap")
    step.add_argument("--gesprek", type=int, metavar="N", help="nummer van het gesprek")
    paper = _sub(
        book, "document", "Een document noteren (van een bestand alleen naam en hash)", run_paper, contract=True
    )
    paper.add_argument("document", metavar="ADRES|BESTAND", help="het document; het bestand zelf wordt niet bewaard")
    paper.add_argument("--titel", required=True, metavar="TEKST", help="wat het is")
    paper.add_argument("--gesprek", type=int, metavar="N", help="nummer van het gesprek")
    mend = _sub(book, "corrigeer", "Een regel verbeteren met een nieuwe regel", run_correct)
    mend.add_argument("nummer", type=int, metavar="N", help="nummer van de regel")
    mend.add_argument("--veld", action="append", required=True, metavar="naam=waarde", help="wat anders moet zijn")


def _group(commands: Any, name: str, text: str) -> Any:
    group = commands.add_parser(name, help=text, description=text)
    return group.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="onderdeel", required=True)


def _sub(group: Any, name: str, text: str, run: Any, *, contract: bool = False) -> argparse.ArgumentParser:
    command = common.add_command(group, name, text, run, agreements=contract)
    if contract:
        command.add_argument("contract", metavar="CONTRACT", help="id van het contract")
    command.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe het antwoord wordt getoond")
    command.add_argument("--door", default=None, metavar="NAAM", help="wie dit vastlegt (gewoon: uw gebruikersnaam)")
    return command


def open_record(arguments: argparse.Namespace) -> Any:
    """The record of this work folder."""
    from contracts import record

    return record.Record(arguments.werkmap)


def _who(arguments: argparse.Namespace) -> str:
    return arguments.door or os.environ.get("USER") or getpass.getuser()


def _contract(arguments: argparse.Namespace) -> str:
    agreements = common.read_agreements(arguments)
    if arguments.contract not in agreements:
        raise Gebruiksfout(f"Onbekend contract: {arguments.contract}. Kies uit: {', '.join(agreements)}.")
    return arguments.contract


def _content(make: Any, **facts: Any) -> Any:
    """An entry, or a sentence that says which field is wrong."""
    from pydantic import ValidationError

    try:
        return make(**facts)
    except ValidationError as fault:
        fields = ", ".join(str(one["loc"][0]) for one in fault.errors() if one["loc"])
        raise Gebruiksfout(
            f"Dit kan zo niet worden vastgelegd: kijk naar {fields}. Een tekst mag niet leeg zijn."
        ) from None


def _wrote(arguments: argparse.Namespace, entry: Any) -> int:
    if arguments.formaat == "json":
        common.print_json(entry.to_json())
    else:
        common.say(f"Vastgelegd als regel {entry.nummer}.")
    return 0


def run_talk(arguments: argparse.Namespace) -> int:
    """Record a talk."""
    from contracts import record

    content = _content(
        record.Gesprek, datum=arguments.datum, aanwezigen=tuple(arguments.aanwezig), verslag=arguments.verslag
    )
    contract = _contract(arguments)
    written = open_record(arguments).write(contract, content, wie=_who(arguments), kwartaal=arguments.kwartaal)
    return _wrote(arguments, written)


def run_action(arguments: argparse.Namespace) -> int:
    """Record an action."""
    from contracts import record

    content = _content(record.Actie, wat=arguments.wat, eigenaar=arguments.eigenaar, voor=arguments.voor)
    contract = _contract(arguments)
    written = open_record(arguments).write(contract, content, wie=_who(arguments), verwijst=arguments.gesprek)
    return _wrote(arguments, written)


def run_close(arguments: argparse.Namespace) -> int:
    """Close an action."""
    from contracts import record
    from data.vandaag import vandaag

    book = open_record(arguments)
    content = _content(record.Sluiting, datum=arguments.datum or vandaag(), resultaat=arguments.resultaat)
    first = book.entry(arguments.nummer)
    if any(one.soort == "sluiting" and one.verwijst == arguments.nummer for one in book.entries(first.contract)):
        raise Gebruiksfout(f"Actie {arguments.nummer} is al gesloten. Verbeteren: inburgering logboek corrigeer.")
    return _wrote(arguments, book.write(first.contract, content, wie=_who(arguments), verwijst=arguments.nummer))


def run_step(arguments: argparse.Namespace) -> int:
    """Record a step that was taken."""
    from contracts import record

    contract = _contract(arguments)
    if arguments.kpi not in {kpi.id for kpi in common.read_agreements(arguments)[contract].kpis}:
        raise Gebruiksfout(f"Het contract {contract} kent de KPI {arguments.kpi} niet.")
    content = _content(record.Stapgezet, kpi=arguments.kpi, stap=arguments.stap, toelichting=arguments.toelichting)
    facts = {"wie": _who(arguments), "kwartaal": arguments.kwartaal, "verwijst": arguments.gesprek}
    return _wrote(arguments, open_record(arguments).write(contract, content, **facts))


def run_tell(arguments: argparse.Namespace) -> int:
    """Record the verdicts of a quarter as they are now: they were told to the supplier."""
    import contracts
    import metrics
    from contracts import record
    from contracts.record.views import to_record

    if arguments.kwartaal == "alle":
        raise Gebruiksfout("Kies één kwartaal, bijvoorbeeld --kwartaal 2024-K2.")
    contract, snapshot = _contract(arguments), common.current_snapshot(arguments.werkmap)
    verdicts = contracts.assess(
        common.read_agreements(arguments),
        snapshot,
        voor=metrics.ALLES,
        kwartaal=arguments.kwartaal,
        contracten=[contract],
    )
    content = record.Oordelen(momentopname=snapshot.id, oordelen=tuple(to_record(one) for one in verdicts))
    written = open_record(arguments).write(contract, content, wie=_who(arguments), kwartaal=arguments.kwartaal)
    return _wrote(arguments, written)


def run_paper(arguments: argparse.Namespace) -> int:
    """Note a document: a link as it is, of a file its name and hash."""
    from contracts import record

    digest, reference, path = None, arguments.document, Path(arguments.document)
    if not reference.startswith(("https://", "http://")):
        if not path.is_file():
            raise Gebruiksfout(f"Het bestand {path} bestaat niet. Geef een bestand, of een adres met https:// ervoor.")
        digest, reference = hashlib.sha256(path.read_bytes()).hexdigest(), path.name
    content = _content(record.Document, titel=arguments.titel, verwijzing=reference, sha256=digest)
    written = open_record(arguments).write(
        _contract(arguments), content, wie=_who(arguments), verwijst=arguments.gesprek
    )
    return _wrote(arguments, written)


def run_correct(arguments: argparse.Namespace) -> int:
    """Write a new entry with some fields changed; the first one stays."""
    book = open_record(arguments)
    first = book.entry(arguments.nummer)
    if first.correctie:
        raise Gebruiksfout(f"Regel {first.nummer} is zelf een correctie. Corrigeer regel {first.verwijst}.")
    if first.soort == "oordelen":
        raise Gebruiksfout(
            "Wat aan een aanbieder is verteld, staat vast. Opnieuw vertellen: inburgering logboek oordelen."
        )
    latest = [one for one in book.entries(first.contract) if one.correctie and one.verwijst == first.nummer]
    facts = (latest[-1] if latest else first).inhoud.model_dump(mode="json")
    for text in arguments.veld:
        name, separator, value = text.partition("=")
        if not separator or name not in facts:
            raise Gebruiksfout(f"'{text}' kan niet. Een {first.soort} heeft: {', '.join(facts)}. Schrijf naam=waarde.")
        if isinstance(facts[name], list | dict):
            facts[name] = [part.strip() for part in value.split(",") if part.strip()]
        else:
            facts[name] = str(common.a_date(value)) if name in ("datum", "voor") else value
    content = _content(type(first.inhoud), **facts)
    written = book.write(
        first.contract, content, wie=_who(arguments), kwartaal=first.kwartaal, verwijst=first.nummer, correctie=True
    )
    return _wrote(arguments, written)


def run_talks(arguments: argparse.Namespace) -> int:
    """Show the talks."""
    from contracts import record
    from dashboard import wording

    found = record.talks(open_record(arguments).entries(arguments.contract))
    rows = [
        [str(one.nummer), one.contract, wording.day(one.gesprek.datum), ", ".join(one.gesprek.aanwezigen),
         one.gesprek.verslag, ", ".join(map(str, one.acties))]
        for one in found
    ]  # fmt: skip
    _show(arguments, "Gesprekken", ("Nr", "Contract", "Datum", "Aanwezig", "Verslag", "Acties"), rows, found)
    return 0


def run_actions(arguments: argparse.Namespace) -> int:
    """Show the actions; overdue ones come first until they are closed."""
    from contracts import record
    from dashboard import wording
    from data.vandaag import vandaag

    every = record.actions(open_record(arguments).entries(arguments.contract), vandaag())
    found = [one for one in every if arguments.alle or one.status != "gesloten"]
    rows = [
        [str(one.nummer), one.contract, one.status, wording.day(one.actie.voor), one.actie.eigenaar, one.actie.wat,
         one.sluiting.resultaat if one.sluiting else ""]
        for one in found
    ]  # fmt: skip
    _show(arguments, "Acties", ("Nr", "Contract", "Stand", "Voor", "Eigenaar", "Wat", "Resultaat"), rows, found)
    return 1 if arguments.streng and any(one.status == "te laat" for one in found) else 0


def run_entries(arguments: argparse.Namespace) -> int:
    """Show every entry as it was written."""
    from dashboard import wording

    found = open_record(arguments).entries(arguments.contract)
    rows = [
        [str(one.nummer), f"{one.moment.astimezone():%d-%m-%Y %H:%M}", one.wie, one.contract,
         f"correctie van {one.verwijst}" if one.correctie else one.soort, wording.entry_summary(one)]
        for one in found
    ]  # fmt: skip
    _show(arguments, "Logboek", ("Nr", "Wanneer", "Wie", "Contract", "Soort", "Inhoud"), rows, found)
    return 0


def _show(arguments: argparse.Namespace, title: str, head: Any, rows: list[list[str]], found: Any) -> None:
    if arguments.formaat == "json":
        common.print_json([one.to_json() for one in found])
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
