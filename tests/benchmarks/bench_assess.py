"""How much one shared question per figure and quarter saves over a question per contract and KPI; a ratio of one run.

Use: python tests/benchmarks/bench_assess.py WERKMAP
"""

import sys
import time
from pathlib import Path

import contracts
import etl
import metrics
from contracts import figures


def _each(self, contract, cijfer, filters, start, end):
    """The naive way: one question per contract and KPI, nothing remembered."""
    definition = metrics.catalogue()[cijfer]
    asked = metrics.ask(definition, filters, ()).filters
    chosen = {name: values for name, values in asked if name not in ("einde", "horizon")}
    answer = metrics.compute(
        cijfer, self._snapshot, voor=self._voor, peildatum=end, van=start, tot=end,
        filters={**chosen, "contract": [contract]},
    )[0]  # fmt: skip
    fixed = {name: values[0] for name, values in asked if name in ("einde", "horizon")}
    return [row for row in answer.rijen if all(row[name] == value for name, value in fixed.items())]


def main(werkmap):
    """Time both ways over all contracts and quarters, in one process, after a warm run."""
    agreements, snapshot = contracts.read_agreements(), etl.Store(Path(werkmap)).current()

    def run():
        begin = time.perf_counter()
        found = contracts.assess(agreements, snapshot, voor=metrics.ALLES, kwartaal="alle")
        return time.perf_counter() - begin, found

    run()
    shared, verdicts = run()
    figures.Figures.rows = _each
    each, same = run()
    assert [one.to_json() for one in same] == [one.to_json() for one in verdicts]
    print(f"{len(verdicts)} verdicts: shared 1, a question each {each / shared:.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
