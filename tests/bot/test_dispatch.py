"""What goes out: in order, at Telegram's pace, never lost, and honest about repetitions (RELIABILITY, section B)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.intake import TokenRefused
from bot.pacing import Pacer
from bot.playground.chats import Room
from bot.playground.refusals import NOT_FOUND, UNAUTHORIZED, Refusal, bad_request, forbidden
from registry.people import Role
from registry.visibility import Visibility
from storage.clearances import Clearances
from storage.outgoing import Outgoing, OutgoingKind
from tests.bot.office import ADMIN, KIM, PATIENCE, Office, eventually, failing_once, says

REPETITION = "Das ist vielleicht eine Wiederholung: Beim Senden ist die Verbindung abgerissen."


async def queue(office: Office, *outgoing: Outgoing, key: str = "t") -> None:
    await office.store.outbox.add(outgoing, key=key, at=office.now)


async def settle_all(office: Office) -> None:
    async with office.opened():
        await office.settled()


async def test_messages_of_a_chat_arrive_in_the_order_they_were_queued(office: Office) -> None:
    kim, group = office.private(), office.api.town.group("Team", office.kim())
    await queue(office, *(says(room.id, f"{n}") for n in range(30) for room in (kim, group)))

    await settle_all(office)

    assert office.said() == office.said(group) == [f"{n}" for n in range(30)]


async def test_an_answer_lost_on_the_way_is_repeated_once_and_says_so(office: Office) -> None:
    kim = office.private()
    await queue(office, says(kim.id, "hello"), says(kim.id, "second"))
    office.api.trouble.lose_answer(method="sendMessage")

    await settle_all(office)

    assert office.said() == ["hello", f"hello\n\n{REPETITION}", "second"]
    assert await office.states("outbox") == ["sent", "sent"]


async def test_the_repetition_is_said_in_the_chats_language(office: Office) -> None:
    kim = office.private()
    await office.store.database.write_rows(("INSERT INTO people (id, language) VALUES (?, 'en')", [(KIM,)]))
    await queue(office, says(kim.id, "<b>hello</b>", parse_mode="HTML"))
    office.api.trouble.lose_answer(method="sendMessage")

    await settle_all(office)

    note = "This may be a repetition: the connection broke while the message was being sent."
    assert office.said() == ["hello", f"hello\n\n{note}"]


async def test_a_message_leased_when_the_bot_was_killed_is_repeated_with_the_line(office: Office) -> None:
    kim = office.private()
    await queue(office, says(kim.id, "reply"), Outgoing(kim.id, "leaveChat", {"chat_id": kim.id}, OutgoingKind.ACT))
    await office.store.database.write(lambda open_: open_.fetch("UPDATE outbox SET state = 'leased'"))

    await settle_all(office)

    assert office.said() == [f"reply\n\n{REPETITION}"]


async def test_an_edit_is_repeated_in_silence(office: Office) -> None:
    message = office.api.town.post(office.private(), office.api.town.bot, "before")
    edit = {"chat_id": KIM, "message_id": message.id, "text": "after"}
    await queue(office, Outgoing(KIM, "editMessageText", edit, OutgoingKind.EDIT))
    office.api.trouble.lose_answer(method="editMessageText")

    await settle_all(office)

    assert office.said() == ["after"]
    assert [call.description for call in office.api.made("editMessageText")][-1].startswith(
        "Bad Request: message is not modified"
    )
    assert await office.states("outbox") == ["sent"]


@pytest.mark.parametrize("trouble", ["reset", "garbage", "html_page", "server_error"])
async def test_no_message_is_dropped_when_telegram_is_in_trouble(office: Office, trouble: str) -> None:
    await queue(office, says(KIM, "one"), says(KIM, "two"))
    office.private()
    getattr(office.api.trouble, trouble)(method="sendMessage", times=2)

    await settle_all(office)

    assert [text.partition("\n")[0] for text in office.said()] == ["one", "two"]
    assert await office.states("outbox") == ["sent", "sent"]


async def test_what_a_server_error_refused_is_sent_again_without_the_line(office: Office) -> None:
    office.private()
    await queue(office, says(KIM, "one"))
    office.api.trouble.server_error(method="sendMessage", times=2)

    await settle_all(office)

    assert office.said() == ["one"]


async def test_while_nobody_listens_nothing_was_sent_and_nothing_is_called_a_repetition(
    office: Office, unused_tcp_port: int
) -> None:
    office.private()
    office.settings = office.settings.model_copy(update={"api_url": f"http://127.0.0.1:{unused_tcp_port}"})
    office.api.trouble.server_error(method="sendMessage")
    await queue(office, says(KIM, "one"))

    async with office.opened():
        async with office.api.serve(unused_tcp_port):
            await eventually(lambda: office.api.made("sendMessage"))
        await asyncio.sleep(1.0)
        async with office.api.serve(unused_tcp_port):
            await office.settled()

    assert office.said() == ["one"]


async def test_a_flood_refusal_pauses_that_chat_only_and_keeps_its_order(office: Office) -> None:
    other = office.api.town.group("Team", office.kim())
    office.private()
    office.api.trouble.flood(KIM, retry_after=1)
    await queue(office, *(says(chat, f"{n}") for n in range(3) for chat in (KIM, other.id)))

    async with office.opened():
        await eventually(lambda: len(office.said(other)) == 3)
        said_meanwhile = office.said()
        await office.settled()

    assert said_meanwhile == []
    assert office.said() == office.said(other) == ["0", "1", "2"]


async def test_a_blocked_chat_is_suspended_purged_and_reported_once(office: Office) -> None:
    office.api.doings.blocks(office.kim())
    office.api.town.updates.waiting.clear()
    await queue(office, *(says(KIM, f"{n}") for n in range(4)))

    async with office.opened():
        await office.settled()
        await queue(office, says(KIM, "later"), key="later")
        office.api.doings.says(office.api.town.private(office.admin), office.admin, "wake")
        await office.settled()

    assert len([call for call in office.api.made("sendMessage") if call.payload["chat_id"] == KIM]) == 1
    assert (await office.states("outbox")).count("cancelled") == 5
    told = [text for text in office.said(office.api.town.private(office.admin)) if str(KIM) in text]
    assert told == [
        f"Chat {KIM} ist nicht mehr erreichbar (Forbidden: bot was blocked by the user). "
        "Was dorthin unterwegs war, wurde verworfen."
    ]


async def test_a_chat_that_writes_again_is_answered_again(office: Office) -> None:
    async with office.opened():
        office.write("before")
        await office.settled()
        office.api.doings.blocks(office.kim())
        await office.settled()
        suspended = await office.store.suspensions.all()
        office.api.doings.unblocks(office.kim())
        office.write("after")
        await office.settled()

    assert suspended == {KIM}
    assert office.said() == ["echo before", "echo after"]
    assert await office.store.suspensions.all() == frozenset()


@pytest.mark.parametrize("announced", [True, False])
async def test_a_group_that_becomes_a_supergroup_keeps_admission_and_mail(office: Office, announced: bool) -> None:
    group = office.api.town.group("Team", office.kim(), basic=True)
    await office.store.database.write_rows(
        ("INSERT INTO chats (id, title, admitted, clearance) VALUES (?, 'Team', 1, 2)", [(group.id,)])
    )
    await queue(office, *(says(group.id, f"{n}") for n in range(3)))
    upgraded = office.api.doings.upgrades(group, announced=announced)

    await settle_all(office)

    assert office.said(upgraded) == ["0", "1", "2"]
    assert await office.states("outbox") == ["sent"] * 4  # the admin is told that its clearance is gone
    chats = [tuple(row) for row in await office.rows("SELECT id, admitted, clearance FROM chats")]
    assert chats == [(upgraded.id, 1, 0)]


async def test_mail_for_the_old_id_after_the_service_message_still_arrives(office: Office) -> None:
    group = office.api.town.group("Team", office.kim(), basic=True)
    async with office.opened():
        upgraded = office.api.doings.upgrades(group)
        await office.settled()
        await queue(office, says(group.id, "late"))
        office.write("wake")
        await office.settled()

    assert office.said(upgraded) == ["late"]


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(office: Office) -> None:
    office.private()
    edit = {"chat_id": KIM, "message_id": 999, "text": "fresh"}
    await queue(office, Outgoing(KIM, "editMessageText", edit, OutgoingKind.EDIT))

    await settle_all(office)

    assert office.said() == ["fresh"]


async def test_what_was_protected_and_in_a_topic_is_so_when_it_is_sent_anew(office: Office) -> None:
    object.__setattr__(office.settings, "non_public", "content")
    forum = office.api.town.group("Forum", office.kim(), forum=True)
    topic = office.api.town.topic(forum, "Fristen").id
    await office.store.database.write_rows(
        ("INSERT INTO chats (id, title, admitted, clearance) VALUES (?, 'Forum', 1, 2)", [(forum.id,)])
    )
    await queue(office, says(forum.id, "first", message_thread_id=topic))
    async with office.opened():
        await office.settled()
        first = forum.messages.pop(max(forum.messages))
        edit = {"chat_id": forum.id, "message_id": first.id, "text": "secret"}
        label = Visibility.NONPUBLIC
        await queue(office, Outgoing(forum.id, "editMessageText", edit, OutgoingKind.EDIT, label), key="edit")
        office.write("wake")
        await office.settled()

    [anew] = [dict(call.payload) for call in office.api.made("sendMessage") if call.payload["text"] == "secret"]
    assert anew == {
        "chat_id": forum.id,
        "text": "secret",
        "message_thread_id": topic,
        "protect_content": True,
        "disable_notification": True,
    }


async def test_formatting_that_telegram_cannot_read_is_sent_as_plain_text(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.private()
    await queue(office, says(KIM, "5 < 6 <b>&amp; more</b>", parse_mode="HTML"))

    await settle_all(office)

    assert office.said() == ["5 < 6 & more"]
    assert "is sent in other words" in caplog.text


async def test_a_deleted_topic_falls_back_to_the_chat(office: Office) -> None:
    forum = office.api.town.group("Forum", office.kim(), forum=True)
    await queue(office, says(forum.id, "hello", message_thread_id=4711))

    await settle_all(office)

    assert office.said(forum) == ["hello"]


async def test_the_admins_learn_once_that_a_topic_is_gone(office: Office) -> None:
    forum = office.api.town.group("Forum", office.kim(), forum=True)
    await queue(office, *(says(forum.id, f"{n}", message_thread_id=4711) for n in range(3)))

    await settle_all(office)

    assert office.said(forum) == ["0", "1", "2"]
    assert office.said(office.api.town.private(office.admin)) == [
        f"Ein Thema im Chat {forum.id} ist geschlossen oder gelöscht. Was dorthin gehört, geht nun in den Chat selbst."
    ]


async def test_a_quoted_message_that_is_gone_is_not_quoted(office: Office) -> None:
    office.private()
    await queue(office, says(KIM, "hello", reply_parameters={"message_id": 4711}))

    await settle_all(office)

    assert office.said() == ["hello"]


@pytest.mark.parametrize(
    "refusal", [bad_request("not enough rights to send text messages to the chat"), forbidden("bot was kicked")]
)
async def test_a_chat_without_the_right_to_send_is_not_tried_again(office: Office, refusal: Refusal) -> None:
    office.private()
    office.api.trouble.refuse(refusal, chat=KIM, times=99)
    await queue(office, says(KIM, "one"), says(KIM, "two"))

    await settle_all(office)

    assert len([call for call in office.api.made("sendMessage") if call.payload["chat_id"] == KIM]) == 1
    assert await office.store.suspensions.all() == {KIM}


async def test_a_message_telegram_will_never_take_is_given_up_and_reported(office: Office) -> None:
    office.private()
    await queue(office, says(KIM, ""), says(KIM, "next"))

    await settle_all(office)

    assert office.said() == ["next"]
    assert (await office.states("outbox"))[:2] == ["dead", "sent"]
    [told] = office.said(office.api.town.private(office.admin))
    assert told == f"Antwort Nr. 1 an Chat {KIM} konnte nicht gesendet werden (Message text is empty)."


async def test_a_button_answer_older_than_a_minute_is_dropped(office: Office) -> None:
    office.private()
    await queue(office, Outgoing(KIM, "answerCallbackQuery", {"callback_query_id": "1"}, OutgoingKind.TOAST))
    office.passes(seconds=61)

    await settle_all(office)

    assert office.api.made("answerCallbackQuery") == []
    [row] = await office.rows("SELECT state, reason FROM outbox")
    assert tuple(row) == ("cancelled", "too late")


async def test_a_button_press_is_answered_and_its_message_edited(office: Office) -> None:
    async with office.opened():
        message = office.api.town.post(office.private(), office.api.town.bot, "menu")
        office.api.doings.presses(message, office.kim(), "next")
        await office.settled()

    assert office.said() == ["pressed next"]
    assert [call.ok for call in office.api.made("answerCallbackQuery")] == [True]


@pytest.mark.parametrize(("role", "arrives"), [(Role.EDITOR, True), (Role.READER, False), (Role.GUEST, False)])
async def test_a_role_withdrawn_after_queueing_withholds_what_is_not_public(
    office: Office, role: Role, arrives: bool
) -> None:
    object.__setattr__(office.settings, "non_public", "content")
    office.private()
    await office.store.people.set_role(KIM, Role.EDITOR)
    secret = Outgoing(KIM, "sendMessage", {"chat_id": KIM, "text": "secret"}, label=Visibility.NONPUBLIC)
    await queue(office, secret, says(KIM, "public"))
    await office.store.people.set_role(KIM, role)

    await settle_all(office)

    assert office.said() == (["secret", "public"] if arrives else ["public"])
    assert (await office.states("outbox"))[0] == ("sent" if arrives else "cancelled")


async def test_a_group_never_gets_what_it_is_not_cleared_for(office: Office) -> None:
    object.__setattr__(office.settings, "non_public", "content")
    group = office.api.town.group("Team", office.admin)
    label = Visibility.NONPUBLIC
    await queue(office, Outgoing(group.id, "sendMessage", {"chat_id": group.id, "text": "secret"}, label=label))

    await settle_all(office)

    assert office.said(group) == []
    [row] = await office.rows("SELECT state, reason FROM outbox")
    assert tuple(row) == ("cancelled", "not cleared")


async def test_a_group_is_cleared_for_no_more_than_the_city_allows(office: Office) -> None:
    group = office.api.town.group("Team", office.admin)
    await office.store.database.write_rows(
        ("INSERT INTO chats (id, title, admitted, clearance) VALUES (?, 'Team', 1, 2)", [(group.id,)])
    )
    label = Visibility.NONPUBLIC
    await queue(office, Outgoing(group.id, "sendMessage", {"chat_id": group.id, "text": "secret"}, label=label))

    await settle_all(office)

    assert office.said(group) == []
    [row] = await office.rows("SELECT state, reason FROM outbox")
    assert tuple(row) == ("cancelled", "not cleared")


async def a_cleared_group(office: Office) -> Room:
    object.__setattr__(office.settings, "non_public", "content")
    group = office.api.town.group("Team", office.admin)
    await office.store.database.write_rows(
        ("INSERT INTO chats (id, title, admitted, clearance) VALUES (?, 'Team', 1, 2)", [(group.id,)])
    )
    return group


def secret(group: Room, text: str = "secret") -> Outgoing:
    return Outgoing(group.id, "sendMessage", {"chat_id": group.id, "text": text}, label=Visibility.NONPUBLIC)


async def test_a_group_that_became_public_unnoticed_gets_nothing_non_public_any_more(office: Office) -> None:
    group = await a_cleared_group(office)
    group.username = "team_soziales"
    await queue(office, secret(group), secret(group, "more"), says(group.id, "public"))

    await settle_all(office)

    assert office.said(group) == ["public"]
    rows = await office.rows(f"SELECT state, reason FROM outbox WHERE chat = {group.id}")
    assert [tuple(row) for row in rows] == [("cancelled", "not cleared")] * 2 + [("sent", "")]
    [chat] = await office.rows("SELECT clearance, suspended FROM chats")
    assert tuple(chat) == (0, "public")
    assert office.said(office.api.town.private(office.admin)) == [
        "Die Gruppe „Team“ ist öffentlich geworden.\nDort wird nichts Nichtöffentliches mehr gezeigt."
    ]
    [row] = await office.rows("SELECT deed, pseudonym FROM people_history WHERE deed = 'suspend_clearance'")
    assert row["pseudonym"] == "bot"


async def test_telegram_is_asked_about_a_group_once_in_a_while_and_of_public_messages_never(office: Office) -> None:
    group = await a_cleared_group(office)
    office.private()
    await queue(office, says(KIM, "public"), says(group.id, "public"))
    await settle_all(office)
    asked_for_public = len(office.api.made("getChat"))
    await queue(office, *(secret(group, f"secret {n}") for n in range(3)), key="secrets")
    await settle_all(office)

    assert (asked_for_public, len(office.api.made("getChat"))) == (0, 1)
    assert office.said(group) == ["public", "secret 0", "secret 1", "secret 2"]


async def test_while_telegram_does_not_say_whether_a_group_is_public_nothing_non_public_leaves(office: Office) -> None:
    group = await a_cleared_group(office)
    office.api.trouble.server_error(method="getChat", times=2)
    await queue(office, secret(group))

    await settle_all(office)

    assert office.said(group) == ["secret"]
    assert len(office.api.made("getChat")) == 3


async def test_what_is_queued_while_its_chat_is_suspended_is_settled_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.private()
    suspend = office.store.suspensions.suspend

    async def suspend_slowly(chat: int, reason: str, told: Sequence[Outgoing], *, at: datetime) -> frozenset[int]:
        cancelled = await suspend(chat, reason, told, at=at)
        await queue(office, says(KIM, "late"), key="late")
        office.api.doings.says(office.api.town.private(office.admin), office.admin, "wake")
        await eventually(lambda: "echo wake" in office.said(office.api.town.private(office.admin)))
        return cancelled

    monkeypatch.setattr(office.store.suspensions, "suspend", suspend_slowly)
    office.api.trouble.blocked(KIM)
    await queue(office, says(KIM, "early"))

    await settle_all(office)

    rows = await office.rows(f"SELECT state, reason FROM outbox WHERE chat = {KIM}")
    assert [tuple(row) for row in rows] == [("cancelled", "chat suspended")] * 2


async def test_what_was_cancelled_on_its_way_is_not_given_back(office: Office) -> None:
    office.private()
    await queue(office, says(KIM, "hello"))
    [parcel] = await office.store.outbox.claim([1], Clearances(), office.now)
    await office.store.suspensions.suspend(KIM, "blocked", at=office.now)

    await office.store.outbox.give_back(parcel, "Bad Gateway", not_before=office.now)

    [row] = await office.rows("SELECT state, reason FROM outbox")
    assert tuple(row) == ("cancelled", "chat suspended")


async def test_only_unanswered_tries_are_counted(office: Office) -> None:
    office.private()
    await queue(office, says(KIM, "hello"))
    office.api.trouble.server_error(method="sendMessage", times=3)
    office.api.trouble.flood(retry_after=0, method="sendMessage")
    office.api.trouble.reset(method="sendMessage")

    await settle_all(office)

    assert len(office.api.made("sendMessage")) == 6
    [row] = await office.rows("SELECT state, attempt FROM outbox")
    assert tuple(row) == ("sent", 1)


@pytest.mark.parametrize("refusal", [UNAUTHORIZED, NOT_FOUND])
async def test_a_token_withdrawn_while_sending_ends_the_bot_and_loses_nothing(office: Office, refusal: Refusal) -> None:
    office.private()
    await queue(office, says(KIM, "hello"))
    office.api.trouble.refuse(refusal, method="sendMessage")

    with pytest.raises(TokenRefused):
        async with asyncio.timeout(PATIENCE), office.opened() as bot:
            await bot.run()
    await settle_all(office)

    assert office.said() == ["hello"]


async def test_a_passing_failure_of_the_database_buries_no_message(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_once(office, monkeypatch)
    office.private()
    await queue(office, says(KIM, "hello"))
    office.api.trouble.reset(method="sendMessage")

    await settle_all(office)

    assert office.said() == [f"hello\n\n{REPETITION}"]


async def test_a_person_is_answered_at_once_while_a_hundred_posts_wait(office: Office) -> None:
    rooms = [office.api.town.group(f"G{n}", office.kim()) for n in range(100)]
    posts = [
        Outgoing(room.id, "sendMessage", {"chat_id": room.id, "text": "digest"}, kind=OutgoingKind.POST)
        for room in rooms
    ]
    await queue(office, *posts)

    async with office.opened(pacer=Pacer()):
        await eventually(lambda: len(office.api.made("sendMessage")) >= 20)
        office.write("hello")
        await eventually(lambda: office.said() == ["echo hello"], within=1.0)
        posted = sum(len(office.said(room)) for room in rooms)

    assert posted < 60


async def test_a_notice_that_cannot_be_sent_makes_no_further_notice(office: Office) -> None:
    office.api.trouble.refuse(bad_request("text is bad"), chat=ADMIN, times=99)
    post = Outgoing(ADMIN, "sendMessage", {"chat_id": ADMIN, "text": "digest"}, kind=OutgoingKind.POST)
    await queue(office, post)

    await settle_all(office)

    assert await office.states("outbox") == ["dead"]
