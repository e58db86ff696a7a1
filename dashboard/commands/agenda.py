"""`agenda`: what comes when, as a list or as a file for one's own calendar."""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from dashboard.commands import common
from dashboard.commands.record import open_record


def register(commands: Any) -> None:
    """Add the command."""
    command = common.add_command(
        commands, "agenda", "Rapportages, einden van contracten, evaluaties en acties", run, agreements=True
    )
    command.add_argument("--van", type=common.a_date, metavar="D", help="eerste dag (gewoon: vandaag)")
    command.add_argument("--tot", type=common.a_date, metavar="D", help="laatste dag (gewoon: een jaar verder)")
    command.add_argument("--formaat", choices=("tabel", "json", "ics"), default="tabel", help="ics: voor uw agenda")
    command.add_argument("--uit", type=Path, metavar="F.ics", help="schrijf naar dit bestand")


def run(arguments: argparse.Namespace) -> int:
    """Show the calendar."""
    import contracts
    import etl
    from contracts import record
    from dashboard import wording
    from data.vandaag import vandaag

    today = vandaag()
    first = arguments.van or today
    agreements = common.read_agreements(arguments)
    actions = record.actions(open_record(arguments).entries(), today)
    span = {"today": today, "first": first, "last": arguments.tot or first + timedelta(days=365)}
    snapshot = etl.Store(arguments.werkmap).current()
    if snapshot is None:
        items = contracts.agenda(agreements, None, actions, **span)
    else:
        with snapshot.connect() as connection:
            items = contracts.agenda(agreements, connection, actions, **span)
    if arguments.formaat == "json":
        common.print_json([one.to_json() for one in items])
        return 0
    if arguments.formaat == "ics" or (arguments.uit and arguments.uit.suffix.lower() == ".ics"):
        text = contracts.to_ics(items, {id: one.titel for id, one in agreements.items()})
        if arguments.uit is None:
            print(text, end="")
        else:
            arguments.uit.parent.mkdir(parents=True, exist_ok=True)
            arguments.uit.write_bytes(text.encode())
            common.say(f"Geschreven: {arguments.uit}")
        return 0
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        "Datum", "Soort", "Contract", "Wat", "Stand", box=box.SIMPLE_HEAD, title="Agenda", title_justify="left"
    )
    for one in items:
        cells = (wording.day(one.datum), one.soort, one.contract or "alle", one.tekst, one.stand)
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
    return 0
