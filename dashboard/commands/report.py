"""`rapport`: make one, or check one. `aanbeveling`: what an evaluation recommended, and what became of it."""

import argparse
import getpass
import os
import re
from pathlib import Path
from typing import Any

from dashboard.commands import common
from dashboard.commands.record import open_record
from data.fouten import Gebruiksfout
from data.vandaag import vandaag

_KINDS = r"evaluatie|kwartaal|contract:.+"
_CHECK = "controleer"


def register(commands: Any) -> None:
    """Add rapport and aanbeveling."""
    report = common.add_command(commands, "rapport", "Een rapport maken als PDF, of controleren", run, agreements=True)
    report.add_argument("soort", metavar="SOORT", help="evaluatie, kwartaal, contract:<id>, of: controleer F.pdf")
    report.add_argument("bestand", metavar="F.pdf", nargs="?", type=Path, help="bij controleer: het rapport")
    report.add_argument("--uit", type=Path, metavar="F.pdf", help="het bestand dat wordt gemaakt")
    common.add_period(report)
    report.add_argument(
        "--gemeente", type=common.a_list, default=[], metavar="CODE,…", help="alleen over deze gemeenten, zoals 0397"
    )
    report.add_argument(
        "--hoofdstukken", type=common.a_list, default=[], metavar="NAAM,…", help="alleen deze hoofdstukken"
    )
    report.add_argument(
        "--tekst", type=Path, metavar="F.md",
        help="eigen tekst: een Markdown-bestand met een kop per hoofdstuk, of een map (gewoon: teksten/ in de werkmap)",
    )  # fmt: skip

    text = "Aanbevelingen van een evaluatie vastleggen en volgen"
    advice = commands.add_parser("aanbeveling", help=text, description=text)
    parts = advice.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="onderdeel", required=True)
    new = common.add_command(parts, "leg-vast", "Een knelpunt vastleggen, met de maatregel die daarbij hoort", run_new)
    new.add_argument("--knelpunt", required=True, metavar="TEKST", help="wat er niet goed gaat")
    new.add_argument("--maatregel", required=True, metavar="TEKST", help="wat wij daaraan willen doen")
    new.add_argument("--subdoel", required=True, metavar="NAAM", help="het hoofdstuk, zoals tijdigheid")
    new.add_argument("--evaluatie", type=common.a_date, metavar="D", help="de datum van de evaluatie (gewoon: vandaag)")
    state = common.add_command(parts, "stand", "Vastleggen wat van een aanbeveling is geworden", run_state)
    state.add_argument("nummer", type=int, metavar="NUMMER", help="het nummer van de aanbeveling")
    state.add_argument("--stand", required=True, metavar="STAND", help="nog niet begonnen, in uitvoering, uitgevoerd …")
    state.add_argument("--toelichting", required=True, metavar="TEKST", help="wat er is gedaan, of waarom niet")
    common.add_command(parts, "toon", "Alle aanbevelingen tonen, met hun stand", run_list)
    common.add_command(parts, "controleer", "Nagaan of niemand het register heeft veranderd", run_chain)


