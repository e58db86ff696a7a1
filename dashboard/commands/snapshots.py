"""`momentopnamen`: list them, switch back, clean up."""

import argparse
from typing import Any

from dashboard.commands import common


def register(commands: Any) -> None:
    """Add the command."""
    command = common.add_command(commands, "momentopnamen", "Momentopnamen tonen, terugzetten of opruimen", run)
    choice = command.add_mutually_exclusive_group()
    choice.add_argument("--zet", metavar="ID", help="maak deze momentopname de huidige")
    choice.add_argument("--bewaar", type=int, metavar="N", help="ruim op: bewaar alleen de N nieuwste (en de huidige)")
    command.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked, then show what there is."""
    import etl

    store = etl.Store(arguments.werkmap)
    if arguments.zet:
        store.switch(arguments.zet)
        common.say(f"Momentopname {arguments.zet} is nu de huidige.")
    if arguments.bewaar is not None:
        removed = store.clean(arguments.bewaar)
        common.say(f"{len(removed)} momentopname(n) opgeruimd.")
    infos = store.snapshots()
    if arguments.formaat == "json":
        common.print_json(
            [{"id": i.id, "gemaakt": i.gemaakt.isoformat(), "grootte": i.grootte, "huidig": i.huidig} for i in infos]
        )
        return 0
    if not infos:
        common.say("Er zijn nog geen momentopnamen. Maak er een met: inburgering laad MAP")
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table("momentopname", "gemaakt", "grootte", "huidig", title="Momentopnamen", title_justify="left")
    for info in infos:
        size = f"{info.grootte / 1_000_000:.1f}".replace(".", ",") + " MB"
        table.add_row(info.id, f"{info.gemaakt:%d-%m-%Y %H:%M}", size, "ja" if info.huidig else "")
    Console().print(table)
    return 0
