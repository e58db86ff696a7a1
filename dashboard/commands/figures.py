"""Figures and verdicts: `cijfers` and `kpi`."""

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands import common
from data.fouten import Gebruiksfout


def register(commands: Any) -> None:
    """Add cijfers and kpi."""
    figures = common.add_command(commands, "cijfers", "Cijfers tonen; zonder naam: de lijst van cijfers", run_figures)
    figures.add_argument("ids", nargs="*", metavar="ID", help="naam van een cijfer, bijvoorbeeld pip_op_tijd")
    common.add_period(figures)
    figures.add_argument(
        "--filter",
        type=common.a_filter,
        action="append",
        default=[],
        metavar="naam=waarde",
        help="bijvoorbeeld gemeente=0397",
    )
    figures.add_argument(
        "--per",
        type=common.a_list,
        action="append",
        default=[],
        metavar="naam,…",
        help="uitsplitsen, bijvoorbeeld leerroute",
    )
    figures.add_argument("--formaat", choices=common.FORMATS, default="tabel", help="hoe het antwoord wordt getoond")
    figures.add_argument("--uit", type=Path, metavar="F", help="schrijf naar dit bestand")
    figures.add_argument("--motor", choices=("duckdb", "spark"), default="duckdb", help="waarmee wordt gerekend")
    figures.add_argument(
        "--herkomst", action="store_true", help="toon waar het cijfer op rust: tabellen, kolommen en leveringen"
    )
    figures.add_argument("--publicatie", action="store_true", help="verberg wat over een kleine groep gaat")

    kpi = common.add_command(commands, "kpi", "Oordeel per contract en afspraak", run_kpi, agreements=True)
    kpi.add_argument("contracten", nargs="*", metavar="CONTRACT", help="id van een contract; zonder: alle")
    kpi.add_argument(
        "--kwartaal", type=common.a_kwartaal, metavar="K", help="bijvoorbeeld 2024-K2, of: alle (gewoon: het laatste)"
    )
    kpi.add_argument("--peildatum", type=common.a_date, metavar="D", help="de dag waarop wij kijken")
    kpi.add_argument("--formaat", choices=common.FORMATS, default="tabel", help="hoe het antwoord wordt getoond")
    kpi.add_argument("--uit", type=Path, metavar="F", help="schrijf naar dit bestand")
    kpi.add_argument("--uitleg", action="store_true", help="zeg bij elk oordeel waarom, wat nodig was en wat volgt")
    kpi.add_argument(
        "--toen",
        nargs="?",
        const="eigen",
        metavar="ID",
        help="vergelijk met een eerdere momentopname (zonder ID: die van toen), of: verteld",
    )
    kpi.add_argument("--streng", action="store_true", help="eindig met code 1 als een afspraak niet is gehaald")


def run_figures(arguments: argparse.Namespace) -> int:
    """Compute figures, list them, or tell what they rest on."""
    import metrics

    if not arguments.ids:
        _write_catalogue(arguments)
        return 0
    snapshot = common.current_snapshot(arguments.werkmap)
    ids = list(dict.fromkeys(arguments.ids))
    if arguments.herkomst:
        _write_provenance([row for figure in ids for row in metrics.provenance(figure, snapshot)], arguments)
        return 0
    filters: dict[str, list[str]] = {}
    for name, values in arguments.filter:
        filters.setdefault(name, []).extend(value for value in values if value not in filters.get(name, []))
    per = [name for names in arguments.per for name in names]
    metrics.check_possible(ids, snapshot, peildatum=arguments.peildatum, filters=filters, per=per)
    answers = metrics.compute(
        ids,
        snapshot,
        voor=metrics.ALLES,
        peildatum=arguments.peildatum,
        van=arguments.van,
        tot=arguments.tot,
        filters=filters,
        per=per,
        motor=arguments.motor,
    )
    if arguments.publicatie:
        answers = metrics.publish(answers)
    _write(answers, arguments)
    return 0


def _write_catalogue(arguments: argparse.Namespace) -> None:
    import metrics
    from dashboard import export

    definitions = list(metrics.catalogue().values())
    if arguments.formaat == "json":
        common.print_json([export.definition_json(definition) for definition in definitions])
    elif arguments.formaat == "csv":
        _text(export.catalogue_to_csv(definitions), arguments.uit)
    elif arguments.formaat == "xlsx":
        common.write_bytes(export.catalogue_to_xlsx(definitions), arguments.uit)
    else:
        export.print_catalogue(definitions)


def _write_provenance(origins: list[dict[str, Any]], arguments: argparse.Namespace) -> None:
    from dashboard import export

    if arguments.formaat == "json":
        common.print_json(origins)
    elif arguments.formaat == "csv":
        _text(export.provenance_to_csv(origins), arguments.uit)
    elif arguments.formaat == "xlsx":
        common.write_bytes(export.provenance_to_xlsx(origins), arguments.uit)
    else:
        export.print_provenance(origins)


