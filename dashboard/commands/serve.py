"""`start` and `dashboard`: from nothing to something to look at."""

import argparse
import os
from pathlib import Path
from typing import Any

from dashboard.commands import common
from dashboard.commands.record import open_record
from data import instellingen
from data.fouten import Gebruiksfout

EXAMPLE_FOLDER = Path("voorbeeldleveringen")  # beside the work folder: deliveries hold BSNs, the work folder never
REPORT_NAME = "evaluatie.pdf"


def register(commands: Any) -> None:
    """Add start and dashboard."""
    start = common.add_command(
        commands,
        "start",
        "Alles in één keer: voorbeeld laden, oordelen, rapport en dashboard",
        run_start,
        agreements=True,
    )
    _add_port(start)
    start.add_argument(
        "--personen", type=int, default=2000, metavar="N", help="hoeveel voorbeeldpersonen (gewoon: 2000)"
    )
    start.add_argument("--zonder-dashboard", action="store_true", help="stop als het rapport er is")

    dashboard = common.add_command(
        commands, "dashboard", "Het dashboard openen in de browser", run_dashboard, agreements=True
    )
    _add_port(dashboard)
    given = os.environ.get("INBURGERING_LEVERINGEN")
    dashboard.add_argument(
        "--leveringen", type=Path, default=Path(given) if given else None, metavar="MAP",
        help="de map met uw leveringen; een rapportage die u in het dashboard laadt, komt hier bij",
    )  # fmt: skip


def _add_port(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--poort", type=_a_port, default=8050, metavar="P", help="poort op deze computer (gewoon: 8050)"
    )


def _a_port(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is geen poort; kies een getal van 1 tot 65535")


def run_start(arguments: argparse.Namespace) -> int:
    """Demo deliveries, load, judge, report, serve. What is there already is kept and not made again."""
    import contracts
    import etl
    import metrics
    from contracts.record import write_example
    from dashboard import report
    from data import voorbeeld

    agreements = common.read_agreements(arguments)
    store = etl.Store(arguments.werkmap)
    with common.progress() as show:
        snapshot = store.current()
        if snapshot is None:
            if not (EXAMPLE_FOLDER / "VOORBEELD.txt").exists():
                show("Voorbeeldleveringen schrijven", 0.05)
                voorbeeld.write(EXAMPLE_FOLDER, personen=arguments.personen)
            show("Leveringen laden", 0.2)
            etl.load(
                [EXAMPLE_FOLDER],
                store=store,
                contracts=agreements.terms(),
                layouts=common.own_folder(arguments, "indelingen"),
            )
            snapshot = store.current()
            if snapshot is None:
                raise RuntimeError("a load without a snapshot")
        if snapshot.info["voorbeeld"]:
            write_example(open_record(arguments))
            report.write_example(report.Register(arguments.werkmap))
        show("Afspraken met aanbieders beoordelen", 0.5)
        verdicts = contracts.assess(agreements, snapshot, voor=metrics.ALLES)
        target = arguments.werkmap / "rapporten" / snapshot.id / REPORT_NAME
        if not target.exists():
            show("Evaluatierapport maken", 0.6)
            report.make(
                "evaluatie", target, snapshot=snapshot, agreements=agreements, voor=metrics.ALLES,
                register=report.Register(arguments.werkmap).entries(), logboek=open_record(arguments).entries(),
            )  # fmt: skip
        show("Klaar", 1.0)
    breached = sum(verdict.oordeel == "voldoet niet" for verdict in verdicts)
    common.say(f"{len(verdicts)} afspraken beoordeeld; {breached} keer is de afspraak niet gehaald.")
    if arguments.zonder_dashboard:
        return _tell(arguments, target, served=False)
    from dashboard import server

    server.serve(
        arguments.werkmap,
        poort=arguments.poort,
        afspraken=common.own_folder(arguments, "afspraken"),
        leveringen=EXAMPLE_FOLDER if (EXAMPLE_FOLDER / "VOORBEELD.txt").exists() else None,
        ready=lambda: _tell(arguments, target, served=True),
    )
    return 0


def _tell(arguments: argparse.Namespace, target: Path, *, served: bool) -> int:
    common.say(f"Dashboard: {_address(arguments)}" + ("" if served else " (openen: inburgering dashboard)"))
    common.say(f"Rapport:   {target}")
    common.say("Daarna:    laad uw eigen levering (README, vijf stappen) of probeer: inburgering cijfers pip_op_tijd")
    return 0


def _address(arguments: argparse.Namespace) -> str:
    """Where people open the dashboard: as the settings say when they log in, else on this computer."""
    return instellingen.lees(arguments.werkmap).inloggen.adres or f"http://127.0.0.1:{arguments.poort}"


def run_dashboard(arguments: argparse.Namespace) -> int:
    """Serve what is there; an empty work folder gets a page that says how to begin."""
    from dashboard import server

    common.read_agreements(arguments)  # mistakes in agreements are told here, not in a page
    folder: Path | None = arguments.leveringen
    if folder is not None and not folder.is_dir():
        raise Gebruiksfout(f"De map met leveringen {folder} bestaat niet.")
    server.serve(
        arguments.werkmap,
        poort=arguments.poort,
        afspraken=common.own_folder(arguments, "afspraken"),
        leveringen=folder,
        ready=lambda: common.say(f"Dashboard: {_address(arguments)}  (stoppen: Ctrl+C)"),
    )
    return 0
