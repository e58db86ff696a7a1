"""Deliveries: make an example, check, load, and hand out a template."""

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands import common
from data.fouten import Gebruiksfout


def register(commands: Any) -> None:
    """Add voorbeeld, laad, controleer and sjabloon."""
    example = common.add_command(
        commands, "voorbeeld", "Voorbeeldleveringen schrijven (verzonnen personen)", run_example
    )
    example.add_argument("map", type=Path, metavar="MAP", help="waar de bestanden komen")
    example.add_argument("--personen", type=int, default=2000, metavar="N", help="hoeveel personen (gewoon: 2000)")
    example.add_argument("--zaad", type=int, default=2022, metavar="S", help="hetzelfde zaad geeft dezelfde bestanden")

    load = common.add_command(commands, "laad", "Leveringen laden en een momentopname maken", run_load, agreements=True)
    load.add_argument(
        "mappen", type=Path, nargs="+", metavar="MAP", help="map met leveringen, of één levering (CSV, XLSX)"
    )
    load.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe het verslag wordt getoond")
    load.add_argument("--streng", action="store_true", help="eindig met code 1 als er iets is geweigerd")
    _add_marked(load)

    check = common.add_command(
        commands,
        "controleer",
        "Een levering controleren zonder te laden (ook voor aanbieders)",
        run_check,
        agreements=True,
    )
    check.add_argument("bestanden", type=Path, nargs="+", metavar="BESTAND", help="CSV- of XLSX-bestand")
    check.add_argument("--formaat", choices=("tabel", "json"), default="tabel", help="hoe het verslag wordt getoond")
    check.add_argument("--streng", action="store_true", help="eindig met code 1 als er iets is geweigerd")
    _add_marked(check)

    template = common.add_command(
        commands, "sjabloon", "Een leeg werkboek maken voor een aanbieder of de gemeente", run_template, agreements=True
    )
    template.add_argument("contract", metavar="CONTRACT", help="id van het contract, of: gemeente")
    template.add_argument("--uit", type=Path, required=True, metavar="F.xlsx", help="het bestand dat wordt gemaakt")
    template.add_argument(
        "--kwartaal", type=common.a_kwartaal, metavar="K", help="vul dit kwartaal alvast in, bijvoorbeeld 2024-K2"
    )


def _add_marked(command: argparse.ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--terug", type=Path, metavar="MAP",
        help="waar de gemerkte kopieën van bestanden met fouten komen (anders: de map gemerkt naast het bestand)",
    )  # fmt: skip
    where.add_argument("--zonder-gemerkt", action="store_true", help="geen gemerkte kopieën schrijven")


