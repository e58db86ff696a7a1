"""The program `inburgering`: one parser, one way to end.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done · 1 done, but there is something to look at ·
2 wrong use or wrong input, told in one Dutch sentence · 3 a fault of ours, told without a traceback.
argparse instead of a richer library: it is the only one whose every sentence can be Dutch.
"""

import argparse
import os
import resource
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from dashboard import _dutch, _start
from dashboard.commands import REGISTER
from dashboard.operation import commands as audited
from data import instellingen, schijf
from data.fouten import Gebruiksfout

_start.ready()
_DESCRIPTION = """Monitor van de Wet inburgering 2021: van leveringen naar cijfers, oordelen en rapporten.

Begin met:  inburgering start"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and where help is; the usage line would push it out of sight."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"{self.prog}: {message}. Uitleg: {self.prog} --help", file=sys.stderr)
        sys.exit(2)


def parser() -> argparse.ArgumentParser:
    """The whole command line; each module of `dashboard.commands` adds its own commands."""
    _dutch.install()
    main_parser = _Parser(
        prog="inburgering", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = main_parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="opdracht", required=True)
    for register in REGISTER:
        register(commands)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = parser().parse_args(argv)
    werkmap: Path | None = getattr(arguments, "werkmap", None)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of the memory would hold BSNs
        instellingen.kies(werkmap)
        instellingen.lees(werkmap)  # mistakes in the settings are told before anything begins
        return audited.run(arguments)
    except Gebruiksfout as fault:
        for sentence in fault.meldingen:
            print(sentence, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Gestopt.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BaseException as fault:  # an engine written in Rust panics with something that is no Exception
        if isinstance(fault, SystemExit):
            raise
        if (told := schijf.vertaal(fault, werkmap or Path())) is not None:
            print(told, file=sys.stderr)
            return 2
        print(_own_fault(fault, werkmap), file=sys.stderr)
        return 3


def _own_fault(fault: BaseException, werkmap: Path | None) -> str:
    """A sentence for the user; the places in our code go to a file. Never the fault's own text: it may quote a cell."""
    steps = [
        f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(fault.__traceback__)
    ]
    sentence = "Er ging iets mis in het programma zelf; uw gegevens zijn niet veranderd."
    try:
        place = Path(werkmap or ".") / "fout.log"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join([type(fault).__name__, *steps]) + "\n", encoding="utf-8")
        return f"{sentence} Stuur het bestand {place} mee als u dit meldt."
    except OSError:
        return f"{sentence} Meld dit met de plek: {steps[-1] if steps else type(fault).__name__}."


if __name__ == "__main__":
    sys.exit(main())
