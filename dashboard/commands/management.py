"""`sleutel`: which key recognises people, and changing it. `instellingen`: the limits and terms in force."""

import argparse
import os
from pathlib import Path
from typing import Any

from dashboard.commands import common
from data import instellingen
from data.fouten import Gebruiksfout


def register(commands: Any) -> None:
    """Add sleutel and instellingen."""
    key = common.add_command(
        commands, "sleutel", "Tonen welke sleutel personen herkent, of een nieuwe maken", run_key, agreements=True
    )
    key.add_argument(
        "--wissel",
        type=Path,
        nargs="+",
        metavar="MAP",
        help="maak een nieuwe sleutel en laad alle leveringen in deze map opnieuw",
    )
    key.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe het antwoord wordt getoond")
    settings = common.add_command(commands, "instellingen", "Limieten en bewaartermijnen tonen", run_settings)
    choice = settings.add_mutually_exclusive_group()
    choice.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")
    choice.add_argument("--schema", action="store_true", help="toon het JSON-schema van instellingen.yaml")


def run_key(arguments: argparse.Namespace) -> int:
    """Show the key's fingerprint and place; never the key itself."""
    import etl

    store = etl.Store(arguments.werkmap)
    if arguments.wissel:
        for folder in arguments.wissel:
            if not folder.is_dir():
                raise Gebruiksfout(f"De map {folder} bestaat niet.")
        agreements = common.read_agreements(arguments)
        with common.progress() as show:
            info = etl.change_key(
                arguments.wissel,
                store,
                lambda key: etl.load(
                    arguments.wissel,
                    store=store,
                    contracts=agreements.terms(),
                    layouts=common.own_folder(arguments, "indelingen"),
                    progress=show,
                    new_key=key,
                ),
            )
        common.say("De sleutel is gewisseld en alles is opnieuw geladen. Bewaar een kopie van de nieuwe sleutel.")
    else:
        info = etl.key_info(store)
    if arguments.formaat == "json":
        common.print_json({"sleutelafdruk": info.afdruk, "plaats": info.plaats, "werkmap": info.werkmap_afdruk})
        return 0
    print(f"Sleutel:  {info.afdruk or 'is er nog niet; die wordt gemaakt bij de eerste keer laden'}")
    print(f"Plaats:   {info.plaats}")
    print(f"Werkmap:  {info.werkmap_afdruk or 'nog niets geladen'}")
    for old in etl.old_keys():
        print(f"Oude sleutel: {old}. Verwijder die zodra geen andere werkmap of reservekopie hem nog nodig heeft.")
    if not info.past and info.werkmap_afdruk:
        print("Let op: de werkmap hoort bij een andere sleutel. Zet die terug, of laad alles opnieuw met --wissel MAP.")
    return 0


def run_settings(arguments: argparse.Namespace) -> int:
    """Show every setting, its value, and where that comes from."""
    if arguments.schema:
        common.print_json(instellingen.Instellingen.model_json_schema())
        return 0
    chosen = instellingen.lees(arguments.werkmap).model_dump()
    rows = [
        {
            "naam": f"{groep}.{naam}",
            "waarde": chosen[groep][naam],
            "herkomst": "omgeving" if instellingen.omgevingsnaam(groep, naam) in os.environ
            else "gewoon" if chosen[groep][naam] == usual else instellingen.BESTAND,
            "betekenis": text,
        }
        for groep, naam, usual, text in instellingen.regels()
    ]  # fmt: skip
    if arguments.formaat == "json":
        common.print_json(rows)
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table("instelling", "waarde", "komt uit", "betekenis", title="Instellingen", title_justify="left")
    for row in rows:
        table.add_row(row["naam"], str(row["waarde"]), row["herkomst"], row["betekenis"])
    Console().print(table)
    return 0
