"""Applies what records stand on: offices, concepts with their fields and rounds, question lists, titles."""

from collections.abc import Callable, Iterable, Mapping

from registry.applied import Act, Outcome
from registry.inquiries import QuestionList
from registry.measures import FieldOfAction, Recommendation
from registry.reading import Reading
from registry.records import Record
from registry.rounds import EvaluationRound
from registry.visibility import Clearance, Visibility
from storage import inquiries, measures, offices
from storage.database import Transaction
from storage.rows import Fetch, Found, from_row


async def lay(transaction: Transaction, reading: Reading, *, public: bool) -> list[Outcome]:
    """Writes it all and says what was new."""
    conceptual = (reading.fields, reading.recommendations, reading.rounds, reading.measures)
    await measures.save_concepts(transaction, {one.concept for records in conceptual for one in records})
    return [
        *await _lay_offices(transaction, reading),
        *await _lay_fields(transaction, reading),
        *await _lay_recommendations(transaction, reading),
        *await _lay_rounds(transaction, reading),
        *await _lay_lists(transaction, reading, public=public),
        *await _lay_titles(transaction, reading),
    ]


async def _lay_offices(transaction: Transaction, reading: Reading) -> list[Outcome]:
    """Offices are added or written anew; one that the document leaves out stays, for records may name it."""
    known = {office.code: office for office in await offices.offices(transaction.fetch)}
    await offices.save_offices(
        transaction, list((known | {office.code: office for office in reading.offices}).values())
    )
    return _outcomes("office", reading.offices, known, lambda office: office.code)


async def _lay_fields(transaction: Transaction, reading: Reading) -> list[Outcome]:
    """A field that is only counted keeps the title it has."""
    known = {_field_ref(one): one for one in await _all(transaction.fetch, "fields", FieldOfAction)}
    new = [one for one in reading.fields if one.title or _field_ref(one) not in known]
    await measures.save_fields(transaction, new)
    return _outcomes("field", new, known, _field_ref)


async def _lay_recommendations(transaction: Transaction, reading: Reading) -> list[Outcome]:
    """A recommendation that is only counted keeps the text it has."""
    known = {_recommendation_ref(one): one for one in await _all(transaction.fetch, "recommendations", Recommendation)}
    new = [one for one in reading.recommendations if one.text or _recommendation_ref(one) not in known]
    await measures.save_recommendations(transaction, new)
    return _outcomes("recommendation", new, known, _recommendation_ref)


async def _lay_rounds(transaction: Transaction, reading: Reading) -> list[Outcome]:
    """Rounds are only ever added here: opening and closing one is an act of its own."""
    known = {_round_ref(one): one for one in await _all(transaction.fetch, "rounds", EvaluationRound)}
    await measures.save_rounds(transaction, reading.rounds)
    new = [known.get(_round_ref(one), one) for one in reading.rounds]
    return _outcomes("round", new, known, _round_ref)


async def _lay_lists(transaction: Transaction, reading: Reading, *, public: bool) -> list[Outcome]:
    known = {one.key: one for one in await inquiries.lists(transaction.fetch, Clearance.CONTENT)}
    new = [_labelled(one, known.get(one.key), public=public) for one in reading.lists]
    await inquiries.save_lists(transaction, new)
    return _outcomes("list", new, known, lambda one: one.key)


def _labelled(new: QuestionList, known: QuestionList | None, *, public: bool) -> QuestionList:
    label = Visibility.PUBLIC if public else known.visibility if known else Visibility.NONPUBLIC
    return new.model_copy(update={"visibility": label})


async def _lay_titles(transaction: Transaction, reading: Reading) -> list[Outcome]:
    known = await offices.titles(transaction.fetch)
    await offices.save_titles(transaction, reading.titles)
    acts = ((title, known.get((title.ref, title.language))) for title in reading.titles)
    return [
        Outcome(kind="title", ref=f"{title.ref} {title.language}", act=_act(before, title.text))
        for title, before in acts
    ]


async def _all(fetch: Fetch, table: str, model: type[Found]) -> list[Found]:
    return [from_row(model, row) for row in await fetch(f"SELECT * FROM {table}", {})]


def _outcomes(
    kind: str, new: Iterable[Found], known: Mapping[str, Record], ref_of: Callable[[Found], str]
) -> list[Outcome]:
    return [Outcome(kind=kind, ref=ref_of(one), act=_act(known.get(ref_of(one)), one)) for one in new]


def _act(before: object, after: object) -> Act:
    if before is None:
        return Act.ADDED
    return Act.UNCHANGED if before == after else Act.CHANGED


def _field_ref(one: FieldOfAction) -> str:
    return f"{one.concept} {one.number}"


def _recommendation_ref(one: Recommendation) -> str:
    return f"{one.concept} {one.field}.{one.number}"


def _round_ref(one: EvaluationRound) -> str:
    return f"{one.concept} {one.as_of}"
