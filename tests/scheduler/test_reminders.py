"""Reminders over the local Bot API: each chat once a morning, what is its own, while the office works."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.playground.chats import Someone
from registry.digests import Digest
from registry.people import Role
from registry.slots import Rule
from registry.visibility import Clearance
from storage import digests
from tests.chatting import Chat, City, a_city, sent
from tests.handlers.a_register import fill

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


def at(day: int, month: int = 12, hour: int = 7, minute: int = 30) -> datetime:
    year = 2026 if month > 6 else 2027
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


async def sets(city: City, table: str, number: int, **columns: object) -> None:
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    sql = f"UPDATE {table} SET {changes} WHERE id = :id"
    await city.store.database.write(lambda t: t.fetch(sql, {**columns, "id": number}))


async def group_of(
    city: City,
    *offices: str,
    members: tuple[Someone, ...] = (),
    title: str = "Team",
    clearance: Clearance = Clearance.PUBLIC,
) -> Chat:
    group = await city.group(*members, title=title)
    codes = ", ".join(f'"{code}"' for code in offices)
    await sets(city, "chats", group.room.id, offices=f"[{codes}]", clearance=int(clearance))
    return group


async def person(
    city: City, name: str, *offices: str, role: Role = Role.EDITOR, wish: str = "rest", language: str = "de"
) -> Chat:
    """Somebody with a role who wrote to the bot before; it may write to no others."""
    someone = await city.person(name, role=role, offices=offices, language=language)
    await sets(city, "people", someone.id, reminders=wish, language=language)
    chat = city.chat(someone)
    await chat.says("/hilfe")
    return chat


async def morning(city: City, moment: datetime, *chats: Chat) -> list[list[str]]:
    """What the bot says at a moment in each of the chats."""
    for chat in chats:
        chat._mark()
    await city.ticks(moment)
    return [chat.replies for chat in chats]


def items(replies: list[str]) -> list[str]:
    """The references of what is told, in order."""
    [text] = replies or [""]
    lines = (line for line in text.splitlines() if line[:1].isdigit())
    return [line.split(" · ")[0].split(". ", 1)[1] for line in lines]


HOMES_DE = "1.5.M1 · Maßnahme · WLAN in allen Unterkünften · A50 · überfällig seit Mi., 31.12.2025"


# What is said


async def test_a_group_is_told_in_one_message_what_waits_for_its_office(city: City) -> None:
    group = await group_of(city, "A50")

    [said] = await morning(city, at(24, 11), group)

    assert said == [
        "⏰ Erinnerungen · Di., 24.11.2026: 1 überfällig · 2 bald fällig\n\n"
        "⚠ Überfällig: 1\n"
        f"1. {HOMES_DE}\n\n"
        "📅 Fällig in höchstens 3 Arbeitstagen: 1\n"
        "2. 0112/23 · Termin · Informationstermin · A50 · Do., 26.11.2026\n\n"
        "📅 Fällig in höchstens 10 Arbeitstagen: 1\n"
        "3. 0112/23 · Frist · Ende der Bewerbungsfrist · A50 · bis Fr., 04.12.2026 (in 8 Arbeitstagen)\n\n"
        "Eine Taste öffnet den Eintrag. Antworten Sie mit seiner Nummer, um ihn zu bearbeiten."
    ]
    assert group.buttons == ["1 · 1.5.M1", "2 · 0112/23", "3 · 0112/23", "Einstellungen"]


async def test_coordination_is_told_what_is_its_own_and_that_a_decision_would_come_too_late(city: City) -> None:
    await group_of(city, "A50")
    chris = await person(city, "Chris", role=Role.COORDINATOR, language="en")

    [said] = await morning(city, at(24, 11), chris)

    assert said == [
        "⏰ Reminders · Tue, 24 Nov 2026: 1 overdue · 1 decision too late · 1 without an office\n\n"
        "⚠ Overdue: 1\n"
        "1. 1.5.M1 · measure · Wi-Fi in all homes · A50 · overdue since Wed, 31 Dec 2025\n\n"
        "⚠ A decision would come too late: 1\n"
        "2. 0112/23 · outside deadline · Ende der Bewerbungsfrist · "
        "ends Fri, 4 Dec 2026, Stadtrat decides Wed, 9 Dec 2026\n\n"
        "❗ No office assigned: 1\n"
        "3. Q10 · inquiry · Next revision · here since Fri, 20 Nov 2026\n\n"
        "A button opens an item. A reply with its number acts on it."
    ]


async def test_a_late_result_is_told_on_the_morning_after_it_is_learned_and_with_the_stages_of_its_date(
    city: City,
) -> None:
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    told = {}
    for day in (24, 25, 26, 27, 30):
        [said] = await morning(city, at(day, 11), chris)
        told[day] = "Äußere Frist" in "".join(said)
    for day in (1, 2, 3, 4, 7):
        [said] = await morning(city, at(day), chris)
        told[day] = "Äußere Frist" in "".join(said)

    assert [day for day, is_told in told.items() if is_told] == [24, 1, 4]


async def test_more_than_fits_is_counted(city: City) -> None:
    group = await group_of(city, "A50")
    await city.store.database.write(
        lambda t: t.fetch("UPDATE listed SET title = title || ' ' || hex(zeroblob(40)) WHERE kind = 'inquiry'")
    )

    [said] = await morning(city, at(2), group)

    assert items(said)[-6:] == ["Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]
    assert len(said[0]) < 4096


# When


async def test_nothing_is_said_on_a_weekend_or_a_holiday_and_all_of_it_on_the_next_working_day(city: City) -> None:
    group = await group_of(city, "A50")
    await morning(city, at(24, 11), group)

    said = {day: (await morning(city, at(day, hour=9), group))[0] for day in (12, 13, 25, 26, 27)}
    [monday] = await morning(city, at(28), group)

    assert said == {12: [], 13: [], 25: [], 26: [], 27: []}
    assert items(monday)[:1] == ["1.5.M1"]
    assert "Q2" in items(monday)


async def test_nothing_is_said_before_the_hour_or_in_the_evening(city: City) -> None:
    group = await group_of(city, "A50")

    assert await morning(city, at(24, 11, hour=7, minute=29), group) == [[]]
    assert await morning(city, at(24, 11, hour=18, minute=0), group) == [[]]
    assert (await morning(city, at(25, 11, hour=11), group))[0] != []


async def test_a_chat_is_told_once_a_morning_whatever_comes_in_and_however_often_the_bot_starts(city: City) -> None:
    group = await group_of(city, "A50")
    dana = await person(city, "Dana", "A51")
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    first = await morning(city, at(24, 11), group, dana)

    await chris.says("/frist Q8 26.11.2026")
    await chris.taps("✓ Speichern")
    await city.restarts()
    await chris.says("/hilfe")
    later = await morning(city, at(24, 11, hour=11), group, dana)
    [next_day] = await morning(city, at(25, 11), dana)

    assert list(map(len, first)) == [1, 0]
    assert later == [[], []]
    assert items(next_day) == ["Q8"]


async def test_after_three_days_of_downtime_what_was_missed_is_told_once(city: City) -> None:
    group = await group_of(city, "A51")
    [tenth] = await morning(city, at(2), group)

    [after] = await morning(city, at(15, hour=10), group)
    [again] = await morning(city, at(15, hour=12), group)
    [due] = await morning(city, at(16), group)

    assert (items(tenth), items(after), items(again), items(due)) == (["Q8"], ["Q8"], [], ["Q8"])
    assert "Heute fällig: 1" in due[0]


async def test_what_is_assigned_late_is_told_on_the_next_morning(city: City) -> None:
    group = await group_of(city, "A11")
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    assert await morning(city, at(14), group) == [[]]

    await chris.says("/zuweisen Q10 A11")
    await chris.taps("✓ Speichern")
    await chris.says("/frist Q10 18.12.2026")
    await chris.taps("✓ Speichern")
    [told] = await morning(city, at(15), group)

    assert items(told) == ["Q10"]


async def test_a_new_due_date_starts_anew(city: City) -> None:
    group = await group_of(city, "A51")
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    await morning(city, at(16), group)

    await chris.says("/frist Q8 18.12.2026")
    await chris.taps("✓ Speichern")
    [told] = await morning(city, at(17), group)

    assert items(told) == ["Q8"]
    assert "bis Fr., 18.12.2026 (in 1 Arbeitstag)" in told[0]


async def test_what_is_done_between_the_line_and_its_text_is_told_no_more(city: City) -> None:
    group = await group_of(city, "A51")
    [told] = await morning(city, at(16), group)
    toni = await person(city, "Toni", "A51")
    await toni.says("/antwort Q8 Zwei Kurse.")
    await toni.taps("✓ Speichern")

    [later] = await morning(city, at(23), group)

    assert items(told) == ["Q8"]
    assert "Q8" not in items(later)


# Who


async def test_people_hear_of_what_no_chat_is_told_of_all_or_of_nothing_as_they_chose(city: City) -> None:
    group = await group_of(city, "A51")
    rest, everything, nothing = [
        await person(city, name, "A51", wish=wish) for name, wish in (("Ida", "rest"), ("Jo", "all"), ("Kai", "none"))
    ]

    with_chat = await morning(city, at(2), group, rest, everything, nothing)
    await sets(city, "chats", group.room.id, reminders="none")
    without = await morning(city, at(11), group, rest, everything, nothing)

    assert list(map(items, with_chat)) == [["Q8"], [], ["Q8"], []]
    assert list(map(items, without)) == [[], ["Q8"], ["Q8"], []]


async def test_nobody_is_written_to_who_never_wrote(city: City) -> None:
    silent = await city.person("Ida", offices=("A51",))
    chat = city.chat(silent)

    assert await morning(city, at(2), chat) == [[]]
    assert "forbidden" not in "".join(call.method.lower() for call in city.api.made("sendMessage") if not call.ok)


async def test_who_is_away_hears_nothing_and_who_stands_in_hears_it(city: City) -> None:
    ida, jo = await person(city, "Ida", "A51"), await person(city, "Jo")
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    [pseudonym] = await city.store.database.read("SELECT pseudonym FROM people WHERE id = ?", (ida.person.id,))
    await sets(
        city,
        "people",
        jo.person.id,
        stands_in_for=pseudonym["pseudonym"],
        stands_in_until="2026-12-04",
    )
    away = await ida.says("/abwesend bis 04.12.")

    told = await morning(city, at(2), ida, jo, chris)

    assert away == [
        "Sie sind abwesend bis Fr., 04.12.2026.\nBis dahin erinnere ich Sie an nichts.\n"
        "Sie werden vertreten; was anliegt, geht so lange dorthin."
    ]
    assert (told[0], items(told[1])) == ([], ["Q8"])
    assert "A51" not in "".join(told[2])


async def test_what_is_due_while_somebody_is_away_with_no_deputy_is_one_line_for_coordination(city: City) -> None:
    ida = await person(city, "Ida", "A51")
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    said = await ida.says("/abwesend bis 04.12.")

    told = await morning(city, at(2), ida, chris)
    await ida.says("/anwesend")
    back = await morning(city, at(3), ida, chris)

    assert said[0].endswith("Sie werden nicht vertreten: Wovon sonst niemand erfährt, geht an die Koordination.")
    assert told[0] == []
    assert "🔕 Davon erfährt sonst niemand: 10\nA50 8 · A51 1 · D05 1" in told[1][0]
    assert items(back[0]) == ["Q8"]
    assert items(back[1]) == ["1.5.M1"]


async def test_what_stays_overdue_is_told_to_the_department_and_then_to_coordination(city: City) -> None:
    office, department = await group_of(city, "A51"), await group_of(city, "D05", title="Dezernat")
    await group_of(city, "A50", title="Sozialamt")
    chris = await person(city, "Chris", role=Role.COORDINATOR)

    heard = {}
    for day in (at(16), at(17), at(23), at(31)):
        told = await morning(city, day, office, department, chris)
        heard[day.day] = ["Q8" in "".join(said) for said in told]

    assert heard == {
        16: [True, False, False],
        17: [False, False, False],
        23: [True, True, False],
        31: [True, True, True],
    }


# What may be seen


async def test_each_chat_is_told_what_it_may_see_and_no_more(tmp_path: Path) -> None:
    async with a_city(tmp_path, non_public="content") as city:
        await fill(city.store, with_secrets=True)
        open_, cleared = (
            await group_of(city, "A50"),
            await group_of(city, "A50", title="B", clearance=Clearance.CONTENT),
        )

        told = await morning(city, at(24, 11), open_, cleared)

        assert items(told[0]) == ["1.5.M1", "0112/23", "0112/23"]
        assert items(told[1]) == ["1.5.M1", "QN1", "0112/23", "7.1.M1", "0112/23"]
        assert [message["protect_content"] for message in sent(city) if message.get("protect_content")] == [True]


async def test_chats_without_clearance_are_told_the_same_whether_there_are_secrets_or_not(tmp_path: Path) -> None:
    told = list[list[list[str]]]()
    for with_secrets in (True, False):
        home = tmp_path / str(with_secrets)
        home.mkdir()
        async with a_city(home, non_public="content") as city:
            await fill(city.store, with_secrets=with_secrets)
            chats = (await group_of(city, "A50"), await group_of(city, "D05", title="B"))
            await group_of(city, "A50", title="C", clearance=Clearance.CONTENT)
            coordination = await city.group(title="D")
            await sets(city, "chats", coordination.room.id, reminders="coordination")
            days = (at(24, 11), at(2), at(4), at(16), at(23))
            said = [await morning(city, day, *chats, coordination) for day in days]
            told.append([one for at_once in said for one in at_once])

    assert told[0] == told[1]
    assert sum(map(len, told[0])) > len(told[0]) // 2


async def test_a_clearance_that_ends_between_the_line_and_its_text_is_kept(tmp_path: Path) -> None:
    async with a_city(tmp_path, non_public="content") as city:
        await fill(city.store, with_secrets=True)
        group = await group_of(city, "A50", clearance=Clearance.CONTENT)
        await morning(city, at(24, 11), group)
        await sets(city, "chats", group.room.id, clearance=0)

        [told] = await morning(city, at(1), group)

        assert items(told) == ["1.5.M1", "0112/23"]


# Together with digests


async def test_what_a_digest_tells_this_morning_is_not_told_besides(city: City) -> None:
    group = await group_of(city, "A51")
    digest = Digest(chat=group.room.id, rule=Rule(weekdays=(2,)))
    await city.store.database.write(lambda t: digests.save(t.fetch, digest, at=at(1, hour=8), next_at=at(2, hour=8)))

    [reminders] = await morning(city, at(2), group)
    [with_digest] = await morning(city, at(2, hour=8), group)
    [next_day] = await morning(city, at(3), group)
    await morning(city, at(9, hour=8), group)
    [third] = await morning(city, at(11), group)

    assert reminders == []
    assert next_day == []
    assert items(third) == ["Q8"]
    assert "Q8" in with_digest[0]
