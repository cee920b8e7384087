"""Telegram's limits, over every span of time and whatever is asked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.departures import Departures
from bot.pacing import Pacer
from storage.outbox import Queued
from storage.outgoing import OutgoingKind

REPLY, POST, BODY, TOAST = OutgoingKind.REPLY, OutgoingKind.POST, OutgoingKind.BODY, OutgoingKind.TOAST


def drain(departures: Departures, *, since: float = 0.0, until: float, room: int = 1000) -> list[tuple[float, Queued]]:
    """Sends at once whatever may leave, jumping from one permitted moment to the next."""
    sent: list[tuple[float, Queued]] = []
    now: float | None = since
    while now is not None and now <= until:
        for message in departures.take(now, room):
            sent.append((now, message))
            departures.done(message)
        following = departures.next_at(now)
        now = max(following, now + 0.001) if following is not None else None
    return sent


def most_within(times: list[float], seconds: float) -> int:
    return max((sum(start <= time < start + seconds for time in times) for start in times), default=0)


def departures_of(*messages: tuple[int, OutgoingKind]) -> Departures:
    departures = Departures(Pacer())
    for number, (chat, kind) in enumerate(messages, start=1):
        departures.add(Queued(number, chat, kind))
    return departures


def test_thirty_messages_a_second_and_no_more() -> None:
    sent = drain(departures_of(*((chat, REPLY) for chat in range(1, 301))), until=60)

    times = [time for time, _ in sent]
    assert len(times) == 300
    assert most_within(times, 1.0) == 30
    assert times[-1] < 300 / 30 * 1.1


def test_one_message_a_second_in_a_chat_after_a_short_burst() -> None:
    times = [time for time, _ in drain(departures_of(*[(7, REPLY)] * 12), until=60)]

    assert times[2] < 0.01
    assert most_within(times, 3.0) == 3
    assert len(times) == 12


def test_twenty_messages_a_minute_in_a_group() -> None:
    times = [time for time, _ in drain(departures_of(*[(-7, REPLY)] * 45), until=200)]

    assert most_within(times, 60.0) == 20
    assert len(times) == 45


def test_button_answers_wait_for_no_message_of_their_chat() -> None:
    sent = drain(departures_of(*[(-7, REPLY)] * 30, (-7, TOAST)), until=1)

    assert (0.0, TOAST) in [(time, message.kind) for time, message in sent]


def test_posts_leave_room_for_answers_in_every_second() -> None:
    departures = departures_of(*((-chat, POST) for chat in range(1, 200)))
    first = departures.take(0.0, 1000)
    departures.add(Queued(1000, 5, REPLY))

    assert [message.kind for message in first] == [POST] * 25
    assert departures.take(0.0, 1000) == [Queued(1000, 5, REPLY)]


def test_a_thousand_posts_use_every_place_there_is() -> None:
    times = [time for time, _ in drain(departures_of(*((-chat, POST) for chat in range(1, 1001))), until=60)]

    assert len(times) == 1000
    assert most_within(times, 1.0) <= 30
    assert times[-1] < 1000 / 30 * 1.05
    steady = [after - before for before, after in pairwise(times[100:])]
    assert max(steady) < 0.05


@pytest.mark.parametrize("asked_at", [0.3, 1.0, 1.5, 5.01, 20.02])
def test_whoever_asks_while_posts_leave_is_answered_at_once_and_others_a_place_later(asked_at: float) -> None:
    departures = departures_of(*((-chat, POST) for chat in range(1, 1001)))
    now = 0.0
    while now < asked_at:
        for message in departures.take(now, 1000):
            departures.done(message)
        now = departures.next_at(now) or asked_at
    for answer in range(5):
        departures.add(Queued(2000 + answer, 5 + answer, REPLY))

    answered = [time for time, message in drain(departures, since=asked_at, until=asked_at + 1) if message.chat > 0]

    assert [time - asked_at < 0.001 + 0.052 * at for at, time in enumerate(answered)] == [True] * 5


def test_posts_do_not_take_the_last_places_after_many_answers() -> None:
    departures = departures_of(*((chat, REPLY) for chat in range(1, 27)), *((-chat, POST) for chat in range(1, 9)))
    departures.take(0.0, 1000)
    departures.add(Queued(1000, 100, REPLY))

    assert departures.take(0.0, 1000) == [Queued(1000, 100, REPLY)]
    assert [message.kind for message in departures.take(0.6, 1000)] == []


def test_a_late_message_keeps_the_limits_by_when_it_left() -> None:
    departures = departures_of(*((chat, REPLY) for chat in range(1, 61)))
    first = departures.take(0.0, 1000)
    departures.left(first, 0.5)

    assert departures.take(1.1, 1000) == []
    assert len(departures.take(1.6, 1000)) == 30


def test_bodies_take_no_place_of_a_message_but_one_of_their_chat() -> None:
    departures = departures_of(*((-chat, BODY) for chat in range(1, 21)), *((chat, REPLY) for chat in range(1, 31)))

    assert len(departures.take(0.0, 1000)) == 50
    times = [time for time, _ in drain(departures_of(*[(-7, BODY)] * 21), until=200)]
    assert most_within(times, 60.0) == 20


def test_bodies_come_before_posts_and_at_a_pace_of_their_own() -> None:
    sent = drain(departures_of(*((chat, kind) for kind in (POST, BODY) for chat in range(1, 101))), until=60)

    bodies = [time for time, message in sent if message.kind is BODY]
    assert [message.kind for _, message in sent[:25]] == [POST] * 25
    assert most_within(bodies, 1.0) <= 30


def test_an_answer_behind_a_post_of_its_chat_does_not_wait_for_the_posts_of_others() -> None:
    departures = departures_of(*((-chat, POST) for chat in range(1, 200)))
    departures.take(0.0, 1000)
    departures.add(Queued(1000, -150, REPLY))

    assert [message.chat for message in departures.take(0.0, 1000)] == [-150]
    departures.done(Queued(150, -150, POST))
    assert departures.take(0.0, 1000) == [Queued(1000, -150, REPLY)]


def test_a_delayed_chat_keeps_its_order_and_holds_up_nobody() -> None:
    departures = departures_of((1, REPLY), (1, REPLY), (2, REPLY))
    first, other = departures.take(0.0, 10)
    departures.delay(first, 5.0)
    departures.done(other)

    assert departures.take(1.0, 10) == []
    assert [(round(time), message.id) for time, message in drain(departures, until=10)] == [(5, 1), (5, 2)]


def test_a_moved_chat_takes_its_mail_along_in_order() -> None:
    departures = departures_of((-1, REPLY), (-2, REPLY), (-1, REPLY))
    departures.take(0.0, 1)
    departures.move(-1, -2)

    assert departures.take(0.0, 10) == []
    departures.delay(Queued(1, -1, REPLY), 0.0)
    assert [message.id for _, message in drain(departures, until=10)] == [1, 2, 3]


def test_what_was_cancelled_is_forgotten_and_what_was_queued_since_is_not() -> None:
    departures = departures_of((1, REPLY), (1, REPLY), (2, REPLY), (1, REPLY))
    [out] = departures.take(0.0, 1)
    departures.forget(1, {1, 2})
    departures.done(out)

    assert [message.id for _, message in drain(departures, until=10)] == [3, 4]


def test_a_message_that_has_to_wait_does_so_when_its_turn_has_come_too() -> None:
    departures = departures_of((1, REPLY), (2, REPLY))
    departures.add(Queued(3, 1, REPLY), ready_at=5.0)

    assert [(time, message.id) for time, message in drain(departures, until=10)] == [(0.0, 1), (0.0, 2), (5.0, 3)]


Mail = st.lists(st.tuples(st.integers(-4, 4).filter(bool), st.sampled_from([REPLY, POST, BODY, TOAST])), max_size=80)


@given(Mail, st.integers(1, 10))
def test_whatever_is_queued_leaves_once_in_order_and_within_the_limits(
    mail: list[tuple[int, OutgoingKind]], room: int
) -> None:
    sent = drain(departures_of(*mail), until=10_000, room=room)

    assert sorted(message.id for _, message in sent) == list(range(1, len(mail) + 1))
    for chat in {chat for chat, _ in mail}:
        own = [(time, message.id) for time, message in sent if message.chat == chat and message.kind is not TOAST]
        assert all(one < next_one for (_, one), (_, next_one) in pairwise(own))
        times = [time for time, _ in own]
        assert most_within(times, 2.999) <= 3
        assert chat > 0 or most_within(times, 59.999) <= 20
