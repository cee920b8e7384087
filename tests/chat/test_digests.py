"""Digests set up over the local Bot API: in groups, topics, channels and private, until they come and are answered."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.chats import Message, Someone, Standing
from bot.playground.refusals import forbidden
from registry.people import Role
from tests.chat.places import EVERYTHING, EVERYWHERE, IN_BOTH_LANGUAGES, Member, members, plain, told
from tests.chatting import NOW, City, a_city
from tests.handlers.a_register import fill

MONDAY = NOW + timedelta(days=7, hours=-1)  # 30 November 2026, 8:00
SET_UP, SAVE = ("✓ Einrichten", "✓ Set up"), ("✓ Speichern", "✓ Save")
NOT_THEIRS = (
    "Einrichten kann das die Koordination, und wer diese Gruppe in Telegram verwaltet und eine Rolle hat.",
    "Coordination sets this up, and administrators of this group who have a role.",
)


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def coordination(city: City, language: str) -> Someone:
    return await city.person("Chris", role=Role.COORDINATOR, language=language)


async def running(city: City) -> int:
    [row] = await city.store.database.read("SELECT count(*) AS n FROM digests WHERE is_paused = 0 AND is_ended = 0")
    return int(row["n"])


def screen(one: Member) -> str:
    return plain(one.chat.screen)


CARD = (
    "Übersicht für diese Gruppe\n\nWorum: ganze Stadt\nWann: montags um 08:00 Uhr\n"
    "An Feiertagen: am nächsten Arbeitstag\nFristen: 30 Tage voraus\nAufgeführt: alles\nSprache: Deutsch\n"
    "Wenn nichts ansteht: eine Zeile\nMit Ton · wird nicht angeheftet\n\n"
    "Sie kommt zum ersten Mal am Mo., 30.11.2026.\n"
    "[✓ Einrichten]\n[Vorschau]\n[✎ Worum] [✎ Wann] [✎ Wie weit]\n[✎ Was] [✎ Sprache] [✎ Mehr]\n[✕ So lassen]",
    "Digest for this group\n\nAbout: the whole city\nWhen: Mondays at 08:00\n"
    "On holidays: the next working day\nDeadlines: 30 days ahead\nLists: everything\nLanguage: English\n"
    "When nothing is due: one line\nWith a sound · not pinned\n\n"
    "It comes for the first time on Mon, 30 Nov 2026.\n"
    "[✓ Set up]\n[Preview]\n[✎ About] [✎ When] [✎ How far]\n[✎ Kinds] [✎ Language] [✎ More]\n[✕ Leave it]",
)


@IN_BOTH_LANGUAGES
async def test_two_taps_set_up_a_weekly_digest_of_a_group_and_it_comes(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    await chris.says("/digest")
    card = screen(chris)

    saved = await chris.taps(*SET_UP)
    before = len(chris.chat.messages)
    await city.ticks(MONDAY)

    assert card == chris.reads(*CARD)
    assert saved.startswith(chris.reads("✓ Gespeichert.\nÜbersicht für diese Gruppe\n", "✓ Saved.\nDigest for this"))
    [digest] = chris.chat.messages[before:]
    assert told(digest).startswith(chris.reads("Insgesamt · Mo., 30.11.2026: ", "Overall · Mon, 30 Nov 2026: "))


@EVERYWHERE
async def test_everything_is_said_by_buttons_that_change_the_same_message(
    city: City, language: str, place: str
) -> None:
    [chris] = await members(city, place, await coordination(city, language))
    await chris.says("/digest")
    count = len(chris.chat.messages)

    for step in (
        (("✎ Worum", "✎ About"), ("Ämter …", "Offices …"), "D05 ›", "A50", ("Weiter ›", "Go on ›")),
        (("✎ Wann", "✎ When"), ("Do", "Thu"), ("✓ Mo", "✓ Mon"), "07:30", ("‹ Zurück", "‹ Back")),
        (("✎ Wie weit", "✎ How far"), ("14 Tage", "14 days")),
        (("✎ Was", "✎ Kinds"), ("Fragen", "inquiries"), ("‹ Zurück", "‹ Back")),
        (("✎ Sprache", "✎ Language"), ("Englisch", "English") if language == "de" else ("Deutsch", "German")),
        (("✎ Mehr", "✎ More"), ("✓ Eine Zeile, wenn nichts ansteht", "✓ A line when nothing is due")),
        (("✓ Mit Ton", "✓ With a sound"), ("Neueste anheften", "Pin the newest")),
        (("An Feiertagen: gar nicht", "On holidays: not at all"), ("‹ Zurück", "‹ Back")),
    ):
        for label in step:
            await (chris.taps(label) if isinstance(label, str) else chris.taps(*label))
    card = screen(chris)
    await chris.taps(*SET_UP)

    rows = await city.store.database.read("SELECT * FROM digests")
    assert len(chris.chat.messages) == count
    assert (
        chris.reads(
            "Worum: A50 · Amt für Soziales\nWann: donnerstags um 07:30 Uhr\n"
            "An Feiertagen: gar nicht\nFristen: 14 Tage voraus\n"
            "Aufgeführt: Fragen\nSprache: Englisch\nWenn nichts ansteht: keine Nachricht\n"
            "Ohne Ton · die neueste wird angeheftet\n",
            "About: A50 · Social Services Office\nWhen: Thursdays at 07:30\n"
            "On holidays: not at all\nDeadlines: 14 days ahead\n"
            "Lists: inquiries\nLanguage: German\nWhen nothing is due: no message\n"
            "Without a sound · the newest is pinned\n",
        )
        in card
    )
    assert [
        (row["horizon"], row["language"], row["when_empty"], row["is_silent"], row["is_pinned"]) for row in rows
    ] == [(14, "en" if language == "de" else "de", "nothing", 1, 1)]


@EVERYWHERE
async def test_one_line_says_it_all_in_either_language(city: City, language: str, place: str) -> None:
    [chris] = await members(city, place, await coordination(city, language))

    card = await chris.says(
        "/digest Sozialamt montags und donnerstags 7:30 auf Englisch, nächste 14 Tage, lautlos",
        "/digest A50 Mon and Thu at 7:30 in German, next 14 days, silent",
    )
    await chris.taps(*SET_UP)

    assert card.split("\n")[2:4] == (
        ["Worum: A50 · Amt für Soziales", "Wann: montags und donnerstags um 07:30 Uhr"]
        if language == "de"
        else ["About: A50 · Social Services Office", "When: Mondays and Thursdays at 07:30"]
    )
    [row] = await city.store.database.read("SELECT * FROM digests")
    assert (row["language"], row["horizon"], row["is_silent"]) == ("en" if language == "de" else "de", 14, 1)


@EVERYWHERE
async def test_what_is_not_understood_is_named_and_asked_again(city: City, language: str, place: str) -> None:
    [chris] = await members(city, place, await coordination(city, language))

    quark = await chris.says("/digest Quarkamt Mo 8:00", "/digest Quarkoffice Mon 8:00")
    await chris.says("/digest")
    await chris.taps("✎ Wann", "✎ When")
    asked = await chris.taps("Andere Uhrzeit …", "Another time …")
    again = await chris.says("acht", "eight")
    card = await chris.says("6:45")
    await chris.taps("✎ Worum", "✎ About")
    await chris.taps("In meinen Worten …", "In my words …")
    unknown = await chris.says("Quarkamt", "Quarkoffice")
    about = await chris.says("HF 2 Fragen", "field 2 inquiries")

    assert quark.split("\n")[0] == chris.reads("„Quarkamt“ verstehe ich nicht.", "I do not understand “Quarkoffice”.")
    assert chris.reads("zum Beispiel 7:30.", "for example 7:30.") in asked
    assert chris.reads("„acht“ verstehe ich nicht.", "I do not understand “eight”.") in again
    assert chris.reads("montags um 06:45 Uhr", "Mondays at 06:45") in card
    assert "Quark" in unknown
    assert chris.reads("HF 2 · Sprache", "Field 2 · Sprache") in about
    assert chris.reads("Aufgeführt: Fragen", "Lists: inquiries") in about


@IN_BOTH_LANGUAGES
async def test_a_preview_is_a_real_digest_and_writes_nothing(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    await chris.says("/digest A50")

    shown = await chris.taps("Vorschau", "Preview")
    back = await chris.taps("‹ Zurück", "‹ Back")

    assert chris.reads("Vorschau: So sähe die Übersicht jetzt aus.", "Preview: this is how it would look now.") in shown
    assert "1. 1.5.M1 · " in shown
    assert "Geheim" not in shown
    assert back.startswith(chris.reads("Übersicht für diese Gruppe", "Digest for this group"))
    assert await city.store.database.read("SELECT 1 FROM digests UNION SELECT 1 FROM bulletins") == []


@IN_BOTH_LANGUAGES
async def test_coordination_and_who_looks_after_the_group_with_a_role_may_and_nobody_else(
    city: City, language: str
) -> None:
    chris, kim = await coordination(city, language), await city.person("Kim", role=Role.READER, language=language)
    guest = await city.person("Toni", role=Role.GUEST, language=language)
    one, other, stranger = await members(city, "group", chris, kim, guest)
    await one.says("/digest")
    await one.taps(*SET_UP)

    refused = [await other.says("/digest"), await other.says("/digest off")]
    one.chat.room.members[kim.id] = one.chat.room.members[guest.id] = Standing.ADMINISTRATOR
    guests = await stranger.says("/digest A50")
    theirs = await other.says("/digest A50")
    await other.taps(*SET_UP)
    # Who does not look after it any more cannot go on.
    await other.says("/digest A51")
    one.chat.room.members[kim.id] = Standing.MEMBER
    await other.taps(*SET_UP)

    assert all(text.endswith(one.reads(*NOT_THEIRS)) for text in (*refused, guests))
    assert theirs.startswith(one.reads("Übersicht für diese Gruppe", "Digest for this group"))
    assert len(one.chat.alerts) == 1
    assert await running(city) == 2


async def test_where_telegram_does_not_answer_only_coordination_may(city: City) -> None:
    kim = await city.person("Kim", role=Role.EDITOR, offices=("A50",))
    [member] = await members(city, "group", kim)
    member.chat.room.members[kim.id] = Standing.ADMINISTRATOR
    city.api.trouble.refuse(forbidden("bot was kicked"), method="getChatMember")

    refused = await member.says("/digest")

    assert refused.endswith(NOT_THEIRS[0])


@IN_BOTH_LANGUAGES
async def test_everybody_with_a_role_has_their_own_in_private_and_a_guest_has_none(city: City, language: str) -> None:
    kim, toni = await members(
        city,
        "private",
        await city.person("Kim", role=Role.READER, offices=("A50",), language=language),
        await city.person("Toni", role=Role.GUEST, language=language),
    )

    card = await kim.says("/digest")
    await kim.taps(*SET_UP)
    refused = await toni.says("/digest")
    before = len(kim.chat.messages)
    await city.ticks(MONDAY)

    assert card.startswith(kim.reads("Ihre Übersicht\n\nWorum: A50 · ", "Your digest\n\nAbout: A50 · "))
    assert refused.startswith(kim.reads("Dieser Dienst ist", "This service is"))
    assert len(kim.chat.messages) == before + 1


@IN_BOTH_LANGUAGES
async def test_a_topic_gets_its_own_and_a_reply_there_acts_on_an_item(city: City, language: str) -> None:
    chris = await coordination(city, language)
    chat = await city.topic(chris)
    one = Member(chat, chris, language)
    await one.says("/digest A50")
    title = told(chat.last).split("\n")[0]
    await one.taps(*SET_UP)
    await city.ticks(MONDAY)
    digest = chat.last

    [asked] = await chat.says(
        one.reads("1 teilweise: Termin steht", "1 partly: date is set"), as_=chris, reply_to=digest
    )
    await one.taps(*SAVE)

    assert title == one.reads("Übersicht für dieses Thema", "Digest for this topic")
    assert digest.thread == chat.topic.id if chat.topic else False
    assert plain(asked).startswith("1.5.M1 · ")
    found = await city.store.register(EVERYTHING).subject("1.5.M1")
    assert found is not None
    assert getattr(found, "current_state", "") == one.reads("Termin steht", "date is set")


@IN_BOTH_LANGUAGES
async def test_a_reply_in_a_group_gives_an_item_to_another_office(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    await chris.says("/digest A50")
    await chris.taps(*SET_UP)
    await city.ticks(MONDAY)
    digest = chris.chat.last
    number = _number_of("Q1", digest)

    [asked] = await chris.chat.says(
        chris.reads(f"{number} an A11", f"{number} to A11"), as_=chris.person, reply_to=digest
    )

    assert plain(asked).startswith("Q1 · ")
    assert "A11" in asked


def _number_of(ref: str, digest: Message) -> int:
    [line] = [line for line in told(digest).splitlines() if f". {ref} · " in line]
    return int(line.partition(".")[0])


@IN_BOTH_LANGUAGES
async def test_a_button_opens_an_item_below_and_the_digest_stays(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    await chris.says("/digest A50")
    await chris.taps(*SET_UP)
    await city.ticks(MONDAY)
    digest = chris.chat.last
    text = told(digest)

    label = next(label for row in digest.buttons for label in row if "1.5.M1" in label or label == "1")
    opened = await chris.taps(label, on=digest)
    await chris.taps("Alles Offene", "Everything open", on=digest)

    assert opened.startswith("1.5.M1 · ")
    assert told(digest) == text
    replied = [call.payload.get("reply_parameters") for call in city.api.made("sendMessage")][-2:]
    assert [isinstance(one, dict) and one["message_id"] for one in replied] == [digest.id, digest.id]


@IN_BOTH_LANGUAGES
async def test_now_sends_one_once_and_leaves_the_slots_alone(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    await chris.says("/digest")
    await chris.taps(*SET_UP)
    slots = await city.store.database.read("SELECT settled_to, next_at, told_to FROM digests")
    await chris.says("/digest")
    card, before = chris.chat.last, len(chris.chat.messages)

    chris.presses("Jetzt senden", "Send now", on=card)
    await chris.taps("Jetzt senden", "Send now", on=card)
    by_word = await chris.says("/digest jetzt", "/digest now")
    sent = chris.chat.messages[before:]
    after = await city.store.database.read("SELECT settled_to, next_at, told_to FROM digests")
    await city.ticks(MONDAY)

    assert [told(one).split(": ")[0] for one in sent] == [
        chris.reads("Insgesamt · Mo., 23.11.2026", "Overall · Mon, 23 Nov 2026")
    ] * 2
    assert by_word == told(sent[1])
    assert [tuple(row) for row in slots] == [tuple(row) for row in after]
    assert len(chris.chat.messages) == before + 3


@IN_BOTH_LANGUAGES
async def test_a_digest_is_paused_goes_on_and_ends_and_each_is_taken_back(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    await chris.says("/digest")
    await chris.taps(*SET_UP)
    counts = []

    await chris.says("/digest pause")
    paused = await chris.taps("⏸ Pausieren", "⏸ Pause")
    counts.append(await running(city))
    await chris.taps("↶ Rückgängig", "↶ Undo")
    counts.append(await running(city))
    await chris.says("/digest aus", "/digest off")
    ended = await chris.taps("✕ Beenden", "✕ End it")
    counts.append(await running(city))
    await chris.says("/undo")
    await chris.taps("↶ Rückgängig", "↶ Undo")
    counts.append(await running(city))
    await chris.says("/digest aus", "/digest off")
    await chris.taps("✕ Beenden", "✕ End it")
    before = len(chris.chat.messages)
    await city.ticks(MONDAY)

    assert chris.reads("Pausiert", "Paused") in paused
    assert chris.reads("Beendet", "Ended") in ended
    assert counts == [0, 1, 0, 1]
    assert len(chris.chat.messages) == before


@IN_BOTH_LANGUAGES
async def test_several_are_listed_and_each_is_changed_by_itself(city: City, language: str) -> None:
    [chris] = await members(city, "group", await coordination(city, language))
    for words in ("A50", "A51"):
        await chris.says(f"/digest {words}")
        await chris.taps(*SET_UP)

    await chris.says("/digest")
    listed = screen(chris)
    card = await chris.taps(chris.reads("2 · A51 · Jugendamt", "2 · A51 · Youth Welfare Office"))
    same = await chris.says("/digest A51")
    changed = await chris.says("/digest A51 9:00")
    await chris.taps(*SAVE)
    again = await chris.says("/digest list")

    assert listed.startswith(chris.reads("Übersichten für „Team“\n\n1. A50", "Digests for “Team”\n\n1. A50"))
    assert same == card
    assert chris.reads("montags um 08:00 Uhr → montags um 09:00 Uhr", "Mondays at 08:00 → Mondays at 09:00") in changed
    assert chris.reads("montags um 09:00 Uhr", "Mondays at 09:00") in again


async def test_a_second_that_says_the_same_cannot_be_set_up(city: City) -> None:
    [chris] = await members(city, "group", await coordination(city, "de"))
    await chris.says("/digest")
    await chris.taps(*SET_UP)

    card = await chris.says("/digest new")

    assert card.endswith("Eine Übersicht, die dasselbe sagt, kommt hier schon.")
    assert "✓ Einrichten" not in chris.chat.buttons


@IN_BOTH_LANGUAGES
async def test_an_admin_admits_a_channel_and_coordination_sets_up_its_digest_from_private(
    city: City, language: str
) -> None:
    robin = Member(city.chat(city.admin), city.admin, "de")
    [chris] = await members(city, "private", await coordination(city, language))
    await robin.says("/start")
    channel = city.api.town.channel("Rathaus aktuell", city.admin)
    before = await chris.says(f"/digest for {channel.id}")
    city.api.doings.lets_bot_in(channel, city.admin)
    await city.settled()
    asked = told(robin.chat.last)

    admitted = await robin.taps("Kanal freischalten")
    await chris.says("/digest list")
    await chris.taps("Kanal „Rathaus aktuell“", "Channel “Rathaus aktuell”")
    card = told(chris.chat.last)
    await chris.taps(*SET_UP)
    await city.ticks(MONDAY)

    assert "Rathaus" not in before
    assert asked.startswith("Ich wurde in den Kanal „Rathaus aktuell“ aufgenommen.")
    assert admitted == "Der Kanal „Rathaus aktuell“ ist freigeschaltet."
    assert card.startswith(chris.reads("Übersicht für „Rathaus aktuell“", "Digest for “Rathaus aktuell”"))
    [digest] = [one for one in channel.messages.values() if not one.service]
    assert told(digest).startswith(chris.reads("Insgesamt · Mo., 30.11.2026", "Overall · Mon, 30 Nov 2026"))


async def test_a_person_whose_role_ended_and_who_is_forgotten_keeps_no_digest(city: City) -> None:
    [kim] = await members(city, "private", await city.person("Kim", role=Role.READER))
    await kim.says("/digest")
    await kim.taps(*SET_UP)

    await kim.says("/mydata")
    kept = told(kim.chat.last)
    await kim.says("/forgetme")
    await kim.taps(kim.chat.buttons[0])

    assert "1 Übersicht, die zu Ihnen kommt" in kept
    assert await city.store.database.read("SELECT 1 FROM digests") == []


async def test_what_happened_is_kept_without_anybodys_number(city: City) -> None:
    [kim] = await members(city, "private", await city.person("Kim", role=Role.READER))
    await kim.says("/digest Di 9:00")
    await kim.taps(*SET_UP)

    rows = await city.store.database.read("SELECT * FROM people_history WHERE deed = 'set_digest'")

    assert [(row["about"], str(kim.person.id) in "".join(map(str, row))) for row in rows] == [("digest 1", False)]
    assert '"weekdays":[1]' in rows[0]["after"]
