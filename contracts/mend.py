"""An agreement with mistakes, as far as it can still be read, so that what else is wrong is told at the same time.

What pydantic refuses is taken out, and what must be there is filled with something that no check says anything about.
"""

import copy
from datetime import date
from typing import Any

from pydantic import ValidationError

from contracts.model import UNKNOWN, Agreement

_TRIES = 6
_EMPTY: dict[str, Any] = {
    "id": UNKNOWN, "titel": "?", "aanbieder": "?", "gemeenten": ("0397",), "onderdeel": {}, "bron": "?",
    "looptijd": {"van": date(1900, 1, 1), "tot": date(2100, 1, 1)},
}  # fmt: skip
_SILENT: dict[str, Any] = {"titel": "?", "cijfer": "kwaliteit", "kenmerk": "?", "richting": "hoger"}
_APART = ("titel", "norm", "min_n", "gevolg", "bron", "venster")  # without these the rest of a KPI can be checked


def readable(raw: dict[Any, Any]) -> Agreement | None:
    """The agreement without what is wrong in it; None when nothing is left to check."""
    raw = copy.deepcopy(raw)
    for _ in range(_TRIES):
        try:
            return Agreement.model_validate(raw)
        except ValidationError as fault:
            for one in fault.errors():
                _take_out(raw, [part for part in one["loc"] if part != "[key]"], one["type"])
    return None


def _take_out(raw: dict[Any, Any], place: list[Any], kind: str) -> None:
    name = place[0] if place else None
    kpis = raw.get("kpis")
    if name == "kpis" and len(place) > 1 and isinstance(kpis, list | tuple):
        raw["kpis"] = [_kpi(one, index, place, kind) if index == place[1] else one for index, one in enumerate(kpis)]
    elif kind == "extra_forbidden" and len(place) == 1:
        raw.pop(name, None)
    elif name in _EMPTY:
        raw[name] = _EMPTY[name]
    else:
        raw.pop(name, None)
    if name == "percelen" and isinstance(kpis, list):
        for one in kpis:
            if isinstance(one, dict):
                one.pop("perceel", None)  # it may well have been one of those


def _kpi(one: Any, index: int, place: list[Any], kind: str) -> Any:
    field = place[2] if len(place) > 2 else None
    if not isinstance(one, dict) or field is None:
        return {"id": f"?{index}", **_SILENT}
    if kind == "missing" and len(place) == 3 and field in ("id", "titel"):
        return {**one, field: f"?{index}"}
    if field in _APART or (kind == "extra_forbidden" and len(place) == 3):
        return {name: value for name, value in one.items() if name != field}
    return {"id": f"?{index}", **_SILENT}
