"""Many people at once: an own client against a real server, bounded in time, with or without something going wrong.

    python -m tests.benchmarks.belasting                              # 50 users, 5 minutes, demo size, on this machine
    python -m tests.benchmarks.belasting --seconden 30 --publiceer 10 # a new momentopname every ten seconds meanwhile
    python -m tests.benchmarks.belasting --adres http://127.0.0.1:8050

A user looks at a page as the browser asks for it (the callback of Dash), thinks for a while, changes a filter or goes
to another page, and now and then takes a file along. Every answer counts: another status than 200, a body that is cut
off or a refused connection is an error. The client is a process of its own, but shares the cores with the server.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
FILTERS = (
    "", "", "", "?gemeente=0397", "?gemeente=0392", "?doelgroep=asielstatushouder", "?leerroute=B1", "?cohort=2023",
    "?gemeente=0397&doelgroep=gezinsmigrant", "?peildatum=2024-06-30",
)  # fmt: skip
FILES = ("/bestand/pip_op_tijd.csv", "/bestand/instroom.xlsx", "/kwartaal/", "/klaar")


@dataclass
class Seen:
    """What all users saw together."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float, fault: str | None) -> None:
        with self.lock:
            self.times[kind].append(seconds)
            if fault:
                self.errors.append(fault)

    def told(self, seconds: float) -> dict[str, Any]:
        every = sorted(one for values in self.times.values() for one in values)
        return {
            "verzoeken": len(every), "per_seconde": round(len(every) / seconds, 1), "fouten": len(self.errors),
            "voorbeelden": sorted(set(self.errors))[:5], **_quantiles(every),
            "soorten": {
                kind: {"n": len(values), **_quantiles(sorted(values))} for kind, values in sorted(self.times.items())
            },
        }  # fmt: skip


def _quantiles(values: list[float]) -> dict[str, int]:
    def at(part: float) -> int:
        return round(1000 * values[min(int(part * len(values)), len(values) - 1)]) if values else 0

    return {"p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_ms": at(1.0)}


class User:
    """One person with a browser: a connection that stays open, and cookies."""

    def __init__(self, address: str, seen: Seen) -> None:
        split = urlsplit(address)
        self.host, self.port, self.seen = split.hostname or "127.0.0.1", split.port or 80, seen
        self.connection: http.client.HTTPConnection | None = None
        self.cookies: dict[str, str] = {}
        self.headers = http.client.HTTPMessage()

    def ask(self, kind: str, method: str, path: str, body: Any = None) -> bytes:
        """One request; what is wrong is counted and gives nothing."""
        begun, fault, content = time.perf_counter(), None, b""
        try:
            for attempt in (1, 2):
                fresh = self.connection is None
                try:
                    status, content = self._send(method, path, body)
                    break
                except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                    self.connection = None
                    if fresh or attempt == 2:  # only a connection that lay idle may be gone, as browsers know too
                        raise
            if status not in (200, 204):
                fault = f"{status} {path.partition('?')[0]}"
        except (OSError, http.client.HTTPException) as wrong:
            self.connection = None
            fault = f"{type(wrong).__name__} {path.partition('?')[0]}"
        self.seen.add(kind, time.perf_counter() - begun, fault)
        return b"" if fault else content

    def _send(self, method: str, path: str, body: Any) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=180)
        headers = {
            "Origin": f"http://{self.host}:{self.port}", "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }  # fmt: skip
        text = None if body is None else json.dumps(body)
        if text is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, text, headers)
        answer = self.connection.getresponse()
        self.headers = answer.headers
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read()


class Browser:
    """What the browser knows after opening the first page: which callback draws a page, and what it wants to know."""

    def __init__(self, user: User) -> None:
        self.user = user
        user.ask("begin", "GET", "/")
        self.layout = json.loads(user.ask("begin", "GET", "/_dash-layout"))
        callbacks = json.loads(user.ask("begin", "GET", "/_dash-dependencies"))
        [self.draw] = [
            one for one in callbacks if "inhoud-blok.children" in one["output"] and not one.get("clientside_function")
        ]
        self.components: list[dict[str, Any]] = []
        self._collect(self.layout)
        ids = [one["id"] for one in self.components if isinstance(one["id"], dict)]
        self.pages = ["/", *(one["pad"] for one in ids if one.get("type") == "menu")]  # the first page twice as often

    def _collect(self, part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("props"), dict) and "id" in part["props"]:
                self.components.append(part["props"])
            for one in part.values():
                self._collect(one)
        elif isinstance(part, list):
            for one in part:
                self._collect(one)

    def body(self, path: str, search: str) -> dict[str, Any]:
        """The request that draws a page."""
        told = {"pathname": path, "search": search, "href": f"http://127.0.0.1{path}{search}", "hash": ""}
        outputs = [self._outputs(one) for one in self.draw["output"].strip(".").split("...")]
        return {
            "output": self.draw["output"], "outputs": outputs,
            "inputs": [self._value(one, told) for one in self.draw["inputs"]],
            "state": [self._value(one, told) for one in self.draw["state"]],
            "changedPropIds": ["adres.pathname"],
        }  # fmt: skip

    def _matching(self, id: str) -> list[dict[str, Any]] | None:
        if not id.startswith("{"):
            return None
        wanted = json.loads(id)
        fixed = {name: value for name, value in wanted.items() if not isinstance(value, list)}
        return [
            one for one in self.components
            if isinstance(one["id"], dict) and set(one["id"]) == set(wanted) and fixed.items() <= one["id"].items()
        ]  # fmt: skip

    def _value(self, one: dict[str, str], told: dict[str, str]) -> Any:
        found = self._matching(one["id"])
        if found is None:
            here = next((part for part in self.components if part["id"] == one["id"]), {})
            value = (
                told.get(one["property"], here.get(one["property"]))
                if one["id"] == "adres"
                else here.get(one["property"])
            )
            return {**one, "value": value}
        return [{"id": part["id"], "property": one["property"], "value": part.get(one["property"])} for part in found]

    def _outputs(self, text: str) -> Any:
        id, _, name = text.rpartition(".")
        found = self._matching(id)
        if found is None:
            return {"id": id, "property": name}
        return [{"id": part["id"], "property": name} for part in found]


