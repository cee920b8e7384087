"""Question lists and inquiries as rows."""

import re
from collections.abc import Iterable, Sequence
from sqlite3 import Row

from registry.inquiries import Contribution, Inquiry, QuestionList
from registry.visibility import Clearance
from storage.database import Transaction
from storage.rows import Fetch, Parts, Stored, Values, from_row, to_json, to_row, upsert
from storage.visibility import EVERYTHING, visible

# Non-public inquiries count for themselves (QN1, QN2 …): the numbers of the public ones have no gaps to read.
FIRST_NONPUBLIC = 1_000_000_001
_NUMBER = re.compile(r"Q(?P<nonpublic>N?)(?P<digits>[0-9]{1,9})")

_CONTRIBUTIONS = Parts("contributions", "inquiry", Contribution)
_ELSEWHERE = ("contributions", "doubts")
_COLUMNS = ("id", *(name for name in Inquiry.model_fields if name not in _ELSEWHERE))


async def load(fetch: Fetch, condition: str, values: Values, clearance: Clearance) -> list[Stored[Inquiry]]:
    """The inquiries (``q``) that meet a condition, as far as the clearance allows, by number."""
    where = f"{condition} AND {visible(clearance, 'q.visibility')}"
    rows = await fetch(f"SELECT q.* FROM inquiries q WHERE {where} ORDER BY q.number", values)
    selected = f"SELECT q.id FROM inquiries q WHERE {where}"
    contributions = await _CONTRIBUTIONS.fetch(fetch, selected, values)
    links = await _links(fetch, selected, values, clearance)
    return [_inquiry(row, contributions.get(row["id"], ()), links.get(row["id"], [])) for row in rows]


def _inquiry(row: Row, contributions: tuple[Contribution, ...], links: Sequence[Row]) -> Stored[Inquiry]:
    inquiry = from_row(
        Inquiry,
        dict(row) | {"number": number_text(row["number"])},
        contributions=contributions,
        doubts=tuple(link["measure"] for link in links if link["is_doubted"]),
    )
    measures = tuple(link["measure"] for link in links if link["is_about"])
    about = inquiry.about.model_copy(update={"measures": measures})
    return Stored(row["id"], inquiry.model_copy(update={"about": about}))


async def _links(fetch: Fetch, selected: str, values: Values, clearance: Clearance) -> dict[int, list[Row]]:
    """The measures that inquiries speak of; without content clearance only those the reader sees."""
    seen = f"EXISTS (SELECT 1 FROM measures m WHERE m.number = a.measure AND {visible(clearance, 'm.visibility')})"
    known = EVERYTHING if clearance is Clearance.CONTENT else seen
    rows = await fetch(
        f"SELECT a.* FROM inquiry_measures a WHERE a.inquiry IN ({selected}) AND {known}"
        " ORDER BY a.inquiry, a.position",
        values,
    )
    links: dict[int, list[Row]] = {}
    for row in rows:
        links.setdefault(row["inquiry"], []).append(row)
    return links


async def save(transaction: Transaction, inquiries: Sequence[Stored[Inquiry]]) -> None:
    await transaction.run_each(upsert("inquiries", _COLUMNS, ("id",)), [_row(stored) for stored in inquiries])
    await _CONTRIBUTIONS.replace(transaction, {stored.id: stored.record.contributions for stored in inquiries})
    await transaction.run_each(
        "DELETE FROM inquiry_measures WHERE inquiry = :inquiry", [{"inquiry": stored.id} for stored in inquiries]
    )
    await transaction.run_each(
        "INSERT INTO inquiry_measures (inquiry, position, measure, is_about, is_doubted)"
        " VALUES (:inquiry, :position, :measure, :is_about, :is_doubted)",
        [link for stored in inquiries for link in _link_rows(stored)],
    )


def _row(stored: Stored[Inquiry]) -> Values:
    inquiry = stored.record
    about = inquiry.about.model_dump(mode="json", exclude={"measures"})
    row = to_row(inquiry, without=_ELSEWHERE)
    return row | {"id": stored.id, "number": stored_number(inquiry.number or ""), "about": to_json(about)}


def _link_rows(stored: Stored[Inquiry]) -> list[Values]:
    about, doubts = stored.record.about.measures, stored.record.doubts
    return [
        {
            "inquiry": stored.id,
            "position": position,
            "measure": measure,
            "is_about": int(measure in about),
            "is_doubted": int(measure in doubts),
        }
        for position, measure in enumerate(dict.fromkeys((*about, *doubts)), 1)
    ]


def number_text(number: int) -> str:
    """A stored number as people read it."""
    return f"Q{number}" if number < FIRST_NONPUBLIC else f"QN{number - FIRST_NONPUBLIC + 1}"


def stored_number(text: str) -> int | None:
    """The number as it is stored, or None where the text is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return int(found["digits"]) + (FIRST_NONPUBLIC - 1 if found["nonpublic"] else 0)


async def next_numbers(fetch: Fetch) -> tuple[int, int]:
    """The next number of the public inquiries, and that of the others."""
    rows = await fetch(
        "SELECT max(CASE WHEN number < :first THEN number END) AS public,"
        " max(CASE WHEN number >= :first THEN number END) AS nonpublic FROM inquiries",
        {"first": FIRST_NONPUBLIC},
    )
    return (rows[0]["public"] or 0) + 1, (rows[0]["nonpublic"] or FIRST_NONPUBLIC - 1) + 1


async def lists(fetch: Fetch, clearance: Clearance) -> tuple[QuestionList, ...]:
    rows = await fetch(f"SELECT * FROM question_lists WHERE {visible(clearance)} ORDER BY key", {})
    return tuple(from_row(QuestionList, row) for row in rows)


async def save_lists(transaction: Transaction, question_lists: Iterable[QuestionList]) -> None:
    rows = [to_row(question_list) for question_list in question_lists]
    await transaction.run_each(upsert("question_lists", QuestionList.model_fields, ("key",)), rows)


def is_nonpublic(number: str | None) -> bool:
    """Whether a number was given to an inquiry that was not public then."""
    return number is not None and (stored_number(number) or 0) >= FIRST_NONPUBLIC
