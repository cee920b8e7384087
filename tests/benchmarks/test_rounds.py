"""Only true answers count."""

import asyncio

from tests.benchmarks.rounds import FIRST_CHAT, Question, Round, askings, percentile
from tests.benchmarks.updates import Shown

OPEN_FOR_A50 = Question("was ist offen für A50", ("3 Fragen", "Q1", "Q2"))


def a_round(*questions: Question, count: int) -> Round:
    """A round whose questions have all been asked, one chat each."""
    running = Round(count)
    for asking in askings(questions, count, chats=count):
        running.ask(asking)
    return running


async def test_an_answer_with_every_expected_piece_in_order_counts() -> None:
    running = a_round(OPEN_FOR_A50, count=1)

    running.hear(Shown(FIRST_CHAT, 1, "A50: 3 Fragen\nQ1 · Betreuung\nQ2 · Wohnen"))

    result = await running.finished()
    assert (result.asked, result.answered, result.wrong) == (1, 1, ())


async def test_an_answer_with_its_pieces_out_of_order_is_wrong() -> None:
    running = a_round(OPEN_FOR_A50, count=1)

    running.hear(Shown(FIRST_CHAT, 1, "A50: 3 Fragen\nQ2 · Wohnen\nQ1 · Betreuung"))

    result = await running.finished()
    assert (result.answered, result.wrong) == (0, ("A50: 3 Fragen\nQ2 · Wohnen\nQ1 · Betreuung",))


async def test_an_answer_said_twice_is_wrong_the_second_time() -> None:
    running = a_round(Question("hallo {n}", ("hallo {n}",)), count=2)

    running.hear(Shown(FIRST_CHAT, 1, "hallo 0"))
    running.hear(Shown(FIRST_CHAT, 1, "hallo 0"))

    result = await running.finished()
    assert (result.answered, result.wrong) == (1, ("hallo 0",))


async def test_an_answer_in_another_chat_is_wrong() -> None:
    running = a_round(Question("hallo {n}", ("hallo {n}",)), count=2)

    running.hear(Shown(FIRST_CHAT, 1, "hallo 1"))
    running.hear(Shown(FIRST_CHAT + 1, 1, "hallo 1"))

    result = await running.finished()
    assert (result.answered, result.wrong) == (1, ("hallo 1",))


async def test_a_round_waits_for_the_last_answer() -> None:
    running = a_round(Question("hallo {n}", ("hallo {n}",)), count=2)
    waiting = asyncio.create_task(running.finished())

    running.hear(Shown(FIRST_CHAT, 1, "hallo 0"))
    await asyncio.sleep(0)
    done_after_the_first = waiting.done()
    running.hear(Shown(FIRST_CHAT + 1, 1, "hallo 1"))

    assert not done_after_the_first
    assert (await waiting).answered == 2


async def test_a_question_nobody_answers_is_given_up_after_a_silence() -> None:
    running = Round(2, patience=0.01)
    for asking in askings([Question("hallo {n}", ("hallo {n}",))], 2, chats=2):
        running.ask(asking)

    running.hear(Shown(FIRST_CHAT, 1, "hallo 0"))

    result = await running.finished()
    assert (result.asked, result.answered, result.wrong) == (2, 1, ())


def test_each_chat_asks_ever_the_same_question_in_turn() -> None:
    questions = (Question("A50?", ()), Question("A51?", ()))

    asked = [(asking.chat - FIRST_CHAT, asking.question.text) for asking in askings(questions, 6, chats=4)]

    assert asked == [(0, "A50?"), (1, "A51?"), (2, "A50?"), (3, "A51?"), (0, "A50?"), (1, "A51?")]


def test_questions_are_numbered_on_from_those_before() -> None:
    asked = askings([Question("hallo {n}", ())], 2, chats=2, first=7)

    assert [asking.question.text for asking in asked] == ["hallo 7", "hallo 8"]


def test_percentiles_are_values_that_occurred() -> None:
    values = [float(value) for value in range(100, 0, -1)]

    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (50.0, 99.0, 7.0)
