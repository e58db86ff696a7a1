"""What can be wrong with an own layout beside the standard one: (where in the YAML, what is wrong), all at once."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from etl.layout import Layout, header_name, standard, tables
from etl.own_forms import form_of
from etl.own_layout import SEARCH, Blad, OwnLayout

_CELL = re.compile(r".+![A-Za-z]{1,3}[1-9]\d{0,6}")
_FRONT = ("contract", "kwartaal", "datum")
Found = Iterator[tuple[tuple[Any, ...], str]]


def mistakes_of(layout: OwnLayout) -> Found:
    """Every mistake that only shows beside the standard layout."""
    stars = max((pattern.count("*") for pattern in layout.bestand), default=0)
    if not layout.bestand:
        yield ("bestand",), "noem minstens één naam van een bestand, zoals 'presentie *.xlsx'."
    for pattern in layout.bestand:
        extension = pattern.rpartition(".")[2].lower() if "." in pattern else ""
        if not pattern.strip("* "):
            yield ("bestand",), "dit past op elk bestand. Noem een deel van de naam, zoals 'presentie *.xlsx'."
        elif extension and "*" not in extension and extension not in ("csv", "xlsx") and len(extension) <= 4:
            yield ("bestand",), "wij lezen alleen bestanden die eindigen op .csv of .xlsx."
    if any(pattern.lower().endswith(".csv") for pattern in layout.bestand) and len(layout.bladen) > 1:
        sheets = {sheet.tabel for sheet in layout.bladen}
        if len(sheets) < len(layout.bladen) and not all(sheet.alleen_als_gevuld for sheet in layout.bladen):
            yield ("bladen",), "een CSV is één blad: noem elke tabel die het vult één keer."
    if not layout.bladen:
        yield ("bladen",), "noem minstens één blad."
    yield from _forms(layout)
    yield from _front(layout, stars)
    if layout.report and not all(sheet.tabel.startswith("rapportage.") for sheet in layout.bladen):
        yield (
            ("bladen",),
            "een rapportage vult alleen tabellen van de rapportage; maak voor de rest een andere indeling.",
        )
    for index, sheet in enumerate(layout.bladen):
        yield from _sheet(sheet, ("bladen", index), stars)


def mistakes_in_part(raw: Mapping[str, Any]) -> Found:
    """The same of a file that is no layout yet: of each part that can be read by itself.

    A layout with one wrong name at the top must not hide that a column of the second sheet does not exist.
    """
    sheets = raw.get("bladen")
    top = {name: raw[name] for name in OwnLayout.model_fields if name in raw and name != "bladen"}
    found = [(index, _alone(one)) for index, one in enumerate(sheets)] if isinstance(sheets, list) else []
    right = [(index, sheet) for index, sheet in found if sheet is not None]
    if not right:
        return
    try:
        layout = OwnLayout.model_validate({**top, "bladen": [sheet for _, sheet in right]})
    except ValidationError as fault:
        wrong = {error["loc"][0] for error in fault.errors()}
        # what was meant by these is told elsewhere already; nothing may be concluded from their absence
        given = {name: value for name, value in top.items() if name not in wrong}
        stand_in = {"naam": "x", "bestand": "x" + "*" * 9} | {name: "x" for name in _FRONT if name in wrong}
        layout = OwnLayout.model_validate({**stand_in, **given, "bladen": [sheet for _, sheet in right]})
    stars = max((pattern.count("*") for pattern in layout.bestand), default=0)
    yield from _forms(layout)
    if len(right) == len(found):
        yield from _front(layout, stars)
    for index, sheet in right:
        yield from _sheet(sheet, ("bladen", index), stars)


def _alone(raw: Any) -> Blad | None:
    """A sheet without the names that no sheet has; None when it still cannot be read."""
    try:
        known = {name: raw[name] for name in Blad.model_fields if name in raw} if isinstance(raw, dict) else raw
        return Blad.model_validate(known)
    except ValidationError:
        return None


def _forms(layout: OwnLayout) -> Found:
    for name, need in (("datums", {"y", "m", "d"}), ("maanden", {"y", "m"})):
        for index, text in enumerate(getattr(layout, name)):
            if set(form_of(text).groupindex) != need:
                letters = "d of dd, m, mm of mmmm, en jjjj" if "d" in need else "m, mm of mmmm, en jjjj"
                yield (name, index), f"'{text}' is geen vorm. Gebruik elk één keer: {letters}."


def _front(layout: OwnLayout, stars: int) -> Found:
    for name in _FRONT:
        text = getattr(layout, name)
        if layout.report and not text:
            yield (
                ("bladen",),
                f"een rapportage heeft {name} nodig: een tekst, een cel (Info!B2) of {{1}} uit de bestandsnaam.",
            )
        if text and not layout.report:
            yield (name,), f"{name} hoort alleen bij een rapportage. Noem een vaste waarde bij een blad, onder vast."
        if text and "!" in text and not _CELL.fullmatch(text):
            yield (name,), f"'{text}' is geen cel. Schrijf het blad, een uitroepteken en de cel, zoals Info!B2."
        if text:
            yield from _places(text, stars, stars, (name,))
    if layout.toelichting and not layout.report:
        yield ("toelichting",), "toelichting hoort alleen bij een rapportage."


def _places(text: str, own: int, file: int, where: tuple[Any, ...]) -> Found:
    """{1} and {bestand:1} must have a star that they stand for."""
    for kind, number in re.findall(r"\{(bestand:)?(\d+)\}", text):
        if not 1 <= int(number) <= (file if kind else own):
            place = f"{{{kind}{number}}}"
            yield where, f"{place} staat nergens voor: zoveel sterren (*) heeft de naam niet."


def _sheet(sheet: Blad, here: tuple[Any, ...], file_stars: int) -> Found:
    if SEARCH in sheet.kop and len(sheet.kop) > 1:
        yield (*here, "kop"), "kies óf rijnummers, óf zoek."
    elif not all(row == SEARCH or (row.isdecimal() and int(row) > 0) for row in sheet.kop) or not sheet.kop:
        yield (*here, "kop"), "de kop is een rijnummer vanaf 1, of: zoek."
    target = standard().get(sheet.tabel)
    if target is None:
        known = ", ".join([*tables(), *(name for name in standard() if "." in name)])
        yield (*here, "tabel"), f"de tabel {sheet.tabel} bestaat niet. Kies uit: {known}."
        return
    for part in ("kolommen", "waarden", "vast"):
        for name in getattr(sheet, part):
            if name not in target.kolommen:
                possible = ", ".join(target.kolommen)
                yield (*here, part, name), f"de tabel {sheet.tabel} heeft geen kolom {name}. Wel: {possible}."
    for index, name in enumerate(sheet.alleen_als_gevuld):
        if name not in sheet.kolommen:
            yield (*here, "alleen_als_gevuld", index), f"{name} staat niet bij kolommen."
    for name in sheet.kolommen:
        if name in sheet.vast:
            yield (*here, "vast", name), f"{name} staat bij kolommen en bij vast. Kies een van beide."
    for name, spec in target.kolommen.items():
        if spec.verplicht and name not in sheet.kolommen and name not in sheet.vast:
            yield (*here, "kolommen"), f"de verplichte kolom {name} ontbreekt: noem hem bij kolommen of bij vast."
    yield from _headers(sheet, here)
    for name, text in sheet.vast.items():
        yield from _places(text, sheet.blad.count("*"), file_stars, (*here, "vast", name))
    yield from _values(sheet, target, here)


def _headers(sheet: Blad, here: tuple[Any, ...]) -> Found:
    seen: dict[str, str] = {}
    for name, headings in sheet.kolommen.items():
        for text in headings:
            if not header_name(text):
                yield (*here, "kolommen", name), f"{name} heeft geen kop. Noem de kop in het bestand."
            elif (other := seen.setdefault(header_name(text), name)) != name:
                yield (*here, "kolommen", name), f"de kop '{text}' is al die van {other}."


def _values(sheet: Blad, target: Layout, here: tuple[Any, ...]) -> Found:
    for name, values in sheet.waarden.items():
        if name in target.kolommen and name not in sheet.kolommen and name not in sheet.vast:
            yield (*here, "waarden", name), f"{name} staat niet bij kolommen of vast."
        spec = target.kolommen.get(name)
        if spec is None or not spec.keuzes:
            continue
        known = {one.lower() for one in (*spec.keuzes, *spec.gelijk)}
        for old, value in values.items():
            if value.strip() and value.lower() not in known:
                text = f"{value} is geen waarde van {name}. Kies uit: {', '.join(spec.keuzes)}."
                yield (*here, "waarden", name, old), text
