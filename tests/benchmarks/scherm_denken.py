"""Ten people who look a moment before they change something: a client without a browser, in a process of its own.

    python -m tests.benchmarks.scherm_denken http://127.0.0.1:8050 nieuw --seconden 60

Everybody waits one to three seconds, changes the filters or goes to another page, and waits for the answer. `nieuw`:
no view is asked twice by anybody; `eerder`: all views were asked once before. Prints per page [seconds here,
milliseconds at the server, and milliseconds of processor of the thread that answered (its own Server-Timing)].
"""

import argparse
import itertools
import json
import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.belasting import Browser, Seen, User

PAGES = {
    "Vandaag": ("/",), "Instroom": ("/instroom",), "De reis": ("/de-reis",), "Resultaat": ("/resultaat",),
    "Geld": ("/geld",), "Een cijfer": ("/cijfer/pip_op_tijd", "/cijfer/instroom", "/cijfer/routewissel",
                                       "/cijfer/examen_eerste_poging", "/cijfer/leerroute_afgerond_binnen"),
}  # fmt: skip
OFTEN = {"Vandaag": 3, "Instroom": 2, "De reis": 1, "Resultaat": 1, "Geld": 1, "Een cijfer": 2}
CHOICES = {
    "gemeente": ("0375", "0377", "0392", "0396", "0397", "0453", "0473", "0397,0377"),
    "doelgroep": ("asielstatushouder", "nareiziger", "gezinsmigrant", "asielstatushouder,nareiziger"),
    "leerroute": ("B1", "onderwijs", "Z"),
    "cohort": ("2022", "2023", "2024", "2025"),
    "periode": ("2022-01-01/2022-12-31", "2023-01-01/2023-12-31", "2024-01-01/2024-12-31", "2024-07-01/2025-06-30"),
}
THINK = (1.0, 3.0)
KNOWN = 12  # views that were asked before


def searches(seed: int = 7) -> list[str]:
    """Views of one to three choices, each once, in a fixed random order: those of one choice are among the first."""
    found = []
    for many in (1, 2, 3):
        for names in itertools.combinations(CHOICES, many):
            every = itertools.product(*(CHOICES[one] for one in names))
            found += [dict(zip(names, values, strict=True)) for values in every]
    weight = random.Random(seed)
    found.sort(key=lambda one: weight.random() * len(one) ** 2)
    return ["?" + "&".join(_written(name, value) for name, value in one.items()) for one in found]


def _written(name: str, value: str) -> str:
    if name != "periode":
        return f"{name}={value}"
    first, last = value.split("/")
    return f"van={first}&tot={last}"


class Timed(User):
    """As a person with a browser, who also reads how long the server itself took."""

    server: tuple[float, float] = (0.0, 0.0)

    def _send(self, method: str, path: str, body: Any) -> tuple[int, bytes]:
        status, content = super()._send(method, path, body)
        told = dict(re.findall(r"(\w+);dur=([\d.]+)", self.headers.get("Server-Timing", "")))
        self.server = float(told.get("app", "nan")), float(told.get("cpu", "nan"))
        return status, content


def turns(kind: str, seed: int) -> Iterator[tuple[str, str, str]]:
    """(name of the page, its address, its view) for ever; of a page no view comes twice when everything is new."""
    dice = random.Random(seed)
    every = searches()
    names = [name for name, often in OFTEN.items() for _ in range(often)]
    places = {path: iter(every) for many in PAGES.values() for path in many}
    while True:
        name = dice.choice(names)
        path = dice.choice(PAGES[name])
        yield name, path, next(places[path]) if kind == "nieuw" else dice.choice(every[:KNOWN])


def work(address: str, kind: str, users: int, seconds: float, think: tuple[float, float]) -> dict[str, Any]:
    """All users together, until the time is over."""
    seen, lock = Seen(), threading.Lock()
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in PAGES}
    plan = turns(kind, 1)
    if kind == "eerder":
        first = Browser(Timed(address, seen))
        for path, search in itertools.product([one for many in PAGES.values() for one in many], searches()[:KNOWN]):
            first.user.ask("vooraf", "POST", "/_dash-update-component", first.body(path, search))
    until = time.monotonic() + seconds

    def user(number: int) -> None:
        dice = random.Random(number)
        browser = Browser(Timed(address, seen))
        time.sleep(dice.random() * think[1])
        while time.monotonic() < until:
            with lock:
                name, path, search = next(plan)
            body, begun = browser.body(path, search), time.perf_counter()
            content = browser.user.ask(name, "POST", "/_dash-update-component", body)
            with lock:
                found[name].append((time.perf_counter() - begun, *browser.user.server))
                if b'"response"' not in content or b"Er ging iets mis" in content:
                    seen.errors.append(f"{path}{search}")
            time.sleep(dice.uniform(*think))

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return {"tijden": found, "fouten": seen.errors}


def main() -> int:
    """Work, and print what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adres")
    parser.add_argument("soort", choices=("nieuw", "eerder"))
    parser.add_argument("--gebruikers", type=int, default=10)
    parser.add_argument("--seconden", type=float, default=60)
    parser.add_argument("--denktijd", type=float, nargs=2, default=THINK, help="seconds: from, to")
    chosen = parser.parse_args()
    found = work(chosen.adres, chosen.soort, chosen.gebruikers, chosen.seconden, tuple(chosen.denktijd))
    print(json.dumps(found))
    return 1 if found["fouten"] else 0


if __name__ == "__main__":
    sys.exit(main())
