"""What every command shares: where things are, how a value is read, how progress and a result are shown."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from data.fouten import Gebruiksfout

FORMATS = ("tabel", "json", "csv", "xlsx")
_EXTENSIONS = {"own": "*.y*ml"}


def add_command(
    commands: Any, name: str, text: str, run: Callable[[argparse.Namespace], int | None], *, agreements: bool = False
) -> argparse.ArgumentParser:
    """A command with the choices that every command has."""
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument(
        "--werkmap",
        type=Path,
        default=Path(os.environ.get("INBURGERING_WERKMAP", "werk")),
        metavar="MAP",
        help="de map met momentopnamen, afspraken en rapporten (anders INBURGERING_WERKMAP, anders werk)",
    )
    if agreements:
        command.add_argument("--afspraken", type=Path, metavar="MAP", help="de map met uw eigen afspraken (YAML)")
        command.add_argument("--indelingen", type=Path, metavar="MAP", help="de map met uw eigen indelingen (YAML)")
    command.set_defaults(run=run)
    return command


def add_period(command: argparse.ArgumentParser) -> None:
    """The choices peildatum, van and tot."""
    command.add_argument(
        "--peildatum", type=a_date, metavar="D", help="de dag waarop wij kijken, bijvoorbeeld 2024-06-30"
    )
    command.add_argument("--van", type=a_date, metavar="D", help="begin van de periode")
    command.add_argument("--tot", type=a_date, metavar="D", help="einde van de periode (die dag telt mee)")


def a_date(text: str) -> date:
    """2024-06-30 or 30-06-2024."""
    match = re.fullmatch(r"(\d{2})[-/](\d{2})[-/](\d{4})", text)
    written = "-".join(reversed(match.groups())) if match else text
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"'{text}' is geen datum; schrijf bijvoorbeeld 2024-06-30 of 30-06-2024")


def a_kwartaal(text: str) -> str:
    """2024-K2, or the word alle."""
    if text == "alle" or re.fullmatch(r"\d{4}-K[1-4]", text):
        return text
    raise argparse.ArgumentTypeError(f"'{text}' is geen kwartaal; schrijf bijvoorbeeld 2024-K2, of: alle")


def a_filter(text: str) -> tuple[str, list[str]]:
    """naam=waarde, or naam=waarde,waarde."""
    name, separator, values = text.partition("=")
    chosen = [value.strip() for value in values.split(",") if value.strip()]
    if not separator or not name.strip() or not chosen:
        raise argparse.ArgumentTypeError(f"'{text}' is geen filter; schrijf bijvoorbeeld gemeente=0397")
    return name.strip(), chosen


def a_list(text: str) -> list[str]:
    """Names with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def own_folder(arguments: argparse.Namespace, name: str) -> Path | None:
    """The folder of own agreements or layouts: as given, else that of the work folder when it holds any, else none."""
    given: Path | None = getattr(arguments, name, None)
    if given is not None:
        if not given.is_dir():
            raise Gebruiksfout(f"De map {given} bestaat niet. Geef bij --{name} een map met YAML-bestanden op.")
        return given
    inside = arguments.werkmap / name
    return inside if inside.is_dir() and any(inside.glob(_EXTENSIONS["own"])) else None


def read_agreements(arguments: argparse.Namespace) -> Any:
    """The agreements in force for this work folder."""
    import contracts

    return contracts.read_agreements(own_folder(arguments, "afspraken"))


def current_snapshot(werkmap: Path) -> Any:
    """The current momentopname, or a sentence that says how to get one."""
    import etl

    snapshot = etl.Store(werkmap).current()
    if snapshot is None:
        raise Gebruiksfout(
            f"In de werkmap {werkmap} is nog niets geladen. Laad eerst een levering: inburgering laad MAP "
            "(of probeer het met voorbeeldgegevens: inburgering start)."
        )
    return snapshot


def print_json(value: Any) -> None:
    """JSON alone on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def say(sentence: str) -> None:
    """A message for the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)


def check_format(chosen: str, allowed: Sequence[str]) -> None:
    """A format that this command cannot give is told before anything is computed."""
    if chosen not in allowed:
        raise Gebruiksfout(f"Het formaat '{chosen}' kan hier niet; kies uit: {', '.join(allowed)}.")


def write_bytes(content: bytes, target: Path | None) -> None:
    """A workbook: to a file, or to stdout when that is not a terminal."""
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        say(f"Geschreven: {target}")
    elif sys.stdout.isatty():
        raise Gebruiksfout("Een werkboek past niet op het scherm. Geef een bestand op: --uit cijfers.xlsx")
    else:
        sys.stdout.buffer.write(content)


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """Progress on stderr: a bar on a terminal, a line per step elsewhere. Yields `show(step, part between 0 and 1)`."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        seen: set[str] = set()

        def tell(step: str, part: float) -> None:
            del part
            if step not in seen:
                seen.add(step)
                say(f"  {step}")

        yield tell
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda step, part: bar.update(task, description=step, completed=part)
