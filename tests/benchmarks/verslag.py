"""Where the time of a report goes, from command to file: `tests/benchmarks/verslag.py WERKMAP [--gemeente 0397]`.

Times are of the clock and of the processor: on a busy machine only the second says something. The command runs twice:
once with nothing kept of an earlier publication, once with what the first time kept.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))


def main() -> None:
    """Time each step once in one process, and the whole command in another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("werkmap", type=Path)
    parser.add_argument("--gemeente", default="")
    chosen = parser.parse_args()
    rows: list[tuple[str, float, float]] = []

    def step(name: str, work: Callable[[], Any]) -> Any:
        clock, processor = time.perf_counter(), time.process_time()
        found = work()
        rows.append((name, time.perf_counter() - clock, time.process_time() - processor))
        return found

    step("programma laden", lambda: __import__("dashboard.report"))
    import contracts
    import etl
    import metrics
    from dashboard import export, report
    from dashboard.report import content, paper, publication, recipe
    from metrics import insight

    snapshot = etl.Store(chosen.werkmap).current()
    if snapshot is None:
        sys.exit("In deze werkmap is niets geladen.")
    agreements, towns = contracts.read_agreements(), (chosen.gemeente,) if chosen.gemeente else ()
    order = report.Order("evaluatie", towns=towns).checked()
    sources = report.Sources(declarations=insight.read_signals())
    day = metrics.default_peildatum(snapshot)
    guarded = step(
        "cijfers en bewaker",
        lambda: content.publish(order, snapshot, metrics.ALLES, day, sources.declarations, anew=True),
    )
    for kept in snapshot.publications.glob("*") if snapshot.publications else ():
        kept.unlink()
    keep: Any = publication.publish
    publication.publish = lambda *given, **more: guarded
    facts, pub = step(
        "zinnen, tabellen, grafieken", lambda: content.build(order, snapshot, agreements, metrics.ALLES, sources)
    )
    publication.publish = keep
    workbook = step("werkboek", lambda: export.publication_to_xlsx(pub.all, facts))
    recorded = recipe.write(order, facts, agreements, sources)
    data = report._for_paper(facts, workbook, recorded)
    step("PDF", lambda: paper.compile("template.typ", *data, attached=True))
    short = report._for_paper({**facts, "hoofdstukken": facts["hoofdstukken"][:1]}, workbook, recorded)
    step("samenvatting", lambda: paper.compile("template.typ", *short, attached=True))
    step("HTML en open data", lambda: (export.report_to_html(facts), export.open_data(pub.all, facts)))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dashboard", "rapport", "evaluatie", "--uit", f"{folder}/e.pdf"]
        command += ["--werkmap", str(chosen.werkmap), *(["--gemeente", chosen.gemeente] if chosen.gemeente else [])]
        runs = [_run(command) for _ in range(2)]
    print(f"{'stap':32} {'klok (s)':>9} {'processor (s)':>14}")
    for name, clock, processor in rows:
        print(f"{name:32} {clock:9.2f} {processor:14.2f}")
    print(f"{'samen':32} {sum(row[1] for row in rows):9.2f} {sum(row[2] for row in rows):14.2f}")
    for name, (clock, processor) in zip(("opdracht, de eerste keer", "opdracht, nog eens"), runs, strict=True):
        print(f"{name:32} {clock:9.2f} {processor:14.2f}")


def _run(command: list[str]) -> tuple[float, float]:
    """The clock and the processor of one command."""
    begin, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begin, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


if __name__ == "__main__":
    main()
