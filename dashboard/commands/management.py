"""`sleutel`: which key recognises people, and changing it. `instellingen`: the limits and terms in force."""

import argparse
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
    settings = common.add_command(
        commands, "instellingen", "Tonen wat is ingesteld en waar dat vandaan komt", run_settings
    )
    choice = settings.add_mutually_exclusive_group()
    choice.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")
    choice.add_argument("--schema", action="store_true", help="toon het JSON-schema van instellingen.yaml")
    choice.add_argument(
        "--sjabloon", action="store_true", help="toon een instellingen.yaml met uitleg om mee te beginnen"
    )


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
    """Show every setting, its value, and where that comes from; of a secret only whether it is there."""
    if arguments.schema:
        common.print_json(instellingen.schema())
        return 0
    if arguments.sjabloon:
        print(instellingen.sjabloon(), end="")
        return 0
    found = instellingen.van_kracht(arguments.werkmap)
    if arguments.formaat == "json":
        common.print_json(
            [
                {"naam": f"{one.groep}.{one.naam}", "waarde": one.waarde, "herkomst": one.herkomst,
                 "betekenis": one.betekenis}
                for one in found
            ]
        )  # fmt: skip
        return 0
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("instelling", "waarde", "komt uit", "betekenis", title="Instellingen", title_justify="left")
    for one in found:
        table.add_row(f"{one.groep}.{one.naam}", Text(_short(one.waarde)), one.herkomst, one.betekenis)
    Console().print(table)
    return 0


def _short(value: Any) -> str:
    if isinstance(value, dict):
        parts = {key: "+".join(one) if isinstance(one, list) else one for key, one in value.items()}
        return ", ".join(f"{key}: {one}" for key, one in parts.items()) or "leeg"
    return str(value) if value != "" else "leeg"
