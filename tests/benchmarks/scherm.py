"""How fast the screen is: `.venv/bin/python -m tests.benchmarks.scherm [--personen 100000] [--naast MAP] [--schrijf]`.

A filter change with ten users who look a moment before their next one (seconds at the server, and at the client in
another process); the same without a pause, which says how much the machine can do and not how long people wait; and the
first page in Chromium, from asking until its heading and charts are there, with the bytes that it takes. With `--naast`
the same page (Instroom) is built in Streamlit and in Vizro too, in an environment of its own in MAP, and all are
measured in one run: only the ratios count. The messages that are repeated to the servers are those that a real browser
sent.
"""

import argparse
import base64
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

import contracts
import etl
from data import voorbeeld
from tests.benchmarks import leveringen
from tests.benchmarks.laden import TERMS

USERS = 10
PORT = 8147
CHANGES, LOOKS = 12, 5  # of every user, and of every page, unless said otherwise
LIMIT_SERVER, LIMIT_FIRST = 0.100, 2.0  # seconds: p95 of a filter change, and the first page
DEMO = 300
SECONDS = 60.0  # that ten people work, with views that are new, and with views that were asked before
ROOT = Path(__file__).parents[2]
BESIDE = Path(__file__).parent / "scherm_naast"
PACKAGES = ("streamlit", "vizro", "duckdb", "waitress", "websockets")
PLACES = ("0375", "0377", "0392", "0396", "0397", "0453", "0473")
READY = """charts => document.querySelector('h1, h2')
  && document.querySelectorAll('.js-plotly-plot .main-svg').length >= charts"""
Post = tuple[str, bytes]


