"""Applies what records stand on: offices, concepts with their fields and rounds, question lists, titles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from registry.applied import Act, Outcome
from registry.inquiries import QuestionList
from registry.measures import FieldOfAction, Recommendation
from registry.reading import Finding, FindingKind, Reading, Title
from registry.records import Record
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Clearance, Visibility
from storage import inquiries, measures, offices
from storage.database import Transaction
from storage.lateness import finding_on
from storage.layers import Key, Layers, seen
from storage.rows import Fetch, Found, from_row

_FIELDS = Layers("fields", FieldOfAction, ("concept", "number"), "title")
_RECOMMENDATIONS = Layers("recommendations", Recommendation, ("concept", "field", "number"), "text")
ROUNDS = Layers("rounds", EvaluationRound, ("concept", "as_of"), "state")
_TITLES = Layers("titles", Title, ("ref", "language"), "text")


class Laid(NamedTuple):
    outcomes: list[Outcome]
    findings: list[Finding]


async def lay(transaction: Transaction, reading: Reading, *, public: bool) -> Laid:
    """Writes it all and says what was new. What only a non-public document says takes nothing public away."""
    conceptual = (reading.fields, reading.recommendations, reading.rounds, reading.measures)
    await measures.save_concepts(transaction, {one.concept for records in conceptual for one in records})
    offices_laid = await _lay_offices(transaction, reading)
    fields = await _lay_layer(transaction, "field", _FIELDS, reading.fields, _field_ref, public=public)
    recommendations = await _lay_layer(
        transaction, "recommendation", _RECOMMENDATIONS, reading.recommendations, _recommendation_ref, public=public
    )
    rounds = await _lay_rounds(transaction, reading.rounds, public=public)
    lists = await _lay_lists(transaction, reading, public=public)
    titled = await _lay_layer(transaction, "title", _TITLES, reading.titles, _title_ref, public=public)
    return Laid([*offices_laid, *fields, *recommendations, *rounds, *lists.outcomes, *titled], lists.findings)


async def titles(fetch: Fetch, clearance: Clearance) -> dict[tuple[str, str], str]:
    """The city's short titles by reference and language."""
    return {(title.ref, title.language): title.text for title in (await _TITLES.read(fetch, clearance)).values()}


async def open_rounds(fetch: Fetch, clearance: Clearance) -> frozenset[tuple[str, str]]:
    """Concept and as-of day of each round in which offices may still report."""
    rounds = (await ROUNDS.read(fetch, clearance)).values()
    return frozenset((one.concept, str(one.as_of)) for one in rounds if one.state is RoundState.OPEN)


async def open_round(fetch: Fetch, concept: str, clearance: Clearance) -> EvaluationRound | None:
    """The latest round of a concept that is open."""
    rows = await fetch(
        f"SELECT * FROM {seen('rounds', clearance)} WHERE concept = :concept AND state = 'open'"
        " ORDER BY as_of DESC LIMIT 1",
        {"concept": concept},
    )
    return from_row(EvaluationRound, rows[0]) if rows else None


async def _lay_offices(transaction: Transaction, reading: Reading) -> list[Outcome]:
    """Offices are added or written anew; one that the document leaves out stays, for records may name it."""
    known = {office.code: office for office in await offices.offices(transaction.fetch)}
    await offices.save_offices(
        transaction, list((known | {office.code: office for office in reading.offices}).values())
    )
    return _outcomes("office", reading.offices, known, lambda office: office.code)


async def _lay_layer(
    transaction: Transaction,
    kind: str,
    layers: Layers[Found],
    given: Iterable[Found],
    ref_of: Callable[[Found], str],
    *,
    public: bool,
) -> list[Outcome]:
    """What a document only counts keeps the words it has."""
    before, below = await _known(transaction.fetch, layers, public=public)
    new = [one for one in given if getattr(one, layers.words) or layers.key_of(one) not in below]
    await layers.save(transaction, new, public=public)
    return [_outcome(kind, layers, one, before, below, ref_of) for one in new]


async def _lay_rounds(transaction: Transaction, given: Sequence[EvaluationRound], *, public: bool) -> list[Outcome]:
    """Rounds are only ever added here: opening and closing one is an act of its own."""
    before, below = await _known(transaction.fetch, ROUNDS, public=public)
    await ROUNDS.save(transaction, [one for one in given if ROUNDS.key_of(one) not in below], public=public)
    stay = [below.get(ROUNDS.key_of(one), one) for one in given]
    return [_outcome("round", ROUNDS, one, before, below, _round_ref) for one in stay]


async def _known(fetch: Fetch, layers: Layers[Found], *, public: bool) -> tuple[dict[Key, Found], dict[Key, Found]]:
    """What is known at all, and what of it a document is compared with: a public one with what is public."""
    everything = await layers.read(fetch, Clearance.CONTENT)
    return everything, await layers.read(fetch, Clearance.PUBLIC) if public else everything


def _outcome(
    kind: str,
    layers: Layers[Found],
    one: Found,
    before: Mapping[Key, Found],
    below: Mapping[Key, Found],
    ref_of: Callable[[Found], str],
) -> Outcome:
    key = layers.key_of(one)
    act = _act(below.get(key), one)
    covered = act is Act.UNCHANGED and before.get(key) != one
    return Outcome(kind=kind, ref=ref_of(one), act=Act.CHANGED if covered else act)


async def _lay_lists(transaction: Transaction, reading: Reading, *, public: bool) -> Laid:
    """A list has one layer, for inquiries hang on it: what a public document said of it stays against any other."""
    known = {one.key: one for one in await inquiries.lists(transaction.fetch, Clearance.CONTENT)}
    label = Visibility.PUBLIC if public else Visibility.NONPUBLIC
    given = [one.model_copy(update={"visibility": label}) for one in reading.lists]
    new = [known[one.key] if _is_settled(known.get(one.key), one) else one for one in given]
    await inquiries.save_lists(transaction, new)
    contradicted = [one for one, taken in zip(reading.lists, new, strict=True) if not _says_the_same(one, taken)]
    findings = [finding_on(FindingKind.LIST_STAYS, reading, one.key, one.title) for one in contradicted]
    return Laid(_outcomes("list", new, known, lambda one: one.key), findings)


def _is_settled(known: QuestionList | None, new: QuestionList) -> bool:
    return known is not None and known.visibility is Visibility.PUBLIC and new.visibility is Visibility.NONPUBLIC


def _says_the_same(one: QuestionList, other: QuestionList) -> bool:
    return one == other.model_copy(update={"visibility": one.visibility})


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


def _title_ref(one: Title) -> str:
    return f"{one.ref} {one.language}"
