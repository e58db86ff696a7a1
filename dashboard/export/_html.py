"""A report as one plain HTML page: real headings, tables with headers, drawings with their text. All is escaped."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

_STYLE = (Path(__file__).parent / "rapport.css").read_text(encoding="utf-8")


def report_to_html(facts: Mapping[str, Any]) -> str:
    """The whole report as a page that needs nothing else."""
    title = escape(f"{facts['titel']}, {facts['periode']}")
    example = (
        '<p class="let-op"><strong>VOORBEELD.</strong> Alle personen en cijfers in dit rapport zijn verzonnen.</p>'
        if facts["voorbeeld"]
        else ""
    )
    links = "".join(
        f'<li><a href="#{escape(one["id"])}">{escape(one["titel"])}</a></li>' for one in facts["hoofdstukken"]
    )
    body = "".join(_chapter(one) for one in facts["hoofdstukken"])
    foot = escape(
        f"Peildatum {facts['peildatum']} · momentopname {facts['momentopname']} · programma {facts['programma']}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f'<a class="sla-over" href="#inhoud">Naar de tekst</a><header><h1>{escape(facts["titel"])}</h1>'
        f"<p>{escape(facts['ondertitel'])} · {escape(facts['periode'])} · stand op"
        f" {escape(facts['peildatum'])}</p>{example}</header>"
        f'<nav aria-label="Inhoud"><ul>{links}</ul></nav><main'
        f' id="inhoud">{body}</main><footer><p>{foot}</p></footer></body></html>\n'
    )


def _chapter(one: Mapping[str, Any]) -> str:
    id = escape(one["id"])
    return (
        f'<section aria-labelledby="{id}"><h2 id="{id}">{escape(one["titel"])}</h2>{_blocks(one["blokken"])}</section>'
    )


def _blocks(parts: Any) -> str:
    return "".join(_block(one) for one in parts)


def _block(one: Mapping[str, Any]) -> str:
    match one["soort"]:
        case "kop":
            level = min(one["niveau"] + 1, 4)
            return f"<h{level}>{escape(one['tekst'])}</h{level}>"
        case "alinea":
            style = f' class="{one["stijl"]}"' if one["stijl"] else ""
            return f"<p{style}>{escape(one['tekst'])}</p>"
        case "lijst":
            return _list(one["punten"])
        case "tabel":
            return _table(one)
        case "grafiek":
            svg = one["svg"].replace("<svg ", f'<svg role="img" aria-label="{escape(one["alt"])}" ', 1)
            return f"<figure><figcaption>{escape(one['titel'])}</figcaption>{svg}</figure>"
        case "conclusie":
            said = escape(" ".join(one["zinnen"]))
            head = f'{escape(one["doel"])}: {escape(one["kop"])} <span class="stand">{escape(one["stand"])}</span>'
            return (
                f'<div class="conclusie"><h4>{head}</h4><p>{said}</p><p class="klein"><strong>Hoe zeker:</strong>'
                f" {escape(one['zeker'])}</p></div>"
            )
        case "kolommen":
            cards = "".join(
                f"<section><h3>{escape(part['titel'])}</h3>{_list(part['punten'])}</section>" for part in one["delen"]
            )
            return f'<div class="kolommen">{cards}</div>'
        case "begrippen":
            return "<dl>" + "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in one["paren"]) + "</dl>"
        case "let op":
            return f'<p class="let-op"><strong>Let op.</strong> {escape(one["tekst"])}</p>'
        case "eigen":
            inner = _blocks(one["blokken"])
            return (
                '<div class="eigen"><p class="klein"><strong>Toelichting van de'
                f" beleidsadviseur</strong></p>{inner}</div>"
            )
    raise ValueError(one["soort"])


def _list(points: Any) -> str:
    return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>"


def _table(one: Mapping[str, Any]) -> str:
    head = "".join(
        f'<th scope="col"{_class(place, one)}>{escape(text)}</th>' for place, text in enumerate(one["koppen"])
    )
    rows = []
    for row in one["rijen"]:
        cells = [f'<th scope="row" class="w">{escape(row[0])}</th>'] if row else []
        cells += [f"<td{_class(place, one)}>{escape(text)}</td>" for place, text in enumerate(row[1:], start=1)]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = escape(one["titel"])
    return (
        f'<div class="tabel" tabindex="0" role="region" aria-label="Tabel: {title}"><table><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _class(place: int, one: Mapping[str, Any]) -> str:
    return ' class="w"' if place < one["links"] else ""
