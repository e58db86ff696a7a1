"""Working out what most people look at before they ask: at the start, and when there is a new momentopname."""

import threading
import time
from collections.abc import Callable, Iterable

from dashboard.operation import logs
from dashboard.operation.watch import Watch
from data.fouten import Gebruiksfout

_EVERY = 2.0
_PATIENCE = 30.0
_PAUSE, _LONGEST = 0.02, 5.0  # seconds: between two looks whether somebody is being answered, and in all


class Warm:
    """A thread that takes the steps for each momentopname that becomes the current one, until it is stopped.

    `calm` tells whether nobody is being answered: they go first.
    """

    def __init__(
        self,
        watch: Watch,
        steps: Callable[[], Iterable[Callable[[], object]]],
        every: float = _EVERY,
        calm: Callable[[], bool] = lambda: True,
    ) -> None:
        self._watch, self._steps, self._every, self._calm = watch, steps, every, calm
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="voorwerk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the step that is being taken; a thread still in the database would abort the program at its end."""
        self._stopped.set()
        self._thread.join(_PATIENCE)

    def _let_go_first(self) -> None:
        """Wait while somebody is being answered; not for ever, for on a busy day nothing would be ready."""
        until = time.monotonic() + _LONGEST
        while not self._stopped.wait(_PAUSE) and not self._calm() and time.monotonic() < until:
            pass

    def _run(self) -> None:
        seen = None
        while not self._stopped.is_set():
            try:
                snapshot = self._watch.current()
                if snapshot is not None and snapshot.id != seen:
                    seen = snapshot.id
                    for step in self._steps():
                        self._let_go_first()
                        if self._stopped.is_set():
                            return
                        step()
            except Gebruiksfout:
                pass  # a page tells it to who looks
            except Exception as fault:  # never a reason to stop: a page works it out when it is asked
                logs.tell("Vooraf rekenen is mislukt; pagina's rekenen zelf.", "waarschuwing", fault)
            self._stopped.wait(self._every)
