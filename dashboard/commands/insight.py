"""What the figures mean together, and what may come: `signalen`, `vooruitblik` and `termijnen`."""

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands import common
from data.fouten import Gebruiksfout

_FORMATS = ("tabel", "json")
_COURSES = ("instroom", "pip_op_tijd", "examen_per_poging")


def register(commands: Any) -> None:
    """Add signalen, vooruitblik and termijnen."""
    signals = common.add_command(
        commands, "signalen", "Wat aandacht vraagt, waarom, en hoe zeker dat is", run_signals, agreements=True
    )
    _common(signals)
    signals.add_argument("--signalen", type=Path, metavar="MAP", help="de map met uw eigen signalen (YAML)")
    signals.add_argument("--alles", action="store_true", help="toon ook wat rustig is of nog niet te zeggen")
    signals.add_argument("--publicatie", action="store_true", help="toon alleen wat naar buiten mag")
    signals.add_argument("--streng", action="store_true", help="eindig met code 1 als er een zeker signaal is")

    outlook = common.add_command(
        commands, "vooruitblik", "Wat eraan komt: instroom, kosten, formatie, geld van het Rijk", run_outlook
    )
    _common(outlook)
    outlook.add_argument("--norm", type=_a_number, metavar="DEEL", help="wat als: het deel dat klaar moet zijn (0.70)")
    outlook.add_argument(
        "--korting", type=_a_number, metavar="DEEL", help="wat als: korting per procentpunt eronder (0.01)"
    )
    outlook.add_argument("--budget", type=_a_number, metavar="EURO", help="wat als: het budget waarop wordt gekort")
    outlook.add_argument(
        "--termijn",
        type=int,
        choices=(12, 24, 36),
        default=36,
        help="wat als: klaar binnen zoveel maanden",
    )

    due = common.add_command(
        commands, "termijnen", "Per persoon wat op tijd moet gebeuren (PIP, termijn van drie jaar)", run_due
    )
    _common(due)


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--peildatum", type=common.a_date, metavar="D", help="de dag waarop wij kijken")
    command.add_argument(
        "--filter", type=common.a_filter, action="append", default=[], metavar="naam=waarde",
        help="bijvoorbeeld gemeente=0397",
    )  # fmt: skip
    command.add_argument("--formaat", choices=_FORMATS, default="tabel", help="hoe het antwoord wordt getoond")


def _a_number(text: str) -> float:
    """0.70 or 0,70."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is geen getal; schrijf bijvoorbeeld 0.70") from None


def _scope(arguments: argparse.Namespace, *, exact: bool = True) -> Any:
    from metrics import Bevoegdheid, insight

    filters: dict[str, list[str]] = {}
    for name, values in arguments.filter:
        filters.setdefault(name, []).extend(value for value in values if value not in filters.get(name, []))
    scope = insight.Scope(
        common.current_snapshot(arguments.werkmap), Bevoegdheid(None, exact), arguments.peildatum, filters
    )
    if unknown := [name for name in filters if name in scope.left_out("instroom")]:
        raise Gebruiksfout(f"Op '{unknown[0]}' kan hier niet worden gefilterd. Bijvoorbeeld wel: gemeente, doelgroep.")
    return scope


def run_signals(arguments: argparse.Namespace) -> int:
    """Evaluate all signals."""
    from dashboard import export
    from dashboard.wording import signals as wording
    from data import referentie
    from metrics import insight

    folder: Path = arguments.signalen or arguments.werkmap / "signalen"
    if arguments.signalen is not None and not arguments.signalen.is_dir():
        raise Gebruiksfout(f"De map {arguments.signalen} bestaat niet. Geef bij --signalen een map met YAML op.")
    declarations = insight.read_signals(folder if folder.is_dir() else None)
    scope = _scope(arguments, exact=not arguments.publicatie)
    found = insight.evaluate(scope, declarations, deelbaar=True)
    shown = found if arguments.alles else [one for one in found if one.status == "signaal"]
    towns = referentie.gemeenten()
    names = dict(zip(towns["gemeentecode"], towns["gemeente"], strict=True))
    titles = {id: one.titel for id, one in common.read_agreements(arguments).items()}
    rows = []
    for one in shown:
        seen, why = wording.sentences(one, names, titles)
        rows.append(one.to_json() | {"zin": seen, "reden": why})
    if arguments.formaat == "json":
        common.print_json(rows)
    else:
        unsaid = sum(one.status in ("te weinig gegevens", "geen gegevens", "verborgen") for one in found)
        export.print_signals(rows, scope.day, unsaid, wording.not_judged(found))
    sure = any(one.status == "signaal" and one.zekerheid == "zeker" for one in found)
    return 1 if arguments.streng and sure else 0


def run_outlook(arguments: argparse.Namespace) -> int:
    """Everything that looks ahead or beside, in one answer."""
    from dashboard import export
    from metrics import insight

    scope = _scope(arguments)
    found: dict[str, Any] = {
        "peildatum": scope.day.isoformat(),
        "momentopname": scope.snapshot.id,
        "filters": dict(scope.filters),
        "instroom": insight.outlook.instroom(scope),
        "kosten": insight.outlook.costs(scope),
        "formatie": insight.outlook.formatie(scope),
        "spuk": insight.spuk.per_year(scope),
        "prestatiebekostiging": _what_if(arguments, scope),
        "nederland": insight.national.compare(scope),
        "aanbieders": [
            row for id in ("leerroute_geslaagd", "onderdeel_geslaagd") for row in insight.contracts_beside(scope, id)
        ],
        "verloop": [one.to_json() for id in _COURSES for one in insight.course(scope, id)],
    }
    if arguments.formaat == "json":
        common.print_json(found)
    else:
        export.print_outlook(found)
    return 0


def _what_if(arguments: argparse.Namespace, scope: Any) -> dict[str, Any] | None:
    """The what-if with the assumptions given; None without any."""
    from data import referentie
    from metrics import insight

    given = (arguments.norm, arguments.korting)
    if given == (None, None) and arguments.budget is None:
        return None
    if None in given:
        raise Gebruiksfout(
            "Geef voor de wat-als zowel --norm als --korting op. Er bestaat nog geen officiële regel; het zijn uw "
            "eigen aannames, bijvoorbeeld --norm 0.70 --korting 0.01."
        )
    budget = arguments.budget
    if budget is None:
        known = referentie.frame("uitvoering").filter(referentie.frame("uitvoering")["budget"].is_not_null())
        years = {row["jaar"]: row["budget"] for row in known.to_dicts()}
        budget = years.get(scope.day.year, years[max(years)])
    days = {12: 365, 24: 730, 36: 1095}[arguments.termijn]
    return insight.prestatie(scope, insight.Assumption(arguments.norm, arguments.korting, float(budget), days))


def run_due(arguments: argparse.Namespace) -> int:
    """What is due, person by person."""
    from dashboard import export
    from metrics import insight

    scope = _scope(arguments)
    rows = insight.due(scope)
    if arguments.formaat == "json":
        common.print_json(rows)
    else:
        export.print_due(rows, scope.day)
    return 0