def fill(folder: Path, persons: int) -> etl.Snapshot:
    """A work folder with so many people; kept when it is there already."""
    store = etl.Store(folder / "werk")
    os.environ["INBURGERING_CONFIGMAP"] = str(folder / "configuratie")
    if store.current() is None:
        demo = persons <= DEMO
        if demo:
            voorbeeld.write(folder / "leveringen", personen=persons)
        else:
            leveringen.write(folder / "leveringen", persons)
        etl.load([folder / "leveringen"], store=store, contracts=contracts.read_agreements().terms() if demo else TERMS)
    snapshot = store.current()
    assert snapshot is not None
    return snapshot


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[tuple[str, int]]:
    """(address, process) of a server, from when it answers until it is no longer needed."""
    address = f"http://127.0.0.1:{port}"
    with (folder / f"{port}.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(address, timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield address, process.pid
        finally:
            process.terminate()


def processor(process: int) -> float:
    """The seconds of processor that a process used so far: a busy machine makes a clock slower, not this."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def looked(
    browser: Browser, address: str, charts: int, looks: int
) -> tuple[list[float], list[Post], list[bytes], list[float]]:
    """(seconds until usable, per look in a new session; what was posted; what was sent over a socket; the bytes that
    came over the line)."""
    times: list[float] = []
    came: list[float] = []
    posts: list[Post] = []
    sent: list[bytes] = []
    for _ in range(looks):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        came.append(0)
        line.on("Network.loadingFinished", lambda one: _add(came, one["encodedDataLength"]))
        posts.clear()
        sent.clear()
        page.on("request", lambda one: posts.append((one.url, one.post_data_buffer or b"")) if _update(one.url) else 0)
        page.on("websocket", lambda one: one.on("framesent", lambda frame: sent.append(_bytes(frame))))
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_function(READY, arg=charts, timeout=120_000)
        times.append(time.perf_counter() - began)
        context.close()
    return times, list(posts), list(sent), came


def _add(came: list[float], more: float) -> None:
    came[-1] += more


def changed(
    browser: Browser, address: str, change: Callable[[Any], None], charts: int
) -> tuple[list[Post], list[bytes]]:
    """What a browser sends when the filter is changed to 0392."""
    posts: list[Post] = []
    sent: list[bytes] = []
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.on("websocket", lambda one: one.on("framesent", lambda frame: sent.append(_bytes(frame))))
    page.goto(address)
    page.wait_for_function(READY, arg=charts, timeout=120_000)
    page.wait_for_timeout(1500)
    sent.clear()
    page.on("request", lambda one: posts.append((one.url, one.post_data_buffer or b"")) if _update(one.url) else 0)
    change(page)
    page.wait_for_timeout(3000)
    page.close()
    return [one for one in posts if b"0392" in one[1]], [one for one in sent if b"0392" in one]


def _update(url: str) -> bool:
    return "_dash-update-component" in url


def _bytes(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()


def settled(process: int) -> None:
    """Wait until a server has nothing to do: what it works out beforehand is done."""
    quiet, before = 0, processor(process)
    while quiet < 4:
        time.sleep(0.5)
        now = processor(process)
        quiet, before = (quiet + 1 if now - before < 0.02 else 0), now


def thinking(address: str, process: int, kind: str, seconds: float) -> dict[str, list[float]]:
    """Per page the seconds at the client and at the server, and the seconds of processor per request."""
    command = [sys.executable, "-m", "tests.benchmarks.scherm_denken", address, kind, "--gebruikers", str(USERS)]
    used = processor(process)
    done = subprocess.run([*command, "--seconden", str(seconds)], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    pages = {name: times for name, times in json.loads(done.stdout)["tijden"].items() if times}
    pages["alles samen"] = [one for times in pages.values() for one in times]
    found = {f"denken {kind} {name} klant": [one[0] for one in times] for name, times in pages.items()}
    found |= {f"denken {kind} {name} server": [one[1] / 1000 for one in times] for name, times in pages.items()}
    found |= {f"denken {kind} {name} draad": [one[2] / 1000 for one in times] for name, times in pages.items()}
    spent = (processor(process) - used) / len(pages["alles samen"])
    return found | {f"denken {kind} alles samen processor": [spent]}


def at_once(url: str, bodies: list[list[bytes]]) -> list[float]:
    """The seconds of every change; each user asks the next as soon as the one before is answered."""
    ready = threading.Barrier(len(bodies))

    def user(mine: list[bytes]) -> list[float]:
        found = []
        ready.wait()
        for body in mine:
            request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
            began = time.perf_counter()
            with urllib.request.urlopen(request, timeout=600) as answer:
                answer.read()
            found.append(time.perf_counter() - began)
        return found

    with ThreadPoolExecutor(len(bodies)) as pool:
        return [one for part in pool.map(user, bodies) for one in part]


def views(changes: int) -> list[list[str]]:
    """For each user other views, none of which was asked before."""
    groups = ("asielstatushouder", "nareiziger", "gezinsmigrant", "overige%20migrant")
    every = [
        f"?cohort={year}&doelgroep={group}&gemeente={place}&leerroute={route}"
        for place, route, year, group in itertools.product(PLACES, ("B1", "onderwijs", "Z"), range(2022, 2026), groups)
    ]
    step = len(every) // (USERS * changes)
    chosen = every[:: max(1, step)][: USERS * changes]
    return [chosen[number::USERS] for number in range(USERS)]


def same_for_all(changes: int) -> list[list[bytes]]:
    """What every server gets: each user goes along the municipalities, beginning at another one."""
    return [[PLACES[(user + turn) % len(PLACES)].encode() for turn in range(changes)] for user in range(USERS)]


def ours(
    browser: Browser, work: Path, folder: Path, changes: int, looks: int, seconds: float, port: int
) -> dict[str, list[float]]:
    """Our own screen: people who look a moment, the first page, Instroom, and changes of the filter on both."""
    command = [sys.executable, "-m", "dashboard", "dashboard", "--poort", str(port), "--werkmap", str(work)]
    found: dict[str, list[float]] = {}
    with running(command, port, folder) as (address, process):
        settled(process)
        for kind in ("nieuw", "eerder") if seconds else ():
            found |= thinking(address, process, kind, seconds)
            settled(process)
        for name, path, charts in (("Vandaag", "/", 0), ("Instroom", "/instroom", 4)):
            found[f"eerste {name}"], posts, _, found[f"bytes {name}"] = looked(
                browser, address + path + "?gemeente=0392", charts, looks
            )
            url, body = next(one for one in posts if b'"..inhoud-blok.children' in one[1])
            bodies = [[body.replace(b"?gemeente=0392", view.encode()) for view in mine] for mine in views(changes)]
            used = processor(process)
            found[f"nieuw {name}"] = at_once(url, bodies)
            found[f"processor nieuw {name}"] = [(processor(process) - used) / (USERS * changes)]
            same = [[body.replace(b"0392", place) for place in mine] for mine in same_for_all(changes)]
            at_once(url, same)  # once beforehand: now everything was asked before
            used = processor(process)
            found[f"filter {name}"] = at_once(url, same)
            found[f"processor filter {name}"] = [(processor(process) - used) / (USERS * changes)]
    return found


def environment(folder: Path) -> Path:
    """An environment with Streamlit and Vizro, made from PyPI when it is not there; never part of our own."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = subprocess.run([python, "-c", "import streamlit, vizro, websockets, waitress"], capture_output=True)
    if wanted.returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def beside(
    browser: Browser, python: Path, file: Path, folder: Path, changes: int, looks: int, port: int
) -> dict[str, list[float]]:
    """The same page in Streamlit and in Vizro."""
    found = {}
    flags = ["--server.headless", "true", "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    stream = [str(python), "-m", "streamlit", "run", str(BESIDE / "met_streamlit.py"), "--server.port", str(port + 1)]
    with running([*stream, *flags, "--", str(file)], port + 1, folder) as (address, process):
        found["eerste Streamlit"], _, sent, _ = looked(browser, address, 5, looks)

        def fill_in(page: Any) -> None:
            page.get_by_label("Gemeente").fill("0392")
            page.keyboard.press("Enter")

        _, frames = changed(browser, address, fill_in, 5)
        told = [base64.b64encode(one).decode() for one in (sent[0], frames[0])]
        socket = address.replace("http", "ws") + "/_stcore/stream"
        arguments = [socket, *told, ",".join(PLACES), str(USERS), str(changes)]
        used = processor(process)
        done = subprocess.run([python, BESIDE / "stroom.py", *arguments], check=True, capture_output=True, text=True)
        found["filter Streamlit"] = json.loads(done.stdout)
        found["processor filter Streamlit"] = [(processor(process) - used) / (USERS * changes)]
    command = [str(python), str(BESIDE / "met_vizro.py"), str(file), str(port + 2)]
    with running(command, port + 2, folder) as (address, process):
        found["eerste Vizro"], _, _, _ = looked(browser, address, 5, looks)

        def choose(page: Any) -> None:
            page.locator(".dash-dropdown").first.click()
            page.get_by_text("0392").first.click()

        posts, _ = changed(browser, address, choose, 5)
        url, body = posts[0]
        used = processor(process)
        found["filter Vizro"] = at_once(
            url, [[body.replace(b"0392", one) for one in mine] for mine in same_for_all(changes)]
        )
        found["processor filter Vizro"] = [(processor(process) - used) / (USERS * changes)]
    return found


def _p(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def _told_thinking(found: dict[str, list[float]]) -> list[str]:
    """Ten people who look a moment: per page, asked before or not."""
    lines = ["| tien mensen die 1 tot 3 s kijken | verzoeken | server p50 | p95 | p99 | klant p95 "]
    lines[-1] += "| processor p50 | p95 | gemiddeld, alle draden |"
    lines += ["|---|---|---|---|---|---|---|---|---|"]
    for kind, text in (("nieuw", "nooit eerder gevraagd"), ("eerder", "eerder gevraagd")):
        for key, times in found.items():
            if not key.startswith(f"denken {kind} ") or not key.endswith(" server"):
                continue
            name = key.removesuffix(" server")
            p50, p95, p99 = (1000 * _p(times, share) for share in (50, 95, 99))
            used = found.get(f"{name} processor")
            lines.append(
                f"| {name.removeprefix(f'denken {kind} ')}, {text} | {len(times)} | {p50:.0f} ms | {p95:.0f} ms | "
                f"{p99:.0f} ms | {1000 * _p(found[f'{name} klant'], 95):.0f} ms | "
                f"{1000 * _p(found[f'{name} draad'], 50):.0f} ms | {1000 * _p(found[f'{name} draad'], 95):.0f} ms | "
                f"{f'{1000 * used[0]:.0f} ms' if used else ''} |"
            )
    both = [found.get(f"denken {kind} alles samen server", []) for kind in ("nieuw", "eerder")]
    if all(both):
        p50, p95, p99 = (1000 * _p([*both[0], *both[1]], share) for share in (50, 95, 99))
        lines.append(
            f"| alles samen, ongeveer half nieuw en half eerder gevraagd | {sum(map(len, both))} | {p50:.0f} ms | "
            f"{p95:.0f} ms | {p99:.0f} ms | | | | |"
        )
    return [*lines, ""]


def report(persons: int, found: dict[str, list[float]]) -> list[str]:
    """The table in Dutch."""
    lines = [f"### {persons:,} personen".replace(",", "."), ""]
    lines += _told_thinking(found)
    lines += ["| tien tegelijk, zonder pauze | p50 | p95 | processortijd |", "|---|---|---|---|"]
    for page in ("Vandaag", "Instroom"):
        for kind, text in (("nieuw", "nooit eerder gevraagd"), ("filter", "eerder gevraagd")):
            name = f"{kind} {page}"
            spent = (_p(found[name], 50), _p(found[name], 95), found[f"processor {name}"][0])
            p50, p95, used = (1000 * one for one in spent)
            lines.append(
                f"| filterwissel {page}, tien tegelijk, {text} | {p50:.0f} ms | {p95:.0f} ms | {used:.0f} ms |"
            )
    lines += ["", "| eerste keer, Chromium | p50 | p95 | over de lijn | doel |", "|---|---|---|---|---|"]
    for page in ("Vandaag", "Instroom"):
        p50, p95 = _p(found[f"eerste {page}"], 50), _p(found[f"eerste {page}"], 95)
        size = f"{_p(found[f'bytes {page}'], 50) / 1e6:.2f} MB"
        lines.append(f"| {page} | {p50:.2f} s | {p95:.2f} s | {size} | p95 {LIMIT_FIRST:.0f} s |")
    if "filter Vizro" in found:
        lines += ["", "| dezelfde pagina | filterwissel p95 | processortijd | eerste keer p50 |", "|---|---|---|---|"]
        lines.append("| de monitor | 1 | 1 | 1 |")
        for name in ("Streamlit", "Vizro"):
            change = _p(found[f"filter {name}"], 95) / _p(found["filter Instroom"], 95)
            used = found[f"processor filter {name}"][0] / found["processor filter Instroom"][0]
            first = _p(found[f"eerste {name}"], 50) / _p(found["eerste Instroom"], 50)
            lines.append(f"| {name} | {change:.1f} × | {used:.1f} × | {first:.1f} × |")
    return lines


def main() -> int:
    """Measure and print; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description="Meet hoe snel het scherm is.")
    parser.add_argument("--personen", type=int, nargs="*", default=[DEMO, 100_000])
    parser.add_argument("--map", type=Path, help="bewaar hier de werkmappen")
    parser.add_argument("--wissels", type=int, default=CHANGES, help="zo vaak verandert elk van de tien zijn keuze")
    parser.add_argument("--keer", type=int, default=LOOKS, help="zo vaak wordt elke pagina nieuw geopend")
    parser.add_argument("--seconden", type=float, default=SECONDS, help="zo lang werken tien mensen; 0 slaat het over")
    parser.add_argument("--poort", type=int, default=PORT)
    parser.add_argument("--naast", type=Path, help="omgeving voor Streamlit en Vizro")
    given = parser.parse_args()
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    late = False
    with ExitStack() as stack:
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scherm-")))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        python = environment(given.naast) if given.naast else None
        for persons in given.personen:
            folder = (given.map or temporary) / str(persons)
            folder.mkdir(parents=True, exist_ok=True)
            snapshot = fill(folder, persons)
            found = ours(browser, folder / "werk", folder, given.wissels, given.keer, given.seconden, given.poort)
            if python is not None:
                found |= beside(browser, python, snapshot.path, folder, given.wissels, given.keer, given.poort)
            print("\n".join(report(persons, found)), end="\n\n")
            together = [name for name in found if name.endswith("alles samen server")]
            late |= any(_p(found[name], 95) > LIMIT_SERVER for name in together)
            late |= any(_p(found[f"eerste {page}"], 95) > LIMIT_FIRST for page in ("Vandaag", "Instroom"))
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
