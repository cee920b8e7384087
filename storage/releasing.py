"""What a release moves besides the record: what was only known of it where everything may be read.

The record becomes public as it is; what was said of it in other rounds, and before, stays where it is.
"""

from datetime import date

from registry.deeds import Subject
from registry.identity import ref_of
from registry.inquiries import Inquiry
from registry.measures import Measure
from storage import ground, inquiries, measures
from storage.database import Transaction
from storage.ground import Ground
from storage.rows import Fetch, Stored
from storage.steps import Step
from storage.wanting import is_hidden

_DROP_EQUAL_REPORT = """
    DELETE FROM nonpublic_measure_reports AS n WHERE measure = :measure AND as_of = :as_of AND EXISTS (
        SELECT 1 FROM measure_reports p WHERE p.measure = n.measure AND p.as_of = n.as_of
        AND p.status = n.status AND p.current_state = n.current_state
    )
"""
# A title counts as the record's own where that is called so.
_PUBLISH_TITLE = """
    INSERT INTO titles (ref, language, text)
    SELECT :ref, language, text FROM nonpublic_titles WHERE ref = :former AND language = :language AND text = :text
    ON CONFLICT (ref, language) DO UPDATE SET text = excluded.text
"""
_DROP_TITLE = "DELETE FROM nonpublic_titles WHERE ref = :former AND language = :language AND text = :text"
_PUBLISH_LIST = "UPDATE question_lists SET visibility = 'public' WHERE key = :list"
# Taking one release back must not hide the list of another.
_KEEP_LISTS_PUBLIC = """
    UPDATE question_lists SET visibility = 'public'
    WHERE visibility = 'nonpublic' AND key IN (SELECT list FROM inquiries WHERE visibility = 'public')
"""


async def next_number(fetch: Fetch, subject: Subject) -> str:
    """The number that an inquiry gets by becoming public."""
    return inquiries.number_text((await inquiries.next_numbers(fetch))[0]) if isinstance(subject, Inquiry) else ""


async def release(transaction: Transaction, step: Step) -> None:
    """Nothing where the deed makes nothing visible that was hidden."""
    before, after = step.before.record, step.after
    if not is_hidden(before) or is_hidden(after):
        return
    fetch, stored = transaction.fetch, Stored(step.before.id, after)
    was = await _ground(fetch, step.before, stored)
    match after:
        case Measure():
            await _publish_report(transaction, Stored(step.before.id, after))
        case Inquiry():
            await fetch(_PUBLISH_LIST, {"list": after.list})
    await _publish_titles(transaction, ref_of(before), after)
    await ground.keep_moved(transaction, step.change.id, was, await _ground(fetch, step.before, stored))


async def withdraw(transaction: Transaction, deed: str) -> None:
    """What a release moved goes back with it."""
    moved = await ground.moved(transaction.fetch, deed)
    if moved:
        await ground.take_back_reports(transaction, moved)
        await ground.take_back_rest(transaction, moved)
        await transaction.fetch(_KEEP_LISTS_PUBLIC, {})


async def _publish_report(transaction: Transaction, stored: Stored[Measure]) -> None:
    """What its round says of it; a report that the public round has closed over stays as it is, in both layers."""
    as_of: date | None = stored.record.as_of
    if as_of is None or stored.record.is_stub:
        return
    values: dict[str, object] = {"measure": stored.id, "as_of": as_of.isoformat()}
    await measures.publish_report(transaction, stored)
    await transaction.fetch(_DROP_EQUAL_REPORT, values)


async def _publish_titles(transaction: Transaction, former: str, after: Subject) -> None:
    for language, text in (("de", after.title), ("en", after.title_en)):
        values: dict[str, object] = {"ref": ref_of(after), "former": former, "language": language, "text": text}
        await transaction.fetch(_PUBLISH_TITLE, values)
        await transaction.fetch(_DROP_TITLE, values)


async def _ground(fetch: Fetch, before: Stored[Subject], after: Stored[Subject]) -> Ground:
    """The rows that a release of the record could move."""
    refs: dict[str, object] = {"one": ref_of(before.record), "other": ref_of(after.record)}
    rows: Ground = {}
    for table in ("titles", "nonpublic_titles"):
        rows |= await ground.rows_of(fetch, table, "ref IN (:one, :other)", refs)
    if isinstance(after.record, Measure):
        for table in ("measure_reports", "nonpublic_measure_reports"):
            rows |= await ground.rows_of(fetch, table, "measure = :measure", {"measure": after.id})
    if isinstance(after.record, Inquiry):
        rows |= await ground.rows_of(fetch, "question_lists", "key = :list", {"list": after.record.list})
    return rows
