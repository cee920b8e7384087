"""What is kept of answers, and until when."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from handlers import shelf
from handlers.shelf import Shelf


def telling(answer: str, told: list[str]) -> Callable[[], Awaitable[str]]:
    async def compose() -> str:
        told.append(answer)
        return answer

    return compose


async def test_an_answer_is_composed_once_until_the_register_changes() -> None:
    kept, told = Shelf[str, str](), list[str]()

    answers = [await kept.take("A50", revision, telling(f"as of {revision}", told)) for revision in (7, 7, 8, 8)]

    assert (answers, told) == (["as of 7", "as of 7", "as of 8", "as of 8"], ["as of 7", "as of 8"])


async def test_what_is_wanted_otherwise_is_composed_for_itself() -> None:
    kept, told = Shelf[tuple[str, str], str](), list[str]()

    answers = [await kept.take(("A50", sight), 1, telling(sight, told)) for sight in ("public", "non-public")]

    assert answers == ["public", "non-public"]


async def test_of_an_unknown_revision_nothing_is_kept_and_nothing_taken() -> None:
    kept, told = Shelf[str, str](), list[str]()

    for revision in (None, 1, None):
        await kept.take("A50", revision, telling(f"as of {revision}", told))

    assert told == ["as of None", "as of 1", "as of None"]


async def test_what_was_asked_before_a_change_and_composed_after_it_is_not_kept_for_later() -> None:
    kept, told, may_go_on = Shelf[str, str](), list[str](), asyncio.Event()

    async def slowly() -> str:
        await may_go_on.wait()
        return "old"

    slow = asyncio.create_task(kept.take("A50", 1, slowly))
    await asyncio.sleep(0)
    await kept.take("A11", 2, telling("new", told))
    may_go_on.set()

    assert [await slow, await kept.take("A50", 2, telling("new", told))] == ["old", "new"]


async def test_who_still_asks_as_of_before_a_change_does_not_empty_the_shelf() -> None:
    kept, told = Shelf[str, str](), list[str]()

    for revision in (2, 1, 2):
        await kept.take("A50", revision, telling(f"as of {revision}", told))

    assert told == ["as of 2", "as of 1"]


async def test_a_full_shelf_lets_the_oldest_answer_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_MOST", 2)
    kept, told = Shelf[str, str](), list[str]()

    for wanted in ("one", "two", "three", "two", "one"):
        await kept.take(wanted, 1, telling(wanted, told))

    assert told == ["one", "two", "three", "one"]


async def test_what_is_made_for_one_person_is_not_kept_for_the_next() -> None:
    kept, told = Shelf[str, str](), list[str]()

    for answer in ("for Kim", "for Toni", "for all", "for nobody"):
        await kept.take("A50", 1, telling(answer, told), may_stay=lambda composed: composed == "for all")

    assert told == ["for Kim", "for Toni", "for all"]
