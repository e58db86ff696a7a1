"""Open data of a publication: a CSV per table, their description as CSVW, and the data set as DCAT-AP-NL.

Sources of the forms: W3C Tabular Data on the Web (CSVW) and DCAT-AP-NL 3.0. Nothing is fetched: the addresses
in them are names of terms.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import wording
from dashboard.export import _csv
from dashboard.export._columns import MEASURES, columns
from dashboard.export._names import Named, named

_HIDDEN = "verborgen"
_COUNTS = ("aantal", "teller", "noemer", "n", "in_risico", "gevolgd", "horizon")
_LICENCE = "http://creativecommons.org/licenses/by/4.0/deed.nl"
_DUTCH = "http://publications.europa.eu/resource/authority/language/NLD"
_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_SOCIETY = "http://publications.europa.eu/resource/authority/data-theme/SOCI"
_TYPES = {
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "pdf": ("application/pdf", "PDF"),
    "html": ("text/html", "HTML"),
}


def open_data(answers: Sequence[Any], facts: Mapping[str, Any]) -> dict[str, bytes]:
    """Files by name: `<tabel>.csv`, `csv-metadata.json` (CSVW) and `dcat.jsonld`."""
    tables = [one for one in named(answers) if one.answer.rijen]
    files = {
        f"{one.file}.csv": _csv.table(columns(one.answer.rijen), one.answer.rijen).encode("utf-8") for one in tables
    }
    files["csv-metadata.json"] = _json(_csvw(tables, facts))
    files["dcat.jsonld"] = _json(_dcat(tables, facts))
    return files


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _csvw(tables: Sequence[Named], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "dc:title": f"{facts['titel']}, {facts['periode']}",
        "dc:description": _described(facts),
        "dc:license": {"@id": _LICENCE},
        "tables": [
            {
                "url": f"{one.file}.csv",
                "dc:title": one.title,
                "dc:description": " ".join(one.answer.definition.definitie.split()),
                "dc:source": "; ".join(one.answer.definition.bron),
                "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
                "tableSchema": {"columns": [_column(name, one) for name in columns(one.answer.rijen)]},
            }
            for one in tables
        ],
    }


def _column(name: str, one: Named) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": name,
        "titles": name,
        "dc:title": wording.title_of(name),
        "null": ["", _HIDDEN],
    }
    values = [row.get(name) for row in one.answer.rijen]
    if name in _COUNTS and all(value is None or wording.is_hidden(value) or isinstance(value, int) for value in values):
        column["datatype"] = "integer"
    elif name in MEASURES:
        column["datatype"] = "number"
    else:
        column["datatype"] = "string"
        column["null"] = [""]
    return column


def _dcat(tables: Sequence[Named], facts: Mapping[str, Any]) -> dict[str, Any]:
    name = f"urn:inburgeringsmonitor:{facts['soort']}:{facts['momentopname']}:{facts['datum']}"
    place = next((value for what, value in facts["herkomst"] if what == "Gaat over"), "")
    first = min(one.answer.van for one in tables) if tables else None
    distributions = [(f"{one.file}.csv", "csv", one.title) for one in tables]
    distributions += [
        ("../evaluatie.xlsx", "xlsx", "Alle tabellen als werkboek"),
        ("../evaluatie.pdf", "pdf", "Het rapport"),
        ("../evaluatie.html", "html", "Het rapport als webpagina"),
    ]
    publisher = {"@type": "foaf:Agent", "foaf:name": {"@value": place, "@language": "nl"}}
    found: dict[str, Any] = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "prov": "http://www.w3.org/ns/prov#",
        },
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": {"@value": f"{facts['titel']}, {facts['periode']}", "@language": "nl"},
        "dct:description": {"@value": _described(facts), "@language": "nl"},
        "dct:publisher": publisher,
        "dct:creator": publisher,
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": place},
        "dct:accessRights": {"@id": _PUBLIC},
        "dct:license": {"@id": _LICENCE},
        "dct:language": {"@id": _DUTCH},
        "dcat:theme": {"@id": _SOCIETY},
        "dcat:keyword": [
            {"@value": word, "@language": "nl"} for word in ("inburgering", "Wet inburgering 2021", "gemeente")
        ],
        "dct:modified": {"@value": facts["datum"], "@type": "xsd:date"},
        "dcat:version": facts["momentopname"],
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/BIENNIAL"},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "@id": f"{name}#{file}",
                "dct:title": {"@value": title, "@language": "nl"},
                "dcat:accessURL": {"@id": file},
                "dcat:downloadURL": {"@id": file},
                "dcat:mediaType": _TYPES[kind][0],
                "dct:format": {"@id": f"http://publications.europa.eu/resource/authority/file-type/{_TYPES[kind][1]}"},
                "dct:license": {"@id": _LICENCE},
            }
            for file, kind, title in distributions
        ],
    }
    if first is not None:
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": first.isoformat(), "@type": "xsd:date"},
            "dcat:endDate": {"@value": facts["datum"], "@type": "xsd:date"},
        }
    return found


def _described(facts: Mapping[str, Any]) -> str:
    example = "VOORBEELD: alle gegevens zijn verzonnen. " if facts["voorbeeld"] else ""
    return (
        f"{example}{facts['ondertitel']}, {facts['periode']}, stand op {facts['peildatum']}. Groepen van minder dan"
        f" vijf mensen zijn niet getoond: in die cellen staat '{_HIDDEN}'. Dat is geen nul."
    )
