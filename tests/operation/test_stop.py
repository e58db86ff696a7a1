"""SIGTERM to a real server in its own process: who is being answered gets the whole answer, nobody new comes in."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

_PROGRAM = """
import sys, time
from waitress.server import create_server
from dashboard.operation.stop import serve_until_stopped
def app(environ, start):
    slow = environ["PATH_INFO"] == "/traag"
    if slow: time.sleep(float(sys.argv[2]))
    body = b"x" * 3_000_000 if slow else b"kort"
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]
server = create_server(app, host="127.0.0.1", port=int(sys.argv[1]), threads=2)
print("klaar", flush=True)
serve_until_stopped(server, int(sys.argv[3]))
print("gestopt", flush=True)
"""


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start(seconds: float, patience: int) -> tuple[subprocess.Popen[str], str]:
    port = _free()
    words = [sys.executable, "-c", _PROGRAM, str(port), str(seconds), str(patience)]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout and running.stdout.readline() == "klaar\n"
    return running, f"http://127.0.0.1:{port}"


def _ask(address: str, found: list[object]) -> threading.Thread:
    def run() -> None:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                found.append(len(answer.read()))
        except OSError as fault:
            found.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_what_is_running_and_what_waits_is_finished():
    running, address = _start(1.0, 30)
    found: list[object] = []
    threads = [_ask(f"{address}/traag", found) for _ in range(4)]  # two are answered, two wait for a thread
    time.sleep(0.4)
    running.send_signal(signal.SIGTERM)
    time.sleep(0.4)
    refused: list[object] = []
    _ask(address, refused).join()
    for thread in threads:
        thread.join()
    out, _ = running.communicate(timeout=30)
    assert found == [3_000_000] * 4
    assert isinstance(refused[0], OSError)
    assert (out, running.returncode) == ("gestopt\n", 0)


@pytest.mark.parametrize("again", [False, True])
def test_who_takes_too_long_does_not_hold_it_up(again):
    """After the time set for it, or at once when it is asked again."""
    running, address = _start(20.0, 60 if again else 1)
    found: list[object] = []
    thread = _ask(f"{address}/traag", found)
    time.sleep(0.3)
    begun = time.monotonic()
    running.send_signal(signal.SIGINT)
    if again:
        time.sleep(0.4)
        running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=15)
    assert out == "gestopt\n" and time.monotonic() - begun < 8
    assert "Gestopt terwijl nog verzoeken liepen" in err
    thread.join()


def test_the_dashboard_itself_stops_with_code_0_and_leaves_no_upload(tmp_path):
    port, temporary = _free(), tmp_path / "tijdelijk"
    temporary.mkdir()
    words = [sys.executable, "-m", "dashboard", "dashboard", "--poort", str(port), "--werkmap", str(tmp_path / "werk")]
    environment = {**os.environ, "TMPDIR": str(temporary), "INBURGERING_LOG_VORM": "json"}
    running = subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert running.stderr
    for line in running.stderr:
        if "Dashboard: http" in line:
            break
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezond", timeout=20) as answer:
        assert answer.status == 200
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 0 and "alle verzoeken zijn beantwoord" in err
    assert list(temporary.iterdir()) == []
