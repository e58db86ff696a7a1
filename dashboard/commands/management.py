"""`sleutel`: which key recognises people. `reservekopie` and `herstel`. `instellingen`: what is in force."""

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands import common
from data import instellingen
from data.fouten import Gebruiksfout


def register(commands: Any) -> None:
    """Add sleutel, reservekopie, herstel and instellingen."""
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
    _register_backup(commands)
    parts = common.add_command(commands, "pakketten", "Waar dit programma van is gemaakt, met licenties", run_packages)
    parts.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")
    parts.add_argument("--sbom", type=Path, metavar="F.json", help="schrijf een stuklijst (SBOM, CycloneDX)")
    settings = common.add_command(
        commands, "instellingen", "Tonen wat is ingesteld en waar dat vandaan komt", run_settings
    )
    choice = settings.add_mutually_exclusive_group()
    choice.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe de lijst wordt getoond")
    choice.add_argument("--schema", action="store_true", help="toon het JSON-schema van instellingen.yaml")
    choice.add_argument(
        "--sjabloon", action="store_true", help="toon een instellingen.yaml met uitleg om mee te beginnen"
    )


def _register_backup(commands: Any) -> None:
    backup = common.add_command(commands, "reservekopie", "De hele werkmap in één bestand bewaren", run_backup)
    backup.add_argument("--uit", type=Path, required=True, metavar="F.zip", help="het bestand dat wordt gemaakt")
    backup.add_argument("--met-cache", action="store_true", help="ook wat opnieuw te maken is; dan laadt u sneller")
    restore = common.add_command(commands, "herstel", "Een reservekopie terugzetten als werkmap", run_restore)
    restore.add_argument("bestand", type=Path, metavar="F.zip", help="de reservekopie")
    restore.add_argument(
        "--vervang", action="store_true", help="zet de werkmap die er staat opzij (zij blijft bewaard)"
    )


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a backup; what was left out is told, and gives code 1."""
    from dashboard.operation import backup

    with common.progress() as show:
        made = backup.make(arguments.werkmap, arguments.uit, cache=arguments.met_cache, tell=show)
    size = arguments.uit.stat().st_size / 1_000_000
    common.say(f"Bewaard en nagelezen: {len(made.bestanden)} bestanden in {arguments.uit} ({size:.0f} MB).")
    for left in made.weggelaten:
        common.say(f"Niet meegenomen: {left}.")
    if made.facts["sleutelafdruk"]:
        common.say(
            f"De sleutel ({made.facts['sleutelafdruk']}) zit er niet in. Bewaar die apart: zonder sleutel kunt u wel "
            "alles bekijken, maar niets nieuws laden."
        )
    return 1 if made.weggelaten else 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Put a backup back; says which key belongs to it, and gives code 1 when that key is not here."""
    import etl
    from dashboard.operation import backup

    with common.progress() as show:
        facts = backup.restore(arguments.bestand, arguments.werkmap, replace=arguments.vervang, tell=show)
    common.say(f"Teruggezet in {arguments.werkmap}: {len(facts['bestanden'])} bestanden van {facts['gemaakt'][:10]}.")
    if facts["opzij"]:
        common.say(f"De werkmap die er stond, staat nu in {facts['opzij']}. Verwijder die als alles klopt.")
    info = etl.key_info(etl.Store(arguments.werkmap))
    if info.werkmap_afdruk is None or info.past:
        return 0
    common.say(
        f"Let op: deze werkmap hoort bij de sleutel {info.werkmap_afdruk}, en die is hier niet. Bekijken kan; zet voor "
        "het laden de kopie van die sleutel terug."
    )
    return 1


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


def run_packages(arguments: argparse.Namespace) -> int:
    """Show every package with its licence; code 1 when one does not go with ours."""
    import json

    from dashboard.operation import packages

    found = packages.packages()
    if arguments.sbom is not None:
        text = json.dumps(packages.bill(found), ensure_ascii=False, indent=1) + "\n"
        common.write_bytes(text.encode(), arguments.sbom)
    elif arguments.formaat == "json":
        common.print_json(
            [{"naam": one.naam, "versie": one.versie, "licentie": one.licentie, "past": one.past} for one in found]
        )
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table("pakket", "versie", "licentie", "past bij EUPL-1.2", title="Pakketten", title_justify="left")
        for one in found:
            table.add_row(one.naam, one.versie, one.licentie or "onbekend", "ja" if one.past else "nee")
        Console().print(table)
    wrong = [one.naam for one in found if not one.past]
    if wrong:
        common.say(f"Kijk naar de licentie van: {', '.join(wrong)}.")
    return 1 if wrong else 0
