"""A reader who tries to recompute what a publication hides, from nothing but its JSON and the public definitions.

Shares no code with the guard. Where the guard works with cliques of features, this lays out every combination of
features and days that the publication knows, one variable per combination and per kind of count, and asks an integer
programme (HiGHS) how small and how large each hidden count can be.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

import highspy
import numpy as np

HIDDEN = "verborgen"
STATUS = {"asielstatushouder", "nareiziger"}
FIRST = date(2022, 1, 1)
TIMES = ("jaar", "tweejaar", "kwartaal", "maand")

# what a clever reader of the definitions knows: unit and day; conditions on features; further conditions by name;
# conditions of the numerator on features; days that somebody must have been followed
KNOWN = {
    "instroom": ("persoon/plichtig", {}, (), None, 0),
    "toets_op_tijd": ("persoon/pip", {}, (), None, 0),
    "brugklas_voor_pip": ("persoon/pip", {"doelgroep": STATUS}, (), None, 0),
    "voldaan_binnen": ("persoon/pip", {}, (), None, 0),
    "p50_allen": ("persoon/pip", {}, (), None, 0),
    "inburgeringsexamen": ("persoon/pip", {}, ("examen",), None, 0),
    "niveau_behaald": ("persoon/pip", {}, ("examen",), None, 0),
    "routeverdeling": ("persoon/eerste", {}, (), None, 0),
    "leerroute_afgerond_binnen": ("persoon/eerste", {}, (), None, 0),
    "routewissel": ("persoon/eerste", {}, (), None, 548),
    "route_past_bij_toets": ("persoon/eerste", {}, ("toets",), None, 0),
    "termijn_verstreken": ("persoon/open", {}, (), None, 0),
    "betaald_werk": ("persoon/open", {}, (), None, 0),
    "uitval": ("route/start", {}, (), None, 0),
    "duaal_gestart": ("route/start", {"leerroute": {"B1", "Z"}}, (), None, 183),
    "uitstroom": ("route/einde", {}, (), None, 0),
    "leerroute_geslaagd": (
        "route/einde", {"reden_einde": {"afgerond", "uitval"}}, (), {"reden_einde": {"afgerond"}}, 0,
    ),
    "maanden_tot_uitstroom": ("route/einde", {"reden_einde": {"afgerond"}}, ("pip",), None, 0),
    "uren_z_route": (
        "route/einde", {"reden_einde": {"afgerond"}, "leerroute": {"Z"}, "doelgroep": STATUS}, (), None, 0,
    ),
    "doorstroom_onderwijs": (
        "route/einde", {"reden_einde": {"afgerond"}, "leerroute": {"onderwijs"}}, (), None, 182,
    ),
    "onderdeel_geslaagd": ("onderdeel/einde", {}, (), {"resultaat": {"afgerond"}}, 0),
    "map_volledig": ("onderdeel/einde", {"onderdeel": {"MAP"}, "resultaat": {"afgerond"}}, (), None, 0),
    "pvt_volledig": ("onderdeel/einde", {"onderdeel": {"PVT"}, "resultaat": {"afgerond"}}, (), None, 0),
    "examen_per_poging": ("examen/dag", {}, (), {"resultaat": {"geslaagd"}}, 0),
    "examen_eerste_poging": ("examen/dag", {}, ("eerste",), {"resultaat": {"geslaagd"}}, 0),
    "tevredenheid": ("antwoord/dag", {}, (), {"score": {1, 2, 3, 4, 5}}, 0),
    "besluiten": ("besluit/dag", {}, (), None, 0),
}  # fmt: skip
OFFER = {"PIP": (None, ()), "PVT": (None, ()), "MAP": (None, ("geen onderwijs",))}
STATE = {"persoon/open", "participatie_actief"}
OWN_CONTRACT = {"route/start", "route/einde", "onderdeel/einde", "antwoord/dag"}
SPLIT = {"routeverdeling": "leerroute"}


@dataclass
class Cell:
    """One count in the publication: features that units have, days, further conditions, and what is shown of it."""

    label: str
    features: dict
    days: tuple | None
    tags: tuple
    shown: object
    least: int = 0


@dataclass
class Group:
    """Everything published about one kind of unit and day."""

    cells: list[Cell] = field(default_factory=list)
    wholes: list[tuple[Cell, list[Cell]]] = field(default_factory=list)


def _span(value):
    text = str(value)
    year = int(text[:4])
    if len(text) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    if len(text) == 9:
        return date(year, 1, 1), date(int(text[5:]), 12, 31)
    first, months = (3 * int(text[-1]) - 2, 3) if "K" in text else (int(text[-2:]), 1)
    after = date(year + (first + months - 1) // 12, (first + months - 1) % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)


def _cell(answer, row, label, shown, least=0, without=()):
    name = answer["cijfer"]
    group, where, tags, _, followed = KNOWN.get(name, (f"{name}/eigen", {}, (), None, 0))
    day = date.fromisoformat(answer["peildatum"])
    last = min(date.fromisoformat(answer["tot"]), day - timedelta(days=followed))
    spans = [(date.fromisoformat(answer["van"]), last)]
    features = {one: set(values) for one, values in where.items()}
    wanted = {one: set(values) for one, values in answer["filters"].items() if one not in ("horizon", "einde")}
    if row is not None:
        dims = [one for one in row if one in _dims(answer)]
        wanted |= {one: {row[one]} for one in dims}
    tags = list(tags)
    for one, values in wanted.items():
        if one in without:
            continue
        if name == "aanbod_gekregen" and one == "onderdeel":
            group = "persoon/plichtig"
            only, more = OFFER.get(next(iter(values)), (STATUS, ()))
            tags += [*more]
            if only:
                features["doelgroep"] = features.get("doelgroep", only) & only
            continue
        if one in TIMES:
            spans = [(max(one[0], other[0]), min(one[1], other[1])) for one in spans for other in map(_span, values)]
        elif one == "contract" and group not in OWN_CONTRACT and name != "leerroute_afgerond_binnen":
            tags.append(f"contract {sorted(values)}")
        elif one == "contract" and name == "leerroute_afgerond_binnen":
            tags.append(f"eerste contract {sorted(values)}")
        else:
            features[one] = features[one] & values if one in features else values
    state = group in STATE or name in STATE
    days = None if state else tuple(one for one in spans if one[0] <= one[1])
    # what depends on the peildatum is not compared between peildatums
    if group.startswith("persoon/") and "leerroute" in features:
        features[f"leerroute {day}"] = features.pop("leerroute")
    key = group if group in ("persoon/plichtig", "persoon/pip") else f"{group} {day}"
    tags = tuple(f"{tag} {day}" for tag in sorted(tags))
    return key, Cell(f"{name} {row} {label}", features, days, tags, shown, least)


_MEASURES = {
    "aantal", "teller", "noemer", "waarde", "laag", "hoog", "n", "p25", "p50", "p75", "verwacht", "verschil", "begroot",
    "uitputting", "horizon", "einde", "in_risico", "verdeling",
}  # fmt: skip


def _dims(answer):
    row = answer["rijen"][0] if answer["rijen"] else {}
    return [one for one in row if one not in _MEASURES]


def collect(publication):
    """Groups of cells by kind of unit and day."""
    groups = defaultdict(Group)
    for answer in publication:
        name = answer["cijfer"]
        if name not in KNOWN and name != "aanbod_gekregen" and not answer.get("_ook"):
            continue
        numerator = KNOWN.get(name, (None,) * 5)[3]
        split = SPLIT.get(name)
        tables = defaultdict(list)
        dims, seen = _dims(answer), set()
        for row in answer["rijen"]:
            place = tuple(row[one] for one in dims)
            if "einde" in row and place in seen:
                continue
            seen.add(place)
            size = row.get("aantal", row.get("noemer", row.get("n")))
            present = 1 if dims and size != 0 else 0
            if split:
                key, whole = _cell(answer, row, "noemer", size, 1, (split,))
                groups[key].cells.append(whole)
                key, part = _cell(answer, row, "teller", row["teller"], 1)
                groups[key].cells.append(part)
                if split not in answer["filters"]:
                    tables[key].append(part)
                continue
            key, cell = _cell(answer, row, "aantal", size, present)
            groups[key].cells.append(cell)
            tables[(key, row.get("onderdeel") if name == "aanbod_gekregen" else None)].append(cell)
            if "teller" in row:
                key, part = _cell(answer, row, "teller", row["teller"])
                if numerator is None:
                    tag = f"{name} {row.get('onderdeel')} {answer['peildatum']}"
                    part.tags = (*part.tags, tag)
                else:
                    for one, values in numerator.items():
                        part.features[one] = part.features.get(one, values) & values
                groups[key].cells.append(part)
        contracts = "contract" in dims and name not in OWN_CONTRACT
        if dims and not contracts:
            for key, cells in tables.items():
                copy = key[1] if isinstance(key, tuple) else None
                row = None if copy is None else {"onderdeel": copy}
                real, whole = _cell(answer, row, "geheel", HIDDEN)
                groups[real].wholes.append((whole, cells))
    return groups


class Puzzle:
    """The integer programme of one group."""

    def __init__(self, group):
        self.group = group
        cells = [*group.cells, *(whole for whole, _ in group.wholes)]
        names = sorted({one for cell in cells for one in cell.features})
        domains = []
        for name in names:
            values = sorted({value for cell in cells for value in cell.features.get(name, ())}, key=str)
            domains.append([*values, "anders"])
        cuts = {FIRST} | {
            one for cell in cells for first, last in cell.days or () for one in (first, last + timedelta(1))
        }
        cuts = sorted(cuts)
        spans = [*zip(cuts, [one - timedelta(1) for one in cuts[1:]], strict=False), None]
        self.atoms = []
        for point in product(*domains, spans):
            known = dict(zip(names, point, strict=False))
            if all(
                not self._holds(whole, known, point[-1]) or any(self._holds(row, known, point[-1]) for row in rows)
                for whole, rows in group.wholes
                if not whole.tags
            ):
                self.atoms.append((known, point[-1]))
        self.columns = {}
        for cell in group.cells:
            for length in range(len(cell.tags) + 1):
                self.columns.setdefault(cell.tags[:length], len(self.columns) * len(self.atoms))
        self._build()

    @staticmethod
    def _holds(cell, known, days):
        if cell.days is not None and (days is None or not any(a <= days[0] and days[1] <= b for a, b in cell.days)):
            return False
        return all(known[one] in values for one, values in cell.features.items())

    def _line(self, cell):
        first = self.columns[cell.tags]
        return np.array(
            [first + n for n, (known, days) in enumerate(self.atoms) if self._holds(cell, known, days)], np.int32
        )

    def _build(self):
        self.solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_max_nodes", 5000), ("simplex_strategy", 4)):
            self.solver.setOptionValue(option, value)
        size, count = len(self.columns) * len(self.atoms), len(self.atoms)
        self.size = size
        self.solver.addVars(size, np.zeros(size), np.full(size, 10_000.0))
        for tags, first in self.columns.items():
            if tags:  # who has this too is one of those who have the rest
                outer = self.columns[tags[:-1]]
                for n in range(count):
                    self.solver.addRow(
                        0.0, highspy.kHighsInf, 2, np.array([outer + n, first + n], np.int32), np.array([1.0, -1.0])
                    )
        for whole, rows in self.group.wholes:
            if whole.tags in self.columns:  # nobody of the whole is outside its rows
                inside = {int(one) for row in rows for one in self._line(row)}
                outside = np.array([one for one in self._line(whole) if one not in inside], np.int32)
                zeros = np.zeros(len(outside))
                self.solver.changeColsBounds(len(outside), outside, zeros, zeros)
        self.lines = []
        for cell in self.group.cells:
            line = self._line(cell)
            low, high = (cell.least, highspy.kHighsInf) if cell.shown == HIDDEN else (cell.shown, cell.shown)
            if len(line):
                self.solver.addRow(low, high, len(line), line, np.ones(len(line)))
                self.lines.append((self.solver.getNumRow() - 1, cell))

    def forget(self, numbers):
        """Forget every number, or know them again: what is then still derived, the rows' being there tells."""
        for row, cell in self.lines:
            known = cell.shown != HIDDEN and not numbers
            low, high = (cell.shown, cell.shown) if known else (min(cell.least, 1), highspy.kHighsInf)
            self.solver.changeRowBounds(row, float(low), float(high))

    def end(self, cell, sign):
        """The least (1) or greatest (-1) that a count can be."""
        costs = np.zeros(self.size)
        costs[self._line(cell)] = sign
        self.solver.changeColsCost(self.size, np.arange(self.size, dtype=np.int32), costs)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, f"{cell.label}: contradiction"
        found = np.array(self.solver.getSolution().col_value)
        if np.abs(found - np.round(found)).max() > 1e-6:
            whole = np.full(self.size, highspy.HighsVarType.kInteger)
            self.solver.changeColsIntegrality(self.size, np.arange(self.size, dtype=np.int32), whole)
            self.solver.run()
            found = np.array(self.solver.getSolution().col_value)
            whole[:] = highspy.HighsVarType.kContinuous
            self.solver.changeColsIntegrality(self.size, np.arange(self.size, dtype=np.int32), whole)
        return round(float(costs @ found)) * sign


