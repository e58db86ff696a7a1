"""Working out what most people look at before they ask: at the start, and when there is a new momentopname."""

import gc
import threading
import time
from collections.abc import Callable, Iterable

import etl
from dashboard.operation import logs
from dashboard.operation.watch import Watch
from data.fouten import Gebruiksfout

Behind = tuple[Callable[[etl.Snapshot, Callable[[], object]], None], Callable[[etl.Snapshot], bool]]
_EVERY = 2.0
_PATIENCE = 30.0
_PAUSE, _LONGEST = 0.02, 5.0  # seconds: between two looks whether somebody is being answered, and in all
_ASKED = 0.5  # for what somebody asked before: until it is there, every page that needs it takes longer
_SWEEP = 3600.0  # seconds between two looks through all memory


class Warm:
    """A thread that takes the steps for each momentopname that becomes the current one, until it is stopped. It also
    does what others should not wait for: writing out what was asked, and looking for garbage in memory.

    `calm` tells whether nobody is being answered: they go first. `behind` is how it is told that something waits to be
    written out, and how one such thing is written (as `metrics.keep_behind` and `keep_asked`).
    """

    def __init__(
        self,
        watch: Watch,
        steps: Callable[[], Iterable[Callable[[], object]]],
        every: float = _EVERY,
        calm: Callable[[], bool] = lambda: True,
        behind: Behind | None = None,
    ) -> None:
        self._watch, self._steps, self._every, self._calm, self._behind = watch, steps, every, calm, behind
        self._stopped, self._woken = threading.Event(), threading.Event()
        self._swept = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="voorwerk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the step that is being taken; a thread still in the database would abort the program at its end."""
        self._stopped.set()
        self._woken.set()
        self._thread.join(_PATIENCE)

    def _let_go_first(self, longest: float = _LONGEST) -> None:
        """Wait while somebody is being answered; not for ever, for on a busy day nothing would be ready."""
        until = time.monotonic() + longest
        while not self._stopped.wait(_PAUSE) and not self._calm() and time.monotonic() < until:
            pass

    def _run(self) -> None:
        seen = None
        while not self._stopped.is_set():
            try:
                snapshot = self._watch.current()
                if snapshot is not None and snapshot.id != seen:
                    seen = snapshot.id
                    if self._behind is not None:
                        self._behind[0](snapshot, self._woken.set)
                    for step in self._steps():
                        self._let_go_first()
                        if self._stopped.is_set():
                            return
                        step()
                        self._write_asked(snapshot)
                    self._let_go_first()
                    self._sweep(everything=True)
                elif snapshot is not None:
                    self._write_asked(snapshot)
                if self._calm():
                    self._sweep(everything=time.monotonic() - self._swept > _SWEEP)
            except Gebruiksfout:
                pass  # a page tells it to who looks
            except Exception as fault:  # never a reason to stop: a page works it out when it is asked
                logs.tell("Vooraf rekenen is mislukt; pagina's rekenen zelf.", "waarschuwing", fault)
            self._woken.wait(self._every)
            self._woken.clear()

    def _write_asked(self, snapshot: etl.Snapshot) -> None:
        while self._behind is not None:
            self._let_go_first(_ASKED)
            if self._stopped.is_set() or not self._behind[1](snapshot):
                return

    def _sweep(self, *, everything: bool) -> None:
        """Look for garbage now, while nobody waits, and let the collector pass over what stays: else a page waits an
        eighth of a second each time it goes through all answers that are remembered."""
        if everything:
            gc.unfreeze()
            self._swept = time.monotonic()
        gc.collect()
        gc.freeze()
