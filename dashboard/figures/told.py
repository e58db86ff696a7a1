"""What a chart shows, in a sentence for who hears it: read from what is drawn, so that both say the same."""

import re
from typing import Any

from dashboard import wording
from dashboard.texts import t
from dashboard.wording.letters import capital

_MOST = 4  # so many values can be listened to; of more the ends are told


def told(drawn: dict[str, Any]) -> str:
    """One or two sentences; empty for a chart of which there is nothing to say in words."""
    traces = [one for one in drawn["data"] if one.get("hoverinfo") != "skip"]
    whole = [one for one in traces if one["type"] == "bar"]
    if len(whole) > 1:
        return _stack(whole, drawn["layout"])
    if whole:
        return _bars(whole[0])
    return " ".join(filter(None, (_line(one, drawn["layout"]) for one in traces if "lines" in one.get("mode", ""))))


def _bars(trace: dict[str, Any]) -> str:
    lying = trace.get("orientation") == "h"
    names, sizes = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
    said = trace.get("text") or [wording.number(size) for size in sizes]
    rows = [(name, _plain(text), size) for name, text, size in zip(names, said, sizes, strict=True)]
    if len(rows) <= _MOST:
        return "; ".join(f"{name}: {text}" for name, text, _ in rows) + "."
    most, least = max(rows, key=lambda row: row[2]), min(rows, key=lambda row: row[2])
    return t(
        "{n} balken. De langste is {meest} ({veel}), de kortste {minst} ({weinig}).",
        n=wording.number(len(rows)), meest=most[0], veel=most[1], minst=least[0], weinig=least[1],
    )  # fmt: skip


def _stack(traces: list[dict[str, Any]], layout: dict[str, Any]) -> str:
    """The last bar in its parts: of competing ends the longest time, of years the newest."""
    rows = list(dict.fromkeys(name for one in traces for name in one["y"]))
    unit = layout["xaxis"].get("ticksuffix", "")
    parts = [
        f"{one['name']} {wording.number(round(size))}{unit}"
        for one in traces
        for name, size in zip(one["y"], one["x"], strict=True)
        if name == rows[-1]
    ]
    return t("{balk}: {delen}.", balk=capital(str(rows[-1])), delen=", ".join(parts))


def _line(trace: dict[str, Any], layout: dict[str, Any]) -> str:
    known = [
        (x, _plain(text)) for x, y, text in zip(trace["x"], trace["y"], trace.get("text", ()), strict=False)
        if y is not None and text
    ]  # fmt: skip
    if not known:
        return ""
    (first, was), (last, now) = known[0], known[-1]
    if not isinstance(last, str):
        unit = layout.get("xaxis", {}).get("title", {}).get("text", "")
        return t(
            "{naam}: {nu} na {n} {eenheid}.", naam=trace["name"], nu=now, n=wording.number(round(last)), eenheid=unit
        )
    return t(
        "{naam}: van {was} ({eerst}) naar {nu} ({laatst}).",
        naam=trace["name"], was=was, eerst=_moment(first), nu=now, laatst=_moment(last),
    )  # fmt: skip


def _moment(moment: str) -> str:
    if "-K" in moment:
        return wording.quarter(moment)
    return wording.month(moment) if "-" in moment else moment


def _plain(text: str) -> str:
    return re.sub("<[^>]+>", "", text)