def run_example(arguments: argparse.Namespace) -> int:
    """Write the demo deliveries; never over files that are something else."""
    from data import voorbeeld

    folder: Path = arguments.map
    if arguments.personen < 1:
        raise Gebruiksfout("Kies bij --personen een getal van 1 of hoger.")
    if folder.exists() and not folder.is_dir():
        raise Gebruiksfout(f"{folder} is een bestand. Geef een map op.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "VOORBEELD.txt").exists():
        raise Gebruiksfout(f"In {folder} staan al bestanden die geen voorbeeld zijn. Kies een lege map.")
    with common.progress() as show:
        written = voorbeeld.write(folder, personen=arguments.personen, zaad=arguments.zaad, progress=show)
    common.say(f"{len(written)} bestanden geschreven in {folder}. Laden: inburgering laad {folder}")
    return 0


def run_load(arguments: argparse.Namespace) -> int:
    """Load folders and show what became of each file."""
    import etl

    _check_marked(arguments)
    for folder in arguments.mappen:
        if not folder.exists():
            raise Gebruiksfout(f"De map {folder} bestaat niet.")
        if folder.is_file() and folder.suffix.lower() not in (".csv", ".xlsx"):
            raise Gebruiksfout(f"{folder} is geen levering: de naam eindigt niet op .csv of .xlsx.")
    agreements = common.read_agreements(arguments)
    with common.progress() as show:
        report = etl.load(
            arguments.mappen,
            store=etl.Store(arguments.werkmap),
            contracts=agreements.terms(),
            layouts=common.own_folder(arguments, "indelingen"),
            progress=show,
        )
    return _show_report(report, arguments)


def run_check(arguments: argparse.Namespace) -> int:
    """Check files without loading them."""
    import etl

    _check_marked(arguments)
    for file in arguments.bestanden:
        if not file.is_file():
            raise Gebruiksfout(f"Het bestand {file} bestaat niet.")
    report = etl.check_files(
        arguments.bestanden,
        contracts=common.read_agreements(arguments).terms(),
        layouts=common.own_folder(arguments, "indelingen"),
    )
    return _show_report(report, arguments)


def _show_report(report: Any, arguments: argparse.Namespace) -> int:
    if arguments.formaat == "json":
        common.print_json(report.to_json())
    else:
        from dashboard.export.load_report import print_load_report

        print_load_report(report)
    if not arguments.zonder_gemerkt:
        _write_marked(report, arguments)
    return 1 if arguments.streng and report.geweigerd else 0


def _write_marked(report: Any, arguments: argparse.Namespace) -> None:
    """Marked copies for who delivered; what was loaded stays loaded when they can't be written."""
    import etl

    faulty = [file for file in report.bestanden if file.weigeringen or file.status == "geweigerd"]
    if not faulty:
        return
    try:
        written = etl.write_marked(report, arguments.terug, werkmap=arguments.werkmap)
    except OSError:
        common.say("De gemerkte kopieën zijn niet te schrijven. Kies met --terug een map waar dat wel mag.")
        return
    folders = sorted({etl.mask(str(path.parent)) for path in written})
    if written:
        number = "1 gemerkte kopie" if len(written) == 1 else f"{len(written)} gemerkte kopieën"
        common.say(
            f"{number} geschreven in {', '.join(folders[:3])}. "
            "Bedoeld voor wie het bestand leverde; er kunnen BSN's in staan."
        )
    elif any(_inside(file.pad, arguments.werkmap) for file in faulty):
        common.say("Geen gemerkte kopieën: de levering ligt in de werkmap. Kies met --terug een map daarbuiten.")


def _inside(path: Path | None, folder: Path) -> bool:
    return path is not None and path.resolve().is_relative_to(folder.resolve())


def _check_marked(arguments: argparse.Namespace) -> None:
    """Marked copies hold BSNs: the work folder may not."""
    if arguments.terug is not None and _inside(arguments.terug, arguments.werkmap):
        raise Gebruiksfout(
            f"Kies bij --terug een map buiten de werkmap {arguments.werkmap}: daarin staat nooit een BSN."
        )
    if arguments.terug is not None and arguments.terug.is_file():
        raise Gebruiksfout(f"{arguments.terug} is een bestand. Geef bij --terug een map op.")


def run_template(arguments: argparse.Namespace) -> int:
    """Write an empty workbook."""
    import etl
    from contracts import quarters

    target: Path = arguments.uit
    if target.suffix.lower() != ".xlsx":
        raise Gebruiksfout("Een sjabloon is een werkboek: laat de naam bij --uit eindigen op .xlsx.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if arguments.contract == "gemeente":
        etl.template_municipality(target)
    else:
        agreements = common.read_agreements(arguments)
        if arguments.contract not in agreements:
            known = ", ".join([*sorted(agreements), "gemeente"])
            raise Gebruiksfout(f"Het contract '{arguments.contract}' staat niet in de afspraken. Kies uit: {known}.")
        kwartaal = None if arguments.kwartaal == "alle" else arguments.kwartaal
        term = agreements[arguments.contract].looptijd
        kwartalen = list(quarters.ended(term.van, term.tot))
        etl.template_supplier(target, arguments.contract, kwartaal, kwartalen=kwartalen)
    common.say(f"Geschreven: {target}")
    return 0
