"""One queue of long work beside the web server: one worker, progress, cancelling, and results that are kept a while.

One at a time, so that ten people who ask for a report do not make the pages slow for everybody. A job works for who
asked for it, and only they see it.
"""

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dashboard import access
from dashboard.operation import logs
from dashboard.texts import mark
from data.fouten import Gebruiksfout

WAITING, BUSY, DONE, FAILED, STOPPED = (
    mark("wacht"), mark("bezig"), mark("klaar"), mark("mislukt"), mark("gestopt"),
)  # fmt: skip
MOST_WAITING = 8
MOST_EACH = 2  # jobs that one person may have going
KEPT = 3600.0  # seconds that a result is kept
MOST_KEPT = 20
Progress = Callable[[str, float], None]


class _Cancelled(Exception):
    """Somebody asked to stop."""


@dataclass
class Job:
    """One piece of work: its state, how far it is, and its result or what to tell."""

    id: str
    title: str
    person: access.Person
    work: Callable[[Progress], Any] = field(repr=False)
    state: str = WAITING
    step: str = mark("Wachten op een ander verslag")
    part: float = 0.0
    result: Any = field(default=None, repr=False)
    messages: list[str] = field(default_factory=list)
    stop: bool = False
    ended: float = 0.0

    @property
    def over(self) -> bool:
        """Whether nothing will happen any more."""
        return self.state in (DONE, FAILED, STOPPED)


class Queue:
    """The jobs of one server."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._known: dict[str, Job] = {}
        self._worker: threading.Thread | None = None

    def add(self, title: str, work: Callable[[Progress], Any]) -> Job:
        """Put work in the queue for who asks now. Raises Gebruiksfout when too much is waiting."""
        person = access.current()
        with self._lock:
            self._forget()
            mine = [one for one in self._known.values() if one.person.sleutel == person.sleutel and not one.over]
            if len(self._waiting) >= MOST_WAITING or len(mine) >= MOST_EACH:
                raise Gebruiksfout(
                    mark("Er wordt al aan andere verslagen gewerkt. Wacht tot die klaar zijn, of stop er een.")
                )
            job = Job(secrets.token_urlsafe(12), title, person, work)
            self._known[job.id] = job
            self._waiting.append(job)
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._run, name="verslagen", daemon=True)
                self._worker.start()
            self._lock.notify()
        return job

    def get(self, id: str) -> Job | None:
        """A job of who asks now; None when it is not theirs or is gone."""
        with self._lock:
            self._forget()
            job = self._known.get(id)
        return job if job is not None and job.person.sleutel == access.current().sleutel else None

    def mine(self) -> list[Job]:
        """The jobs of who asks now, the newest first."""
        with self._lock:
            self._forget()
            return [one for one in reversed(self._known.values()) if one.person.sleutel == access.current().sleutel]

    def cancel(self, id: str) -> None:
        """Stop a job of who asks now: at once when it waits, else at its next step."""
        job = self.get(id)
        if job is None or job.over:
            return
        with self._lock:
            job.stop = True
            if job in self._waiting:
                self._waiting.remove(job)
                self._end(job, STOPPED)

    def _run(self) -> None:
        while True:
            with self._lock:
                while not self._waiting:
                    if not self._lock.wait(timeout=60):
                        self._worker = None
                        return
                job = self._waiting.popleft()
                job.state = BUSY
            self._do(job)

    def _do(self, job: Job) -> None:
        def show(step: str, part: float) -> None:
            if job.stop:
                raise _Cancelled
            job.step, job.part = step, part

        try:
            with access.acting(job.person):
                result = job.work(show)
            with self._lock:
                job.result = result
                self._end(job, STOPPED if job.stop else DONE)
        except _Cancelled:
            self._end(job, STOPPED)
        except (Gebruiksfout, access.Geweigerd) as fault:
            job.messages = fault.meldingen if isinstance(fault, Gebruiksfout) else [fault.melding]
            self._end(job, FAILED)
        except Exception as fault:
            logs.tell("Een verslag is niet gelukt.", "fout", soort=type(fault).__name__)
            job.messages = [
                mark("Er ging iets mis in het programma zelf. Probeer het opnieuw, of meld dit aan de beheerder.")
            ]
            self._end(job, FAILED)

    @staticmethod
    def _end(job: Job, state: str) -> None:
        job.part, job.ended, job.state = 1.0, time.monotonic(), state
        if state != DONE:
            job.result = None

    def _forget(self) -> None:
        """Drop results past their time, and the oldest ones beyond what is kept."""
        over = [one for one in self._known.values() if one.over]
        late = [one for one in over if time.monotonic() - one.ended > KEPT]
        for one in {id(one): one for one in (*late, *over[: max(0, len(over) - MOST_KEPT)])}.values():
            del self._known[one.id]
