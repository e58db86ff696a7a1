"""`momentopnamen`: list them, switch back, keep fewer. `opruimen`: remove what is past its term."""

import argparse
from collections.abc import Sequence
from typing import Any

from dashboard.commands import common
from dashboard.wording.format import number
from data.fouten import Gebruiksfout


def register(commands: Any) -> None:
    """Add momentopnamen and opruimen."""
    command = common.add_command(commands, "momentopnamen", "Momentopnamen tonen, terugzetten of opruimen", run)
    choice = command.add_mutually_exclusive_group()
    choice.add_argument("--zet", metavar="ID", help="maak deze momentopname de huidige")
    choice.add_argument("--bewaar", type=int, metavar="N", help="ruim op: bewaar alleen de N nieuwste (en de huidige)")
    command.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")

    clean = common.add_command(
        commands, "opruimen", "Verwijderen wat langer bewaard is dan de bewaartermijn", run_cleanup
    )
    clean.add_argument("--proef", action="store_true", help="toon wat weg zou gaan, en verwijder niets")
    clean.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked, then show what there is."""
    import etl

    store = etl.Store(arguments.werkmap)
    if arguments.bewaar is not None and arguments.bewaar < 1:
        raise Gebruiksfout("Kies bij --bewaar een getal van 1 of hoger.")
    if arguments.zet or arguments.bewaar is not None:
        if not store.ids():
            raise Gebruiksfout("Er zijn nog geen momentopnamen. Maak er een met: inburgering laad MAP")
        with store.lock(lambda step, part: common.say(step)):
            if arguments.zet:
                store.switch(arguments.zet)
                common.say(f"Momentopname {arguments.zet} is nu de huidige.")
            else:
                common.say(f"Momentopnamen opgeruimd: {len(store.clean(arguments.bewaar))}.")
    infos = store.snapshots()
    if arguments.formaat == "json":
        names = ("id", "grootte", "huidig", "leesbaar", "leveringen", "programma", "voorbeeld", "sleutelafdruk")
        common.print_json(
            [{name: getattr(i, name) for name in names} | {"gemaakt": i.gemaakt.isoformat()} for i in infos]
        )
        return 0
    if not infos:
        common.say("Er zijn nog geen momentopnamen. Maak er een met: inburgering laad MAP")
        return 0
    _show(
        "Momentopnamen",
        ("momentopname", "gemaakt", "grootte", "leveringen", "programma", "soort", "huidig"),
        [
            (
                i.id,
                f"{i.gemaakt:%d-%m-%Y %H:%M}",
                _size(i.grootte),
                number(i.leveringen) if i.leveringen is not None else "-",
                i.programma or "-",
                "beschadigd" if not i.leesbaar else "voorbeeld" if i.voorbeeld else "eigen gegevens",
                "ja" if i.huidig else "",
            )
            for i in infos
        ],
    )
    return 0


def run_cleanup(arguments: argparse.Namespace) -> int:
    """Remove what may go, or show it."""
    import etl
    from dashboard.operation.retention import old_audit

    store = etl.Store(arguments.werkmap)
    found = etl.cleanup_plan(store) if arguments.proef else etl.clean_up(store)
    found += old_audit(arguments.werkmap, remove=not arguments.proef)
    if arguments.formaat == "json":
        names = ("soort", "naam", "grootte", "reden")
        common.print_json([{name: getattr(one, name) for name in names} for one in found])
    elif found:
        title = "Dit gaat weg" if arguments.proef else "Dit is verwijderd"
        rows = [(one.soort, one.naam, _size(one.grootte), one.reden) for one in found]
        _show(title, ("soort", "naam", "grootte", "reden"), rows)
    if not found:
        common.say("Er is niets om op te ruimen.")
    elif arguments.proef:
        common.say("Er is niets verwijderd. Zonder --proef gaat dit echt weg.")
    if etl.current_is_too_old(store):
        common.say(
            "Let op: de huidige momentopname is zelf ouder dan de bewaartermijn. "
            "Laad nieuwe leveringen, of verwijder de werkmap als u haar niet meer nodig hebt."
        )
    return 0


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f}".replace(".", ",") + " MB"


def _show(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
