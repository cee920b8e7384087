"""Which record a reference means."""

from datetime import date

import pytest

from registry.measures import Measure
from registry.reading import Form, Reading
from registry.rounds import EvaluationRound, RoundState
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import AS_OF, CONTENT, PUBLIC, a_measure

LATER = date(2026, 6, 30)


async def have(store: Store, *measures: Measure, public: bool = True) -> None:
    await apply(store, Reading(source="document", form=Form.EVALUATION, measures=measures), public=public)


@pytest.mark.parametrize(("first", "second"), [(AS_OF, LATER), (None, AS_OF), (AS_OF, AS_OF), (None, None)])
async def test_a_number_of_two_concepts_means_the_measure_of_the_latest_round_or_of_the_last_name(
    first: date | None, second: date | None, store: Store
) -> None:
    await have(store, a_measure(concept="Anfang", as_of=first), a_measure(concept="Ende", as_of=second))

    meant = await store.register(PUBLIC).measure("1.1.M1")

    assert meant is not None and meant.concept == "Ende"


async def test_a_hidden_measure_of_a_later_round_hides_no_public_one_of_its_number(store: Store) -> None:
    await have(store, a_measure(concept="Plan", as_of=AS_OF))
    await have(store, a_measure(concept="Entwurf", as_of=LATER), public=False)

    found = [await store.register(reader).measure("1.1.M1") for reader in (PUBLIC, CONTENT)]

    assert [one and one.concept for one in found] == ["Plan", "Entwurf"]


async def test_the_open_round_of_a_concept_is_the_latest_of_its_own(store: Store) -> None:
    days = {"Plan": (date(2024, 6, 30), AS_OF), "Entwurf": (LATER,)}
    rounds = tuple(
        EvaluationRound(concept=name, as_of=day, state=RoundState.OPEN) for name, of in days.items() for day in of
    )
    closed = EvaluationRound(concept="Plan", as_of=LATER, state=RoundState.CLOSED)
    await apply(store, Reading(source="document", form=Form.EVALUATION, rounds=(*rounds, closed)))

    register = store.register(PUBLIC)
    found = [await register.open_round(concept) for concept in ("Plan", "Entwurf", "Kein Plan")]

    assert [one and one.as_of for one in found] == [AS_OF, LATER, None]
