"""Working out what most people look at before they ask: at the start, and when there is a new momentopname."""

import threading
from collections.abc import Callable, Iterable

from dashboard.operation import logs
from dashboard.operation.watch import Watch
from data.fouten import Gebruiksfout

_EVERY = 2.0
_PATIENCE = 30.0


class Warm:
    """A thread that takes the steps for each momentopname that becomes the current one, until it is stopped."""

    def __init__(
        self, watch: Watch, steps: Callable[[], Iterable[Callable[[], object]]], every: float = _EVERY
    ) -> None:
        self._watch, self._steps, self._every = watch, steps, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="voorwerk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the step that is being taken; a thread still in the database would abort the program at its end."""
        self._stopped.set()
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        seen = None
        while not self._stopped.is_set():
            try:
                snapshot = self._watch.current()
                if snapshot is not None and snapshot.id != seen:
                    seen = snapshot.id
                    for step in self._steps():
                        if self._stopped.is_set():
                            return
                        step()
            except Gebruiksfout:
                pass  # a page tells it to who looks
            except Exception as fault:  # never a reason to stop: a page works it out when it is asked
                logs.tell("Vooraf rekenen is mislukt; pagina's rekenen zelf.", "waarschuwing", fault)
            self._stopped.wait(self._every)