def run(arguments: argparse.Namespace) -> int:
    """Make one report, or check one."""
    if arguments.soort == _CHECK:
        return _check(arguments)
    if not re.fullmatch(_KINDS, arguments.soort):
        raise Gebruiksfout(
            f"Het rapport '{arguments.soort}' bestaat niet. Kies uit: evaluatie, kwartaal, contract:<id>, controleer."
        )
    if arguments.bestand is not None:
        raise Gebruiksfout(f"'{arguments.bestand}' hoort hier niet. Geef het bestand op bij --uit.")
    if arguments.uit is None or arguments.uit.suffix.lower() != ".pdf":
        raise Gebruiksfout("Een rapport is een PDF: geef --uit op, met een naam die eindigt op .pdf.")
    import etl
    import metrics
    from dashboard import report
    from dashboard.operation import audit

    agreements = common.read_agreements(arguments)
    with common.progress() as show:
        written = report.make(
            arguments.soort,
            arguments.uit,
            snapshot=common.current_snapshot(arguments.werkmap),
            agreements=agreements,
            voor=metrics.ALLES,
            van=arguments.van,
            tot=arguments.tot,
            peildatum=arguments.peildatum,
            gemeenten=arguments.gemeente,
            hoofdstukken=arguments.hoofdstukken,
            eigen_tekst=_texts(arguments),
            register=report.Register(arguments.werkmap).entries(),
            logboek=open_record(arguments).entries(),
            store=etl.Store(arguments.werkmap),
            declarations=_signals(arguments),
            progress=show,
            told=lambda **facts: audit("rapport", wie=_who(), **facts),
        )
    common.say(f"Geschreven: {written}")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    """Make a report again and compare: code 0 when it is the same, 1 when something differs."""
    import etl
    from dashboard import report

    if arguments.bestand is None:
        raise Gebruiksfout("Welk rapport? Schrijf: inburgering rapport controleer F.pdf")
    found = report.verify(
        arguments.bestand,
        etl.Store(arguments.werkmap),
        common.read_agreements(arguments),
        texts=report.own_text.read(_texts(arguments)),
        register=report.Register(arguments.werkmap).entries(),
        logboek=open_record(arguments).entries(),
        declarations=_signals(arguments),
    )
    for sentence in found.zinnen:
        print(sentence)
    return 0 if found.gelijk else 1


def _texts(arguments: argparse.Namespace) -> Path | None:
    """The adviser's own text: as given, else the folder of the work folder when it is there."""
    if arguments.tekst is not None:
        return Path(arguments.tekst)
    inside: Path = arguments.werkmap / "teksten"
    return inside if inside.is_dir() else None


def _signals(arguments: argparse.Namespace) -> Any:
    from metrics import insight

    own: Path = arguments.werkmap / "signalen"
    return insight.read_signals(own if own.is_dir() else None)


def _who() -> str:
    return os.environ.get("USER") or getpass.getuser()


def run_new(arguments: argparse.Namespace) -> int:
    """Add a bottleneck and its measure."""
    from dashboard.report import CHAPTERS, Register

    if arguments.subdoel not in CHAPTERS:
        raise Gebruiksfout(f"Het hoofdstuk '{arguments.subdoel}' bestaat niet. Kies uit: {', '.join(CHAPTERS)}.")
    made = Register(arguments.werkmap).recommend(
        arguments.knelpunt, arguments.maatregel, evaluatie=arguments.evaluatie or vandaag(),
        subdoel=arguments.subdoel, wie=_who(),
    )  # fmt: skip
    common.say(f"Vastgelegd als aanbeveling {made.nummer}.")
    return 0


def run_state(arguments: argparse.Namespace) -> int:
    """Add what became of a recommendation."""
    from dashboard.report import Register

    Register(arguments.werkmap).report(arguments.nummer, arguments.stand, arguments.toelichting, wie=_who())
    common.say(f"Vastgelegd: aanbeveling {arguments.nummer} is {arguments.stand}.")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Show every recommendation."""
    from dashboard.report import Register
    from dashboard.report.recommendations import as_they_stand
    from dashboard.wording import day

    found = as_they_stand(Register(arguments.werkmap).entries())
    for one in found:
        print(f"{one.nummer}. {one.knelpunt}\n   Maatregel: {one.maatregel}")
        print(f"   Stand op {day(one.sinds)}: {one.stand}. {one.toelichting}".rstrip())
    if not found:
        common.say("Er zijn nog geen aanbevelingen. Leg er een vast met: inburgering aanbeveling leg-vast")
    return 0


def run_chain(arguments: argparse.Namespace) -> int:
    """Check the chain of the register: code 1 when something in it was changed."""
    from dashboard.report import Register

    register = Register(arguments.werkmap)
    if broken := register.verify():
        print(f"Het register klopt niet: regel {', '.join(map(str, broken))} is veranderd of hoort hier niet.")
        return 1
    print(f"Het register klopt: {len(register.entries())} regels, niets is veranderd.")
    return 0
