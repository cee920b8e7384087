"""Council papers as rows."""

from collections.abc import Iterable, Sequence

from registry.papers import Consultation, Mandate, Milestone, Paper, Section, effective_visibility
from registry.visibility import Clearance
from storage.database import Transaction
from storage.rows import Fetch, Parts, Stored, Values, among, from_row, to_row, upsert
from storage.visibility import visible

_CONSULTATIONS = Parts("consultations", "paper", Consultation)
_MANDATES = Parts("mandates", "paper", Mandate)
_MILESTONES = Parts("paper_milestones", "paper", Milestone)
_SECTIONS = Parts("sections", "paper", Section)
_ELSEWHERE = ("consultations", "mandates", "milestones", "sections")
_COLUMNS = ("id", "effective", *(name for name in Paper.model_fields if name not in _ELSEWHERE))


async def load(fetch: Fetch, condition: str, values: Values, clearance: Clearance) -> list[Stored[Paper]]:
    """The papers (``p``) that meet a condition, as far as the clearance allows, by number.

    Other papers are named only to whom may see those too.
    """
    where = f"{condition} AND {visible(clearance, 'p.effective')}"
    rows = await fetch(f"SELECT p.* FROM papers p WHERE {where} ORDER BY p.number", values)
    selected = f"SELECT p.id FROM papers p WHERE {where}"
    consultations = await _CONSULTATIONS.fetch(fetch, selected, values)
    mandates = await _MANDATES.fetch(fetch, selected, values)
    milestones = await _MILESTONES.fetch(fetch, selected, values)
    sections = await _SECTIONS.fetch(fetch, selected, values)
    papers = [
        Stored(
            row["id"],
            from_row(
                Paper,
                row,
                consultations=consultations.get(row["id"], ()),
                mandates=mandates.get(row["id"], ()),
                milestones=milestones.get(row["id"], ()),
                sections=sections.get(row["id"], ()),
            ),
        )
        for row in rows
    ]
    return papers if clearance is Clearance.CONTENT else await _with_visible_links(fetch, papers, clearance)


async def _with_visible_links(fetch: Fetch, papers: list[Stored[Paper]], clearance: Clearance) -> list[Stored[Paper]]:
    named = {number for stored in papers for number in (*stored.record.related, stored.record.answers) if number}
    condition, values = among("p.number", sorted(named), name="named")
    rows = await fetch(
        f"SELECT p.number FROM papers p WHERE {condition} AND {visible(clearance, 'p.effective')}",
        values,
    )
    seen = {row["number"] for row in rows}
    return [Stored(stored.id, _naming_only(seen, stored.record)) for stored in papers]


def _naming_only(seen: set[str], paper: Paper) -> Paper:
    related = tuple(number for number in paper.related if number in seen)
    return paper.model_copy(update={"related": related, "answers": paper.answers if paper.answers in seen else None})


async def answered(fetch: Fetch, numbers: Iterable[str]) -> frozenset[str]:
    """Which of these papers a result answers that everybody who sees the paper may see as well.

    A result that fewer people see leaves the paper open: else its mandates would tell of it.
    """
    condition, values = among("p.number", sorted(set(numbers)), name="number")
    rows = await fetch(
        "SELECT DISTINCT p.number FROM papers p JOIN papers r ON r.answers = p.number"
        f" WHERE {condition} AND (r.effective = 'public' OR p.effective = 'nonpublic')",
        values,
    )
    return frozenset(row["number"] for row in rows)


async def save(transaction: Transaction, papers: Sequence[Stored[Paper]]) -> None:
    await transaction.run_each(upsert("papers", _COLUMNS, ("id",)), [_row(stored) for stored in papers])
    await _CONSULTATIONS.replace(transaction, {stored.id: stored.record.consultations for stored in papers})
    await _MANDATES.replace(transaction, {stored.id: stored.record.mandates for stored in papers})
    await _MILESTONES.replace(transaction, {stored.id: stored.record.milestones for stored in papers})
    await _SECTIONS.replace(transaction, {stored.id: stored.record.sections for stored in papers})


def _row(stored: Stored[Paper]) -> Values:
    row = to_row(stored.record, without=_ELSEWHERE)
    return row | {"id": stored.id, "effective": effective_visibility(stored.record).value}
