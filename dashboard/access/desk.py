"""One desk per work folder: it knows the current momentopname and remembers what was asked before.

Every method finds out itself who asks, and refuses what is not theirs: a page, an address in the browser, an export or
a job cannot forget it, and no filter can widen it. Whoever it is for is part of every key of what is remembered.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import contracts
import etl
import metrics
from contracts import record
from dashboard.access.people import Geweigerd, Person, current, known, require
from dashboard.access.publication import Tables, of_others, row_of
from dashboard.access.remember import lru_cache
from dashboard.operation import watch
from dashboard.state import View
from dashboard.texts import mark
from data.fouten import Gebruiksfout
from metrics import insight

_READER = metrics.Bevoegdheid(None, exact=False)
_TALK = "gesprek met aanbieder"
_ON_CARDS = ("vervroegde evaluatie", "bijstellen")  # signals of which a page says whether they may go outside
_UNPLACED = mark(
    "Van dit cijfer is niet bekend bij welke gemeente een antwoord hoort. U hebt niet alle gemeenten en ziet daarom "
    "alleen wat is gepubliceerd."
)


class Desk:
    """Answers questions of the pages. A new momentopname is noticed by itself."""

    def __init__(self, werkmap: Path, afspraken: Path | None) -> None:
        self._store = etl.Store(werkmap)
        self._agreements = contracts.read_agreements(afspraken)
        own = Path(werkmap) / "signalen"
        self.declarations = insight.read_signals(own if own.is_dir() else None)
        self._answers = metrics.AnswerCache(4096)  # whose rights it was asked with is part of what it knows it by
        self._publish = lru_cache(maxsize=16)(of_others)
        self._judge = lru_cache(maxsize=64)(self._assess)
        self._known = lru_cache(maxsize=8)(self._facts)
        self._look = lru_cache(maxsize=256)(self._evaluate)
        self._spent = lru_cache(maxsize=64)(self._money)
        self._mixed = lru_cache(maxsize=64)(self._mix)
        self._empty = lru_cache(maxsize=4)(self._without_rows)
        self._differ = lru_cache(maxsize=64)(self._findings)  # a momentopname never changes
        self._delivered = lru_cache(maxsize=4)(self._report)
        self._rests = lru_cache(maxsize=256)(lambda snapshot, id: metrics.provenance(id, snapshot))
        self._course = lru_cache(maxsize=256)(self._run)
        self._bend = lru_cache(maxsize=128)(self._curve)
        self._ahead = lru_cache(maxsize=32)(self._outlook)
        self._urgent = lru_cache(maxsize=16)(self._due)
        self._side = lru_cache(maxsize=64)(self._beside)
        self._before = lru_cache(maxsize=64)(self._then)
        self._record: record.Record | None = None

    # who asks

    def voor(self, view: View | None = None) -> metrics.Bevoegdheid:
        """Whose exact figures may be seen by who asks. Raises Geweigerd for who may see none, and Gebruiksfout when the
        view asks for another municipality: that is never answered with 0."""
        person = require("cijfers")
        if view is not None and _others(person, view):
            raise Gebruiksfout(
                mark(
                    "U vraagt om een gemeente die niet de uwe is. Van andere gemeenten ziet u alleen wat is "
                    "gepubliceerd. Kies uw eigen gemeente."
                )
            )
        return person.bevoegdheid

    def _alone(self, id: str, view: View) -> metrics.Bevoegdheid | None:
        """Whose exact figures, when this one can be kept to one's own municipalities; else None."""
        voor = self.voor(view)
        return None if _counts_others(require("cijfers"), id) else voor

    def voor_contract(self, contract: str) -> metrics.Bevoegdheid:
        """For a verdict or a talk: everybody in a contract, for who has all of its municipalities."""
        if contract not in self._visible():
            raise Geweigerd
        return metrics.ALLES

    def _visible(self) -> tuple[str, ...]:
        """The contracts of who asks: a verdict on a part of the people in a contract would be another verdict, and one
        on all of them counts people of other municipalities."""
        person = known()
        if person is None or not person.mag("contracten"):
            return ()
        mine = person.gemeenten
        return tuple(id for id, one in self._agreements.items() if mine is None or mine >= {*one.gemeenten})

    @property
    def agreements(self) -> contracts.Agreements:
        """The agreements that who asks may see; none without the right to see contracts."""
        return contracts.Agreements({id: self._agreements[id] for id in self._visible()})

    def hidden_contracts(self) -> int:
        """How many contracts who asks does not see, so that a page does not say that they are not there."""
        require("contracten")
        return len(self._agreements) - len(self._visible())

    def terms(self) -> list[etl.ContractTerm]:
        """What checking and loading need to know of all contracts."""
        require("controleren")
        return self._agreements.terms()

    @property
    def store(self) -> etl.Store:
        """The work folder's momentopnamen, to load into."""
        require("laden")
        return self._store

    def snapshots(self) -> Sequence[Any]:
        """All momentopnamen."""
        require("beheer")
        return self._store.snapshots()

    def to_report(self) -> tuple[metrics.Bevoegdheid, contracts.Agreements, Any]:
        """What a report is made of by who asks: rights, the contracts that they may see, and
        texts, register, record and signals of the work folder."""
        from dashboard import report  # a whole package, needed here only

        person, folder, seen = require("cijfers"), self._store.werkmap, dict(self.agreements)
        texts = folder / report.own_text.FOLDER
        if self._record is None:
            self._record = record.Record(folder)
        entries = [one for one in self._record.entries() if one.contract in seen]
        sources = report.Sources(
            report.own_text.read(texts if texts.is_dir() else None), report.Register(folder).entries(), entries,
            self.declarations,
        )  # fmt: skip
        return person.bevoegdheid, contracts.Agreements(seen), sources

    def switch(self, id: str) -> None:
        """Let an earlier momentopname count again."""
        require("beheer")
        self._store.switch(id)

    # figures

    def snapshot(self, id: str | None = None) -> etl.Snapshot | None:
        """The momentopname with this id when it is kept, else the current one; None when nothing was loaded."""
        if id is not None and id in self._store.ids():
            return etl.Snapshot(id, self._store.path_of(id))
        return watch.of(self._store).current()

    @property
    def told(self) -> str | None:
        """What everybody must know: that the newest momentopname is damaged and an older one is shown."""
        return watch.of(self._store).told

    def current_id(self) -> str | None:
        """The id of the current momentopname."""
        return self._store.current_id()

    def moments(self) -> list[tuple[str, datetime]]:
        """(id, when it was made) of the momentopnamen that who asks can look back at, the newest first."""
        person = known()
        if person is None or not person.mag("cijfers"):
            return []  # what was published is of the current one only
        found = []
        for id in self._store.ids():
            with suppress(OSError):  # removed just now
                found.append((id, datetime.fromtimestamp(self._store.path_of(id).stat().st_mtime).astimezone()))
        return found

    def facts(self, snapshot: etl.Snapshot) -> dict[str, Any]:
        """What the momentopname is: its own row, the default peildatum, and what can be filtered on."""
        person, facts = require("ingelogd"), self._known(snapshot)
        mine = person.gemeenten if person.exact else None
        codes = [pair for pair in facts["gemeenten"] if mine is None or pair[0] in mine]
        return {**facts, "gemeenten": codes}

    def _facts(self, snapshot: etl.Snapshot) -> dict[str, Any]:
        with snapshot.connect() as connection:
            codes = connection.execute(
                "SELECT gemeentecode, gemeente FROM ref_gemeenten WHERE regio IS NOT NULL ORDER BY gemeente"
            ).fetchall()
        return {**snapshot.info, "peildatum": metrics.default_peildatum(snapshot), "gemeenten": codes}

    def answer(self, snapshot: etl.Snapshot, id: str, view: View, per: Sequence[str] = ()) -> metrics.Answer:
        """One answer. Filters that this figure does not know are left out (see `left_out`).

        Who reads publications only, or asks for another municipality, gets what is in the fixed publication. So does
        who has some municipalities, of answers of which nobody knows the municipality.
        """
        person = require("publicatie")
        possible = metrics.catalogue()[id].mogelijk
        wanted = tuple(name for name in per if name in possible)
        day = view.peildatum or self._known(snapshot)["peildatum"]
        if not person.exact:
            self._is_current(snapshot)  # and metrics answers out of the fixed publication
        elif _others(person, view):
            return row_of(self._of_others(snapshot, person), id, view, wanted, self._known(snapshot)["peildatum"])
        elif _counts_others(person, id):
            return self._of_all(snapshot, id, view, day, wanted)
        found = self._compute(snapshot, id, _chosen(id, view), day, view.van, view.tot, wanted, person.bevoegdheid)
        if not _of_deliveries(id) or "contract" not in found.dims:
            return found
        elsewhere = self._elsewhere()
        return replace(found, rijen=[row for row in found.rijen if not elsewhere(row["contract"])])

    def _of_all(self, snapshot: etl.Snapshot, id: str, view: View, day: date, per: tuple[str, ...]) -> metrics.Answer:
        """Rows of the fixed publication about everybody. Guarding each answer by itself would not do: two of them, of
        this period and of one with a day less, could be subtracted."""
        self._is_current(snapshot)
        try:
            return self._compute(snapshot, id, _chosen(id, view), day, view.van, view.tot, per, _READER)
        except Gebruiksfout as fault:
            raise Gebruiksfout([_UNPLACED, *fault.meldingen]) from None

    def only_published(self, id: str) -> bool:
        """Whether who asks sees of this figure only the fixed publication, though they see other figures exactly."""
        return _counts_others(require("publicatie"), id)

    def _compute(
        self, snapshot: etl.Snapshot, id: str, chosen: Any, peildatum: Any, van: Any, tot: Any, per: tuple[str, ...],
        voor: metrics.Bevoegdheid,
    ) -> metrics.Answer:  # fmt: skip
        return self._answers.compute(
            id, snapshot, voor=voor, peildatum=peildatum, van=van, tot=tot, filters=dict(chosen), per=per
        )[0]

    def publication(self, snapshot: etl.Snapshot) -> list[metrics.Answer]:
        """The fixed publication, after the guard: of everybody, or of the others for who sees their own exactly."""
        person = require("publicatie")
        if person.exact and person.gemeenten is not None:
            return list(self._of_others(snapshot, person).values())
        self._is_current(snapshot)
        return list(metrics.fixed_publication(snapshot))

    def _of_others(self, snapshot: etl.Snapshot, person: Person) -> Tables:
        self._is_current(snapshot)
        region = {code for code, _ in self._known(snapshot)["gemeenten"]}
        return self._publish(snapshot, frozenset(region - (person.gemeenten or frozenset())))

    def _is_current(self, snapshot: etl.Snapshot) -> None:
        """Published is the current momentopname only: two of them, subtracted, tell who was added."""
        now = watch.of(self._store).current()
        if now is None or snapshot.id != now.id:
            raise Gebruiksfout(mark("Gepubliceerd is alleen de huidige momentopname."))

    def to_publish(
        self, snapshot: etl.Snapshot, view: View, chosen: Sequence[tuple[str, tuple[str, ...]]]
    ) -> list[metrics.Answer]:
        """What somebody makes public of their own, guarded together; a reader gets it as it was published. What
        only the fixed publication holds, is left out (see `only_published`)."""
        if not require("publicatie").exact:
            return [one for one in self.publication(snapshot) if (one.cijfer, one.per) in chosen]
        voor = self.voor(view)
        known_ids = [(id, per) for id, per in chosen if id in metrics.catalogue() and not self.only_published(id)]
        return metrics.publish(
            [
                self._compute(snapshot, id, _chosen(id, view), view.peildatum, view.van, view.tot, per, voor)
                for id, per in known_ids
            ]
        )

    def prepare(self, id: str) -> None:
        """Make what is asked of a figure quick for who asks, before they do."""
        snapshot, voor = self.snapshot(), self.voor()
        if snapshot is not None and voor.exact:
            metrics.keep_ready(id, snapshot, voor=voor)

    @staticmethod
    def left_out(id: str, view: View) -> list[str]:
        """The filters of the view that a figure does not know."""
        possible = metrics.catalogue()[id].filterbaar
        return [name for name, values in view.filters.items() if values and name not in possible]

    # contracts

    def verdicts(self, snapshot: etl.Snapshot, view: View, kwartaal: str | None = None) -> list[contracts.Verdict]:
        """Verdicts of all contracts that who asks may see."""
        require("contracten")
        mine = self._visible()
        return self._judge(snapshot, view.peildatum, kwartaal, mine) if mine else []

    def _assess(
        self, snapshot: etl.Snapshot, peildatum: Any, kwartaal: str | None, mine: tuple[str, ...]
    ) -> list[contracts.Verdict]:
        return contracts.assess(
            self._agreements, snapshot, voor=metrics.ALLES, peildatum=peildatum, kwartaal=kwartaal, contracten=mine
        )

    def signals(self, snapshot: etl.Snapshot, view: View) -> list[insight.Signal]:
        """What every declaration of a signal finds, signals first. Those for a talk are for who has the contracts."""
        voor, person = self.voor(view), require("cijfers")
        period = view.van is not None or view.tot is not None
        found = self._look(snapshot, tuple(sorted(view.filters.items())), view.peildatum, voor, period)
        elsewhere = self._elsewhere()
        return [
            one for one in found
            if not (_of_deliveries(one.verklaring.cijfer) and elsewhere(one.uitkomst.dims.get("contract")))
            and (person.mag("contracten") or one.verklaring.gevolg != _TALK)
            and not _counts_others(person, one.verklaring.cijfer)
        ]  # fmt: skip

    def _evaluate(
        self, snapshot: etl.Snapshot, chosen: Any, peildatum: Any, voor: metrics.Bevoegdheid, period: bool
    ) -> list[insight.Signal]:
        scope = self._scope(snapshot, voor, peildatum, chosen, period)
        return insight.evaluate(scope, self.declarations, deelbaar=_ON_CARDS)

    def _scope(
        self, snapshot: etl.Snapshot, voor: metrics.Bevoegdheid, peildatum: Any, chosen: Any, period: bool = False
    ) -> insight.Scope:
        return insight.Scope(snapshot, voor, peildatum, dict(chosen), periode=period, antwoorden=self._answers)

    # deliveries

    def deliveries(self, snapshot: etl.Snapshot) -> etl.LoadReport:
        """What became of each file."""
        require("gegevens")
        return self._delivered(snapshot)

    def absent(self, snapshot: etl.Snapshot, id: str) -> list[str]:
        """The tables that a figure needs and nobody delivered: it says too little then, whoever looks."""
        require("ingelogd")
        return [table for table in metrics.lineage(id) if table in self._empty(snapshot)]

    @staticmethod
    def _without_rows(snapshot: etl.Snapshot) -> frozenset[str]:
        """The tables without any row: a supplier's report can fill one too. Names come from the layouts."""
        with snapshot.connect() as connection:
            known = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            return frozenset(
                table for table in set(etl.tables()) & known
                if not connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")').fetchall()[0][0]  # noqa: S608
            )  # fmt: skip

    @staticmethod
    def _report(snapshot: etl.Snapshot) -> etl.LoadReport:
        with snapshot.connect() as connection:
            return etl.read_report(connection, snapshot.id, {})

    def findings(self, snapshot: etl.Snapshot, contract: str | None = None) -> list[tuple[str, str, str, int]]:
        """(contract, kwartaal, kind, number) of what differs; of one contract, or of all that have people of who asks.
        What belongs to no contract is for everybody."""
        require("gegevens")
        if contract is not None:
            self.voor_contract(contract)
        elsewhere = self._elsewhere()
        return [row for row in self._differ(snapshot, contract) if not elsewhere(row[0])]

    @property
    def findings_limited(self) -> bool:
        """Whether who asks sees the findings of some contracts only."""
        person = require("ingelogd")
        return person.exact and person.gemeenten is not None and not person.mag("beheer")

    def _elsewhere(self) -> Callable[[str | None], bool]:
        """Tells of a contract whether nobody in it is of one's own municipalities. One that no agreement describes may
        be anybody's, so it is not one's own. Who manages deliveries sees those of all."""
        if not self.findings_limited:
            return lambda contract: False
        mine = current().gemeenten or frozenset()
        near = {id for id, one in self._agreements.items() if mine & {*one.gemeenten}} | {"-", None}
        return lambda contract: contract not in near

    @staticmethod
    def _findings(snapshot: etl.Snapshot, contract: str | None) -> list[tuple[str, str, str, int]]:
        with snapshot.connect() as connection:
            return connection.execute(
                "SELECT coalesce(contract, '-'), coalesce(kwartaal, '-'), soort, count(*) FROM bevindingen "
                "WHERE $1 IS NULL OR contract = $1 GROUP BY ALL ORDER BY 2 DESC, 1, 3",
                [contract],
            ).fetchall()

    def notes(self, snapshot: etl.Snapshot, contract: str) -> list[tuple[str, str]]:
        """(kwartaal, text) of what a supplier wrote, the newest first."""
        self.voor_contract(contract)
        with snapshot.connect() as connection:
            return connection.execute(
                "SELECT kwartaal, tekst FROM toelichtingen WHERE contract = $1 ORDER BY kwartaal DESC, rij LIMIT 12",
                [contract],
            ).fetchall()

    # the record, money

    def logboek(self) -> record.Record:
        """The record of talks, opened when it is first asked for."""
        require("contracten")
        if self._record is None:
            self._record = record.Record(self._store.werkmap)
        return self._record

    def entries(self, contract: str | None = None) -> list[record.Regel]:
        """What was recorded, of one contract or of all that who asks may see."""
        if contract is not None:
            self.voor_contract(contract)
        mine = self._visible()
        return [one for one in self.logboek().entries(contract) if one.contract in mine]

    def money(self, snapshot: etl.Snapshot, contract: str, day: date) -> contracts.Money:
        """What a contract cost up to a day."""
        return self._spent(snapshot, contract, day, self.voor_contract(contract))

    def _money(self, snapshot: etl.Snapshot, contract: str, day: date, voor: metrics.Bevoegdheid) -> contracts.Money:
        return contracts.money(self._agreements[contract], snapshot, voor=voor, day=day)

    def mix(self, snapshot: etl.Snapshot, contract: str, day: date) -> list[contracts.Share]:
        """Who a supplier works with, beside comparable contracts."""
        return self._mixed(snapshot, contract, day, self.voor_contract(contract), self._visible())

    def _mix(
        self, snapshot: etl.Snapshot, contract: str, day: date, voor: metrics.Bevoegdheid, mine: tuple[str, ...]
    ) -> list[contracts.Share]:
        seen = contracts.Agreements({id: self._agreements[id] for id in mine})
        return contracts.mix(seen, self._agreements[contract], snapshot, voor=voor, day=day)

    # what belongs to a figure

    def provenance(self, snapshot: etl.Snapshot, id: str) -> list[dict[str, Any]]:
        """What a figure rests on: tables, columns, deliveries and what was refused in them."""
        require("gegevens")
        return self._rests(snapshot, id)

    def guarded(self, answers: Sequence[metrics.Answer]) -> list[metrics.Answer]:
        """The same answers after the publication guard, weighed together."""
        if not require("publicatie").exact or any(_hidden(one) for one in answers):
            return list(answers)  # they come out of a publication, and went through the guard there
        return metrics.publish(answers)

    def finest(self, snapshot: etl.Snapshot, id: str, view: View) -> metrics.Fijnste | None:
        """A figure at the finest level that may be published; None for figures that know no coarser level."""
        voor = self._alone(id, view)
        if voor is None:
            return None
        day = view.peildatum or self._known(snapshot)["peildatum"]
        asked = metrics.Vraag(id, filters=dict(_chosen(id, view)), van=view.van, tot=view.tot)
        return next(iter(self._answers.finest([asked], snapshot, voor=voor, peildatum=day)), None)

    def course(self, snapshot: etl.Snapshot, id: str, view: View) -> list[insight.Course]:
        """The quarters of a figure; none of one that also counts people of others, or whose quarter a filter fixes."""
        voor = self._alone(id, view)
        if voor is None or insight.fixes_date(id, view.filters):
            return []
        return self._course(snapshot, id, tuple(sorted(view.filters.items())), view.peildatum, voor)

    def _run(self, snapshot: etl.Snapshot, id: str, chosen: Any, peildatum: Any, voor: Any) -> list[insight.Course]:
        return insight.course(self._scope(snapshot, voor, peildatum, chosen), id)

    def curve(self, snapshot: etl.Snapshot, id: str, view: View) -> metrics.Answer | None:
        """What a figure about time says from month to month; None of one that also counts people of others."""
        voor = self._alone(id, view)
        if voor is None:
            return None
        return self._bend(snapshot, id, _chosen(id, view), view.peildatum, view.van, view.tot, voor)

    def _curve(
        self, snapshot: etl.Snapshot, id: str, chosen: Any, peildatum: Any, van: Any, tot: Any, voor: Any
    ) -> metrics.Answer:
        return metrics.curve(id, snapshot, voor=voor, peildatum=peildatum, van=van, tot=tot, filters=dict(chosen))

    def outlook(self, snapshot: etl.Snapshot, view: View) -> dict[str, list[dict[str, Any]]]:
        """What is coming: instroom, costs and formatie per year, and the State's money of the years before."""
        return self._ahead(snapshot, tuple(sorted(view.filters.items())), view.peildatum, self.voor(view))

    def _outlook(
        self, snapshot: etl.Snapshot, chosen: Any, peildatum: Any, voor: Any
    ) -> dict[str, list[dict[str, Any]]]:
        scope = self._scope(snapshot, voor, peildatum, chosen)
        return {
            "instroom": insight.outlook.instroom(scope), "kosten": insight.outlook.costs(scope),
            "spuk": insight.spuk.per_year(scope),
        }  # fmt: skip

    def due(self, snapshot: etl.Snapshot, view: View) -> list[dict[str, Any]]:
        """What is due, person by person, the most urgent first."""
        return self._urgent(snapshot, tuple(sorted(view.filters.items())), view.peildatum, self.voor(view))

    def _due(self, snapshot: etl.Snapshot, chosen: Any, peildatum: Any, voor: Any) -> list[dict[str, Any]]:
        return insight.due(self._scope(snapshot, voor, peildatum, chosen))

    @property
    def werkmap(self) -> Path:
        """The work folder, for what people write there themselves."""
        require("publicatie")
        return self._store.werkmap

    def beside(self, snapshot: etl.Snapshot, contract: str, day: date) -> list[contracts.Beside]:
        """What a contract reached beside others that buy the same."""
        return self._side(snapshot, contract, day, self.voor_contract(contract), self._visible())

    def _beside(
        self, snapshot: etl.Snapshot, contract: str, day: date, voor: metrics.Bevoegdheid, mine: tuple[str, ...]
    ) -> list[contracts.Beside]:
        seen = contracts.Agreements({id: self._agreements[id] for id in mine})
        return contracts.beside(seen, self._agreements[contract], snapshot, voor=voor, day=day)

    def past(self, snapshot: etl.Snapshot, contract: str, kwartaal: str) -> contracts.Past:
        """A quarter of a contract as it was told, as it was then, and as it is now."""
        voor = self.voor_contract(contract)
        every = self.verdicts(snapshot, View(), "alle")
        now = [one for one in every if (one.contract, one.kwartaal) == (contract, kwartaal)]
        entries = self.entries(contract)
        told = contracts.past(self._agreements, contract, kwartaal, snapshot, entries, voor=voor, now=now or None)
        changes, momentopname = self._before(snapshot, contract, kwartaal, voor)
        return replace(told, toen=changes, toen_uit=momentopname)

    def _then(
        self, snapshot: etl.Snapshot, contract: str, kwartaal: str, voor: metrics.Bevoegdheid
    ) -> tuple[tuple[contracts.Change, ...], str | None]:
        then = contracts.of_its_time(self._store, kwartaal)
        if then is None:
            return (), None
        changes = contracts.compare(self._agreements, then, snapshot, kwartaal, voor=voor, contracten=[contract])
        return tuple(changes), then.id

    def kept(self, contract: str) -> etl.Store:
        """The kept momentopnamen, to see how a quarter of a contract was then."""
        self.voor_contract(contract)
        return self._store

    def layouts(self) -> Path | None:
        """The folder of the work folder's own layouts, when it holds any: a load without them would lose what came in
        an own form."""
        require("controleren")
        own = Path(self._store.werkmap) / "indelingen"
        return own if own.is_dir() and any(own.glob("*.y*ml")) else None

    def people(self, snapshot: etl.Snapshot, verdict: contracts.Verdict) -> list[dict[str, Any]]:
        """The persons behind a verdict, as pseudonyms."""
        voor = self.voor_contract(verdict.contract)
        return contracts.people(self._agreements[verdict.contract], verdict, snapshot, voor=voor)


def _chosen(id: str, view: View) -> tuple[tuple[str, tuple[str, ...]], ...]:
    possible = metrics.catalogue()[id].filterbaar
    return tuple((name, values) for name, values in sorted(view.filters.items()) if name in possible)


def _others(person: Person, view: View) -> set[str]:
    """The municipalities of a view that are not one's own, written as the figures write them."""
    asked = {one.zfill(4) if one.isdigit() else one for one in view.filters.get("gemeente", ())}
    return set() if person.gemeenten is None else asked - person.gemeenten


def _counts_others(person: Person, id: str) -> bool:
    """Whether a figure cannot be kept to one's own municipalities: they then see the fixed publication of it."""
    return person.exact and person.gemeenten is not None and metrics.of_nobody(id)


def _of_deliveries(id: str) -> bool:
    """Whether a figure is about files and reports: it knows no person whose municipality tells whose it is."""
    definition = metrics.catalogue()[id]
    return not definition.personen and "gemeente" not in definition.mogelijk


def _hidden(answer: metrics.Answer) -> bool:
    return any(value is metrics.VERBORGEN for row in answer.rijen for value in row.values())
