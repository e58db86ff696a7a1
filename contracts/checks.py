"""Mistakes in an agreement that only show beside the figures, the deliveries and the reference data."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import etl
import metrics
from contracts.model import UNKNOWN, WITH_KEURMERK, Agreement, Kpi
from data import referentie
from data.fouten import Gebruiksfout

Mistake = tuple[tuple[Any, ...], str]
_ROW_FILTERS = ("einde", "horizon")
_QUALITY_ONLY = ("soort", "kenmerk", "teller", "noemer")
_FIXED_ELSEWHERE = ("contract", "kwartaal")  # the contract itself, and its window
_PARTS = ("aanwezigheid",)  # a ratio of sums that is written as a share all the same
_ROUTES = ("B1", "onderwijs", "Z")
_NOT_IN_A_NAME = re.compile(r"[/\\?#%:*\"<>|\x00-\x1f\x7f]|^\s|\s$|^\.+$")
_OWN_WORDS = ("aanbod_gekregen",)  # its onderdelen are not only those of the deliveries


def mistakes_in(agreement: Agreement) -> Iterator[Mistake]:
    """All mistakes of one agreement: (where, what is wrong)."""
    yield from _names(agreement)
    yield from _codes(agreement.gemeenten, ("gemeenten",))
    yield from _term(agreement)
    yield from _parcels(agreement)
    yield from _keurmerk(agreement)
    yield from _ladder(agreement.rapportage.gevolg, ("rapportage",))
    for index, kpi in enumerate(agreement.kpis):
        here = ("kpis", index)
        yield from _ladder(kpi.gevolg, here)
        if kpi.cijfer == "kwaliteit":
            yield from _check_quality(kpi, here)
        else:
            yield from _check_figure(agreement, kpi, here)
        if kpi.perceel is not None and kpi.perceel not in {one.id for one in agreement.percelen}:
            yield (*here, "perceel"), f"het perceel {kpi.perceel} staat niet bij percelen."
        if kpi.geldig_van and kpi.geldig_tot and kpi.geldig_tot < kpi.geldig_van:
            yield (*here, "geldig_tot"), "geldig_tot ligt voor geldig_van."
        for other in agreement.kpis[:index]:
            if other.id == kpi.id and _overlap(kpi, other):
                yield (*here, "id"), f"de KPI {kpi.id} geldt twee keer tegelijk. Geef de oude een geldig_tot."


def _names(agreement: Agreement) -> Iterator[Mistake]:
    """An id stands in the name of a report and in addresses; a route is one of three; and a contract is of somebody."""
    for id, here in ((agreement.id, ("id",)), *((kpi.id, ("kpis", n, "id")) for n, kpi in enumerate(agreement.kpis))):
        if _NOT_IN_A_NAME.search(id) and id != UNKNOWN and not id.startswith(UNKNOWN):
            yield here, f"de id {id[:60]!r} kan niet: gebruik letters, cijfers, punten en streepjes."
    route = agreement.onderdeel.leerroute
    if route is not None and route not in _ROUTES:
        yield ("onderdeel", "leerroute"), f"de leerroute {route} bestaat niet. Kies uit: {_list(_ROUTES)}."
    if not agreement.gemeenten:
        yield ("gemeenten",), 'een contract is van ten minste één gemeente, zoals ["0397"].'


def _codes(codes: tuple[str, ...], here: tuple[Any, ...]) -> Iterator[Mistake]:
    known = set(referentie.gemeenten()["gemeentecode"])
    for index, code in enumerate(codes):
        if code not in known:
            yield (*here, index), f'de gemeentecode {code} bestaat niet. Verwacht: vier cijfers, zoals "0397".'
        elif code in codes[:index]:
            yield (*here, index), f"de gemeentecode {code} staat er twee keer."


def _term(agreement: Agreement) -> Iterator[Mistake]:
    term = agreement.looptijd
    if term.tot < term.van:
        yield ("looptijd",), "de looptijd eindigt voordat zij begint."
    if term.verlengbaar_tot is not None and term.verlengbaar_tot < term.tot:
        yield ("looptijd", "verlengbaar_tot"), "verlengbaar_tot ligt voor het einde van de looptijd."
    last = term.tot
    for index, one in enumerate(term.verlengd):
        here = ("looptijd", "verlengd", index)
        if one.tot <= last:
            yield here, "een verlenging eindigt na het vorige einde."
        if term.verlengbaar_tot is None or one.tot > term.verlengbaar_tot:
            yield here, "de verlenging gaat verder dan verlengbaar_tot."
        last = one.tot


def _parcels(agreement: Agreement) -> Iterator[Mistake]:
    for index, one in enumerate(agreement.percelen):
        here = ("percelen", index)
        if one.id in {other.id for other in agreement.percelen[:index]}:
            yield (*here, "id"), f"het perceel {one.id} staat er twee keer."
        if not one.gemeenten:
            yield (*here, "gemeenten"), "een perceel heeft ten minste één gemeente."
        yield from _codes(one.gemeenten, (*here, "gemeenten"))
        for code in one.gemeenten:
            if code not in agreement.gemeenten:
                yield (*here, "gemeenten"), f"de gemeente {code} hoort niet bij dit contract."


def _keurmerk(agreement: Agreement) -> Iterator[Mistake]:
    mark = agreement.keurmerk
    if mark is None:
        return
    route = agreement.onderdeel.leerroute
    if route in WITH_KEURMERK and mark.toezicht != "Blik op Werk":
        yield ("keurmerk", "toezicht"), f"bij de leerroute {route} hoort het keurmerk van Blik op Werk."
    if route == "onderwijs" and mark.toezicht == "Blik op Werk":
        yield ("keurmerk", "toezicht"), "de onderwijsroute valt onder de Inspectie van het Onderwijs."
    for index, one in enumerate(mark.perioden):
        here = ("keurmerk", "perioden", index)
        if one.tot is not None and one.tot < one.van:
            yield here, "deze status eindigt voordat zij begint."
        if index and one.van <= (mark.perioden[index - 1].tot or mark.perioden[index - 1].van):
            yield here, "de statussen van het keurmerk overlappen, of staan niet op volgorde."


def _ladder(steps: tuple[Any, ...], here: tuple[Any, ...]) -> Iterator[Mistake]:
    for index in range(1, len(steps)):
        if steps[index].na <= steps[index - 1].na:
            yield (*here, "gevolg", index), "de stappen lopen niet op: na moet bij elke stap groter zijn."
    if steps and steps[0].na < 1:
        yield (*here, "gevolg", 0), "na is minstens 1."


def _check_figure(agreement: Agreement, kpi: Kpi, here: tuple[Any, ...]) -> Iterator[Mistake]:
    definition = metrics.catalogue().get(kpi.cijfer)
    if definition is None:
        near = difflib.get_close_matches(kpi.cijfer, metrics.catalogue(), 1, 0.6)
        hint = f" Bedoelt u {near[0]}?" if near else ""
        yield (*here, "cijfer"), f"het cijfer {kpi.cijfer} bestaat niet.{hint} Alle cijfers zien: inburgering cijfers."
        return
    if "contract" not in definition.mogelijk:
        yield (*here, "cijfer"), f"het cijfer {kpi.cijfer} is niet per contract te berekenen."
    for name in _QUALITY_ONLY:
        if getattr(kpi, name) is not None:
            yield (*here, name), f"{name} hoort alleen bij cijfer: kwaliteit."
    yield from _filters(agreement, kpi, definition, here)
    share = definition.soort in ("aandeel", "incidentie") or kpi.cijfer in _PARTS
    if share and kpi.norm is not None and not 0 <= kpi.norm <= 1:
        yield (*here, "norm"), "een aandeel heeft een norm van 0 tot 1. Schrijf 0.80 voor 80 %."
    if kpi.cijfer == "tevredenheid" and kpi.norm is not None and not 1 <= kpi.norm <= 10:
        yield (*here, "norm"), "een rapportcijfer heeft een norm van 1 tot 10."
    if definition.richting == "geen" and kpi.norm is not None and kpi.richting is None:
        yield (*here, "norm"), f"bij {kpi.cijfer} is hoger niet beter of slechter. Zet er een richting bij."


def _filters(
    agreement: Agreement, kpi: Kpi, definition: metrics.Definition, here: tuple[Any, ...]
) -> Iterator[Mistake]:
    rows = _ROW_FILTERS if definition.soort == "incidentie" else ()
    if kpi.perceel is not None and "gemeente" not in definition.mogelijk:
        yield (*here, "perceel"), f"{kpi.cijfer} is niet per gemeente te berekenen, dus ook niet per perceel."
    if kpi.perceel is not None and "gemeente" in kpi.filter:
        yield (*here, "perceel"), "kies een perceel of een gemeente, niet allebei."
    for name, values in kpi.filter.items():
        if name not in (*definition.mogelijk, *rows):
            possible = ", ".join((*definition.mogelijk, *rows))
            yield (*here, "filter", name), f"{kpi.cijfer} kent het filter {name} niet. Wel mogelijk: {possible}."
        elif name == "contract":
            if values != [agreement.id]:
                yield (*here, "filter", name), "het contract staat al vast; laat dit filter weg."
        else:
            yield from (((*here, "filter", name), text) for text in _values(definition, name, values))
    for name in (*(one for one in definition.eigen if one not in _FIXED_ELSEWHERE), *rows):
        if len(kpi.filter.get(name, ())) != 1:
            yield (*here, "filter"), f"kies één {name}; anders geeft {kpi.cijfer} meer dan één uitkomst."


def _values(definition: metrics.Definition, name: str, values: list[Any]) -> Iterator[str]:
    """What is wrong with the values of a filter: not of its kind, or not in the list of the deliveries."""
    if name == "gemeente":
        known_codes = set(referentie.gemeenten()["gemeentecode"])
        yield from (
            f'de gemeentecode {one} bestaat niet. Verwacht: vier cijfers tussen aanhalingstekens, zoals "0397".'
            for one in values if one not in known_codes
        )  # fmt: skip
        return
    try:
        metrics.ask(definition, {name: values}, ())
    except Gebruiksfout as fault:
        yield from (one[:1].lower() + one[1:] for one in fault.meldingen)
        return
    if name == "horizon" and (wrong := [one for one in values if int(one) not in definition.horizonnen]):
        yield f"{definition.id} kent de horizon {wrong[0]} niet. Kies uit: {_list(definition.horizonnen)}."
    known = _known_values(definition.id, name)
    if known and (wrong := [one for one in values if one not in known]):
        yield f"'{wrong[0]}' bestaat niet bij {name}. Kies uit: {_list(known)}."


def _known_values(figure: str, name: str) -> tuple[str, ...]:
    """The values of an onderdeel or soort, as the deliveries may hold them; empty: anything."""
    if figure in _OWN_WORDS:
        return ()
    for table, columns in metrics.lineage(figure).items():
        if name in columns and table in etl.standard():
            column = etl.standard()[table].kolommen.get(name)
            return column.keuzes if column else ()
    return ()


def _list(values: Iterable[Any]) -> str:
    return ", ".join(str(one) for one in values)


def _check_quality(kpi: Kpi, here: tuple[Any, ...]) -> Iterator[Mistake]:
    pair = (kpi.teller is not None) + (kpi.noemer is not None)
    if (kpi.kenmerk is None and pair != 2) or (kpi.kenmerk is not None and pair):
        yield here, "geef bij kwaliteit één kenmerk, of een teller en een noemer."
    if kpi.kenmerk is not None and kpi.soort is not None:
        yield (*here, "soort"), "soort hoort bij een teller en een noemer, niet bij één kenmerk."
    if kpi.richting is None:
        yield here, "geef bij kwaliteit een richting: hoger of lager."
    if kpi.filter:
        yield (*here, "filter"), "kwaliteit kent geen filter."
    if kpi.perceel is not None:
        yield (*here, "perceel"), "kwaliteit is niet per perceel te berekenen: de rapportage gaat over het contract."
    if kpi.soort == "aandeel" and kpi.norm is not None and not 0 <= kpi.norm <= 1:
        yield (*here, "norm"), "een aandeel heeft een norm van 0 tot 1. Schrijf 0.80 voor 80 %."


def _overlap(one: Kpi, other: Kpi) -> bool:
    """A newer entry ends the older one by itself; only an equal begin, or a later given end, makes two at once."""
    first, second = sorted((one, other), key=lambda kpi: str(kpi.geldig_van or "0000"))
    if first.geldig_van == second.geldig_van:
        return True
    return first.geldig_tot is not None and second.geldig_van is not None and first.geldig_tot >= second.geldig_van
