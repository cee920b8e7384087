"""Evaluation rounds: which there are, how far they are, what they say of measures, and how they begin and end."""

from datetime import date

from registry import rights
from registry.changes import Do
from registry.deeds.rounds import CloseRound, OpenRound, ReopenRound, RoundDeed
from registry.desk import Event
from registry.doing import NotPossible
from registry.doing.rounds import done
from registry.offices import OfficeTree
from registry.rounds import EvaluationRound, Reported, Reporting, version_of
from registry.visibility import Clearance
from storage import history
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.groundwork import ROUNDS
from storage.layers import seen
from storage.people import Actor
from storage.rows import Fetch, Values, from_row
from storage.steps import occasion_of
from storage.visibility import visible

CONCEPT = "concept"  # the kind of record that the history of rounds belongs to

_ASKED = """
    SELECT m.number, m.lead_offices, m.visibility, coalesce(m.as_of = :as_of, 0)
           OR EXISTS (SELECT 1 FROM {reports} r WHERE r.measure = m.id AND r.as_of = :as_of) AS is_reported
    FROM measures m WHERE m.concept = :concept AND m.is_stub = 0 AND {sight}
"""
_REPORTED = """
    SELECT m.number, m.title, m.title_en, m.text, m.visibility, r.status, r.current_state
    FROM measures m JOIN {reports} r ON r.measure = m.id AND r.as_of = :as_of
    WHERE m.concept = :concept AND {sight}
"""
_HAS_REPORTS = """
    SELECT 1 FROM measures m JOIN {reports} r ON r.measure = m.id AND r.as_of = :as_of
    WHERE m.concept = :concept AND {sight} LIMIT 1
"""
_WHAT = {OpenRound: "round_opened", CloseRound: "round_closed", ReopenRound: "round_reopened"}


async def rounds(fetch: Fetch, clearance: Clearance) -> tuple[EvaluationRound, ...]:
    """All rounds, the latest first."""
    found = (await ROUNDS.read(fetch, clearance)).values()
    return tuple(sorted(found, key=lambda one: (-one.as_of.toordinal(), one.concept)))


async def asked(fetch: Fetch, of: EvaluationRound, clearance: Clearance) -> tuple[Reporting, ...]:
    """The measures that a round asks about. Such as are only referred to have no text that could be evaluated."""
    rows = await fetch(_seen(_ASKED, clearance), _key(of))
    return tuple(from_row(Reporting, row) for row in rows)


async def reported(fetch: Fetch, of: EvaluationRound, clearance: Clearance) -> tuple[Reported, ...]:
    """What a round says of each measure."""
    rows = await fetch(_seen(_REPORTED, clearance), _key(of))
    return tuple(from_row(Reported, row) for row in rows)


async def events(fetch: Fetch, of: EvaluationRound) -> tuple[Event, ...]:
    """When a round was opened, closed and opened again, oldest first."""
    rows = await fetch(
        "SELECT h.at, h.version, h.what, h.who, h.why FROM history h JOIN concepts c ON c.id = h.record"
        " WHERE h.kind = :kind AND c.name = :concept AND h.after = :as_of ORDER BY h.id",
        {**_key(of), "kind": CONCEPT},
    )
    return tuple(Event(ref="", **dict(row)) for row in rows)


def _seen(statement: str, clearance: Clearance) -> str:
    return statement.format(reports=seen("measure_reports", clearance), sight=visible(clearance, "m.visibility"))


def _key(of: EvaluationRound) -> Values:
    return {"concept": of.concept, "as_of": of.as_of.isoformat()}


async def do(transaction: Transaction, change: Do, deed: RoundDeed, actor: Actor) -> None:
    """Opens, closes or reopens a round. Raises ChangedMeanwhile where somebody was quicker."""
    if not rights.may(actor.role, actor.offices, deed, None, OfficeTree(())):
        raise NotAllowed(change.person)
    of_concept = [one for one in await rounds(transaction.fetch, change.clearance) if one.concept == deed.concept]
    try:
        after = done(deed, of_concept, change.today)
    except NotPossible as obstacle:
        raise ChangedMeanwhile(str(deed.concept)) from obstacle
    if isinstance(deed, CloseRound) and change.version != version_of(
        await asked(transaction.fetch, after, change.clearance)
    ):
        raise ChangedMeanwhile(deed.concept)
    await _save(transaction, after, deed)
    await _write_history(transaction, change, deed, after, actor)


async def _save(transaction: Transaction, after: EvaluationRound, deed: RoundDeed) -> None:
    fetch = transaction.fetch
    public = await _is_public(fetch, after, deed)
    sight = Clearance.PUBLIC if public else Clearance.CONTENT
    if not isinstance(deed, CloseRound) or await _has_reports(fetch, after, sight):
        await ROUNDS.save(transaction, [after], public=public)
        return
    for table in ("rounds", "nonpublic_rounds"):
        await transaction.fetch(f"DELETE FROM {table} WHERE concept = :concept AND as_of = :as_of", _key(after))
    if await _has_reports(fetch, after, Clearance.CONTENT):
        # Whoever may not read those reports cannot tell this round from one that nobody has reported in.
        await ROUNDS.save(transaction, [after], public=False)


async def _is_public(fetch: Fetch, one: EvaluationRound, deed: RoundDeed) -> bool:
    """A round of a concept with public measures is public: their offices have to know of it."""
    if isinstance(deed, OpenRound):
        statement = "SELECT 1 FROM measures WHERE concept = :concept AND visibility = 'public' AND is_stub = 0 LIMIT 1"
        return bool(await fetch(statement, _key(one)))
    return bool(await fetch("SELECT 1 FROM rounds WHERE concept = :concept AND as_of = :as_of", _key(one)))


async def _has_reports(fetch: Fetch, one: EvaluationRound, clearance: Clearance) -> bool:
    return bool(await fetch(_seen(_HAS_REPORTS, clearance), _key(one)))


async def _write_history(
    transaction: Transaction, change: Do, deed: RoundDeed, after: EvaluationRound, actor: Actor
) -> None:
    rows = await transaction.fetch(
        "SELECT c.id, (SELECT count(*) FROM history h WHERE h.kind = :kind AND h.record = c.id) + 1 AS version"
        " FROM concepts c WHERE c.name = :concept",
        {"kind": CONCEPT, "concept": after.concept},
    )
    if not rows:
        raise ChangedMeanwhile(after.concept)
    event = history.Change(
        CONCEPT, rows[0]["id"], rows[0]["version"], _WHAT[type(deed)], _due(after.due_on), after.as_of.isoformat()
    )
    why = deed.reason or "" if isinstance(deed, ReopenRound) else ""
    occasion = occasion_of(change, actor, why=why)
    await history.write(transaction, [event], occasion)


def _due(on: date | None) -> str:
    return on.isoformat() if on else ""