def _write(answers: Any, arguments: argparse.Namespace) -> None:
    from dashboard import export

    if arguments.formaat == "json":
        shapes = [answer.to_json() for answer in answers]
        common.print_json(shapes[0] if len(shapes) == 1 else shapes)
    elif arguments.formaat == "csv":
        _text(export.to_csv(answers), arguments.uit)
    elif arguments.formaat == "xlsx":
        common.write_bytes(export.to_xlsx(answers), arguments.uit)
    else:
        export.print_answers(answers)


def run_kpi(arguments: argparse.Namespace) -> int:
    """Judge the contracts."""
    import contracts
    import metrics
    from dashboard import export

    agreements = common.read_agreements(arguments)
    verdicts = contracts.assess(
        agreements,
        common.current_snapshot(arguments.werkmap),
        voor=metrics.ALLES,
        peildatum=arguments.peildatum,
        kwartaal=arguments.kwartaal,
        contracten=arguments.contracten,
    )
    if arguments.toen is not None:
        _then_and_now(arguments, agreements)
    elif arguments.uitleg:
        _explain(arguments, agreements, verdicts)
    elif arguments.formaat == "json":
        common.print_json([verdict.to_json() for verdict in verdicts])
    elif arguments.formaat == "csv":
        _text(export.verdicts_to_csv(verdicts), arguments.uit)
    elif arguments.formaat == "xlsx":
        common.write_bytes(export.verdicts_to_xlsx(verdicts), arguments.uit)
    else:
        export.print_verdicts(verdicts)
    return 1 if arguments.streng and any(verdict.oordeel == "voldoet niet" for verdict in verdicts) else 0


def _explain(arguments: argparse.Namespace, agreements: Any, verdicts: Any) -> None:
    """Each verdict with its reasons: as sentences, or as data."""
    import contracts
    from dashboard import wording

    common.check_format(arguments.formaat, ("tabel", "json"))
    told = [(one, contracts.reason(agreements[one.contract], one)) for one in verdicts]
    if arguments.formaat == "json":
        common.print_json(
            [{**one.to_json(), "zin": wording.verdict_sentence(one), **why.to_json()} for one, why in told]
        )
        return
    for one, why in told:
        print(f"{one.contract} · {one.kwartaal} · {' '.join(wording.verdict_story(one, why))}")


def _then_and_now(arguments: argparse.Namespace, agreements: Any) -> None:
    """The verdicts of a quarter on an earlier momentopname beside those of now."""
    import contracts
    import metrics
    from dashboard import wording

    common.check_format(arguments.formaat, ("tabel", "json"))
    if arguments.kwartaal in (None, "alle"):
        raise Gebruiksfout("Kies bij --toen één kwartaal, bijvoorbeeld --kwartaal 2024-K2.")
    now = common.current_snapshot(arguments.werkmap)
    chosen: dict[str, Any] = {"voor": metrics.ALLES, "contracten": arguments.contracten}
    if arguments.toen == "verteld":
        told = _told(arguments, agreements)
        verdicts = contracts.assess(agreements, now, kwartaal=arguments.kwartaal, **chosen)
        changes = contracts.told_and_now(told, verdicts)
    else:
        changes = contracts.compare(agreements, _earlier(arguments), now, arguments.kwartaal, **chosen)
    if arguments.formaat == "json":
        common.print_json([change.to_json() for change in changes])
        return
    for change in (one for one in changes if one.anders):
        print(f"{change.nu.contract} · toen: {wording.verdict_sentence(change.toen)}")
        print(f"  nu: {wording.verdict_sentence(change.nu)} Oorzaak: {'; '.join(change.oorzaken) or 'onbekend'}.")
    common.say(f"{sum(one.anders for one in changes)} van {len(changes)} oordelen zijn nu anders dan toen.")


def _earlier(arguments: argparse.Namespace) -> Any:
    """The momentopname of `--toen`."""
    import contracts
    import etl

    store = etl.Store(arguments.werkmap)
    if arguments.toen != "eigen":
        given = etl.Snapshot(arguments.toen, store.path_of(arguments.toen))
        if not given.path.is_file():
            raise Gebruiksfout(f"De momentopname {arguments.toen} bestaat niet. Zie: inburgering momentopnamen.")
        return given
    found = contracts.of_its_time(store, arguments.kwartaal)
    if found is None:
        raise Gebruiksfout(
            f"Van {arguments.kwartaal} is geen eerdere momentopname bewaard. Zie: inburgering momentopnamen."
        )
    return found


def _told(arguments: argparse.Namespace, agreements: Any) -> Any:
    """The verdicts as they were told, read back from the record."""
    from contracts import record
    from dashboard.commands.record import open_record

    entries = open_record(arguments).entries()
    ids = arguments.contracten or list(agreements)
    found = [one for id in ids for one in record.told(entries, id, arguments.kwartaal)]
    if not found:
        raise Gebruiksfout(f"Over {arguments.kwartaal} is nog niets verteld. Zie: inburgering logboek oordelen.")
    return found


def _text(content: str, target: Path | None) -> None:
    if target is None:
        print(content, end="")
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        common.say(f"Geschreven: {target}")