def use(address: str, seen: Seen, until: float, think: float, seed: int) -> None:
    """One user until the time is over."""
    chance, user = random.Random(seed), User(address, seen)
    time.sleep(chance.random() * think)  # nobody comes at the same moment
    try:
        browser = Browser(user)
    except (ValueError, KeyError) as fault:
        seen.add("begin", 0.0, f"{type(fault).__name__} while opening")
        return
    while time.monotonic() < until:
        if chance.random() < 0.1:
            user.ask("bestand", "GET", chance.choice(FILES))
        else:
            body = browser.body(chance.choice(browser.pages), chance.choice(FILTERS))
            if (
                b'"response"' not in (content := user.ask("pagina", "POST", "/_dash-update-component", body))
                and content
            ):
                seen.add("pagina", 0.0, "an answer without a page")
        time.sleep(min(chance.expovariate(1 / think), 5 * think) if think else 0)


def run(address: str, users: int, seconds: float, think: float) -> dict[str, Any]:
    """All users together; what they saw."""
    seen, begun = Seen(), time.monotonic()
    threads = [
        threading.Thread(target=use, args=(address, seen, begun + seconds, think, seed)) for seed in range(users)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return seen.told(time.monotonic() - begun)


class Site:
    """A server of our own, in a process of its own, on a work folder of our own."""

    def __init__(self, folder: Path, people: int) -> None:
        self.folder, self.people = folder, people
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = (folder / "log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str, **more: Any) -> subprocess.Popen[bytes]:
        """One of our commands, on this work folder."""
        environment = {
            **os.environ, "INBURGERING_WERKMAP": str(self.folder / "werk"),
            "INBURGERING_CONFIGMAP": str(self.folder / "configuratie"), "INBURGERING_LOG_VORM": "json",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-m", "dashboard", *words], env=environment, stdout=self.log, stderr=self.log, **more
        )

    def fill(self) -> None:
        """Example deliveries in two forms that differ in one file, so that loading them in turn gives a new one."""
        first, second = self.folder / "een", self.folder / "twee"
        assert self.command("voorbeeld", str(first), "--personen", str(self.people)).wait() == 0
        shutil.copytree(first, second)
        changed = second / "gesprekken_2025-2.csv"
        lines = changed.read_text(encoding="utf-8").splitlines(keepends=True)
        changed.write_text("".join(lines[:-1]), encoding="utf-8")
        self.load(first)

    def load(self, folder: Path) -> None:
        """Load and publish."""
        assert self.command("laad", str(folder), "--zonder-gemerkt").wait() == 0

    def start(self) -> None:
        """Start the server; gives when it is ready."""
        self.process = self.command("dashboard", "--poort", str(self.port))
        for _ in range(600):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/klaar")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError("the server does not start")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop the server; gives its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=180)

    def faults(self) -> list[str]:
        """What the server's log says of its own faults: kind and place."""
        lines = (self.folder / "log").read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines if line.startswith('{"moment"')]
        return sorted({f"{one.get('fout')} {one.get('plaats')}" for one in found if one["niveau"] == "fout"})

    def publish_until(self, stop: threading.Event, every: float, found: list[str]) -> None:
        """Publish a new momentopname again and again."""
        turn = 0
        while not stop.wait(every):
            turn += 1
            self.load(self.folder / ("een", "twee")[turn % 2])
            found.append((self.folder / "werk" / "huidig").read_text().strip())


def main() -> int:
    """Run it and print what was seen, as JSON; code 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gebruikers", type=int, default=50)
    parser.add_argument("--seconden", type=float, default=300)
    parser.add_argument("--denktijd", type=float, default=3.0, help="mean seconds between two pages of one user")
    parser.add_argument("--personen", type=int, default=2000)
    parser.add_argument("--publiceer", type=float, default=0, help="every so many seconds a new momentopname")
    parser.add_argument("--grens", type=int, default=300, help="p95 in ms above which it ends with code 1")
    parser.add_argument("--adres", help="a server that runs already")
    chosen = parser.parse_args()
    if chosen.adres:
        found = run(chosen.adres, chosen.gebruikers, chosen.seconden, chosen.denktijd)
        print(json.dumps(found, indent=1))
        return 1 if found["fouten"] or found["p95_ms"] >= chosen.grens else 0
    with tempfile.TemporaryDirectory(prefix="belasting-") as name:
        site = Site(Path(name), chosen.personen)
        site.fill()
        site.start()
        stop, published = threading.Event(), []
        publisher = threading.Thread(target=site.publish_until, args=(stop, chosen.publiceer, published))
        if chosen.publiceer:
            publisher.start()
        try:
            found = run(site.address, chosen.gebruikers, chosen.seconden, chosen.denktijd)
        finally:
            stop.set()
            if chosen.publiceer:
                publisher.join()
            found_code = site.stop()
        found |= {"gepubliceerd": len(published), "einde": found_code, "log": site.faults()}
        print(json.dumps(found, indent=1))
    return 1 if found["fouten"] or found["p95_ms"] >= chosen.grens or found_code else 0


if __name__ == "__main__":
    sys.exit(main())