def shown_small(publication, threshold=5):
    """Counts under the threshold that are simply there, or that a share gives away."""
    found = []
    for answer in publication:
        name = answer["cijfer"]
        if name not in KNOWN and name != "aanbod_gekregen":
            continue
        for row in answer["rijen"]:
            values = [row[one] for one in ("aantal", "teller", "noemer", "n", "in_risico") if _number(row.get(one))]
            if _number(row.get("teller")) and _number(row.get("noemer")):
                values.append(row["noemer"] - row["teller"])
                if row["noemer"] < 2 * threshold and row["noemer"] and row["teller"] in (0, row["noemer"]):
                    found.append((name, row, "nobody or everybody of a small group"))
            if any(0 < value < threshold for value in values):
                found.append((name, row, "small"))
            shares = () if name == "tevredenheid" else ("waarde", "laag", "hoog")
            if row.get("teller") == HIDDEN and any(_number(row.get(one)) for one in shares):
                found.append((name, row, "share of a hidden numerator"))
            spread = row.get("verdeling")
            if isinstance(spread, list) and any(0 < value < threshold for value in spread):
                found.append((name, row, "small mark"))
    return found


def _number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def audit(publication, threshold=5, limit=40_000):
    """What can be derived: (label, least, greatest) of each hidden count that is pinned, or surely small."""
    found = []
    for group in collect(publication).values():
        hidden = [cell for cell in group.cells if cell.shown == HIDDEN]
        if not hidden:
            continue
        puzzle = Puzzle(group)
        if puzzle.size > limit:
            raise OverflowError(puzzle.size)
        done = set()
        for cell in hidden:
            key = puzzle._line(cell).tobytes()
            if key in done:
                continue
            done.add(key)
            low, high = puzzle.end(cell, 1), puzzle.end(cell, -1)
            # 1 to 4 is what "hidden" itself may say; less room than that is too much
            if low == high or (high < threshold and (low > 1 or high < threshold - 1)):
                puzzle.forget(numbers=True)
                form = puzzle.end(cell, 1), puzzle.end(cell, -1)
                puzzle.forget(numbers=False)
                if form != (low, high):
                    found.append((cell.label, low, high))
    return found
