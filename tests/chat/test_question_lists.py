"""Lists of questions, typed or pasted over HTTP through the local Bot API, and routed in one go."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from registry.inquiries import Inquiry, InquiryStatus
from registry.people import Role
from tests.chat.places import EVERYTHING, IN_BOTH_LANGUAGES, SHAPES, Member, members, rewrites, says_in_shape
from tests.chatting import City, a_city
from tests.handlers.a_register import fill

NEW = ("/neu fragen", "/new inquiries")
DONE = ("✓ Fertig", "✓ Done")
MAKE_PUBLIC = ("Lieber öffentlich", "Rather public")
IMPORT = ("✓ Öffentlich importieren", "✓ Import as public")
QUESTIONS = """\
1. Wie viele Stellen sind frei?
2. Was kostet das?
V: D01/ A11// D05/ A50
Wer macht das?
V: D05/ A51
Wann?"""
PASTED = f"Fragenliste: Fragen zum Haushalt\nEinreicher: Fraktion Zwei\nDatum: 2.12.2026\n{QUESTIONS}"


@pytest.fixture
async def city(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[City]:
    async with a_city(tmp_path, non_public=getattr(request, "param", "hidden")) as running:
        await fill(running.store, with_secrets=False)
        yield running


async def coordination(city: City, language: str, place: str = "private") -> Member:
    chris = await city.person("Chris", role=Role.COORDINATOR, language=language)
    [one] = await members(city, place, chris)
    return one


async def inquiry(city: City, number: str) -> Inquiry | None:
    found = await city.store.register(EVERYTHING).subject(number)
    assert found is None or isinstance(found, Inquiry)
    return found


async def routed(city: City) -> list[tuple[str, ...]]:
    found = [await inquiry(city, f"Q{n}") for n in range(12, 16)]
    return [tuple(part.office for part in one.contributions) for one in found if one]


# However much of the non-public may be told in this messenger, a list can be typed in it.
@pytest.mark.parametrize("city", ["hidden", "reference", "content"], indirect=True)
@IN_BOTH_LANGUAGES
async def test_a_list_is_asked_for_step_by_step_and_routed_in_one_go(city: City, language: str) -> None:
    chris = await coordination(city, language)

    asked = [
        await chris.says(*NEW),
        await chris.says("Fragen zum Haushalt"),
        await chris.says("Fraktion Beispiel"),
        await chris.says("quark"),
        await chris.says("2.12.2026"),
    ]
    await chris.says(QUESTIONS)
    shown = await chris.taps(*DONE)
    public = await chris.taps(*MAKE_PUBLIC)
    imported = await chris.taps(*IMPORT)

    assert [one.splitlines()[0] for one in asked] == [
        chris.reads("Wie heißt die Fragenliste?", "What is the list of questions called?"),
        "Fragen zum Haushalt",
        "Fragen zum Haushalt · Fraktion Beispiel",
        chris.reads("Das Datum „quark“ verstehe ich nicht.", "I do not understand the date “quark”."),
        chris.reads(
            "Fragen zum Haushalt · Fraktion Beispiel · Mi., 02.12.2026",
            "Fragen zum Haushalt · Fraktion Beispiel · Wed, 2 Dec 2026",
        ),
    ]
    found = (
        "4 Frageabsätze: 4 Fragen, 1 ohne Amt",
        "4 question paragraphs: 4 questions, 1 without an office",
    )
    assert chris.reads(*found) in shown
    assert public.startswith("Fragen zum Haushalt: ")
    assert imported.startswith(chris.reads("✓ Importiert: Fragen zum Haushalt", "✓ Imported: Fragen zum Haushalt"))
    assert await routed(city) == [("A11", "A50"), ("A11", "A50"), ("A51",), ()]
    last = await inquiry(city, "Q15")
    assert last is not None and last.status is InquiryStatus.UNROUTED


@IN_BOTH_LANGUAGES
async def test_a_pasted_list_is_read_as_a_whole_and_taken_back_as_a_whole(city: City, language: str) -> None:
    chris = await coordination(city, language)

    read = await chris.says(f"{NEW[0]}\n{PASTED}", f"{NEW[1]}\n{PASTED}")
    await chris.taps(*DONE)
    await chris.taps(*MAKE_PUBLIC)
    await chris.taps(*IMPORT)
    there = await routed(city)
    await chris.taps("↶ Rückgängig", "↶ Undo")

    assert read.splitlines()[0].startswith("Fragen zum Haushalt · Fraktion Zwei · ")
    assert read.splitlines()[1].startswith(chris.reads("Die Fragen sind da.", "The questions are here."))
    assert len(there) == 4
    assert await routed(city) == []


@IN_BOTH_LANGUAGES
async def test_the_list_that_is_being_typed_outlives_a_restart_and_can_be_given_up(city: City, language: str) -> None:
    chris = await coordination(city, language)
    await chris.says(*NEW)
    await chris.says("Fragen zum Haushalt")

    await city.restarts()
    asked = await chris.says("Fraktion Beispiel")
    given_up = await chris.says("/abbrechen", "/cancel")

    assert chris.reads("Von welchem Tag ist die Liste?", "Of which day is the list?") in asked
    assert given_up.startswith(chris.reads("Es wurde nichts geändert.", "Nothing was changed."))
    assert await routed(city) == []


@IN_BOTH_LANGUAGES
async def test_buttons_under_a_typed_list_work_after_a_restart_and_once(city: City, language: str) -> None:
    chris = await coordination(city, language)
    await chris.says(f"{NEW[0]}\n{PASTED}", f"{NEW[1]}\n{PASTED}")

    await city.restarts()
    await chris.taps(*DONE)
    await chris.taps(*MAKE_PUBLIC)
    await city.restarts()
    for _ in range(3):
        chris.presses(*IMPORT)
    await city.settled()

    assert len(await routed(city)) == 4
    assert await inquiry(city, "Q16") is None


@IN_BOTH_LANGUAGES
async def test_whose_role_ended_while_typing_imports_nothing(city: City, language: str) -> None:
    chris = await coordination(city, language)
    await chris.says(f"{NEW[0]}\n{PASTED}", f"{NEW[1]}\n{PASTED}")
    await chris.taps(*DONE)
    await chris.taps(*MAKE_PUBLIC)
    await city.store.people.set_role(chris.person.id, Role.EDITOR, ("A50",))

    await chris.taps(*IMPORT)

    assert await routed(city) == []


@IN_BOTH_LANGUAGES
async def test_in_a_group_the_way_to_the_private_chat_is_told(city: City, language: str) -> None:
    chris = await coordination(city, language, "group")

    told = await chris.says(*NEW)

    assert told == chris.reads(
        "Fragenlisten nehme ich nur im privaten Chat entgegen.\n"
        "Bitte öffnen Sie einen Chat mit @amtsbote_bot und schreiben Sie dort /neu fragen.",
        "Lists of questions are entered in a private chat only.\n"
        "Please open a chat with @amtsbote_bot and write /new inquiries there.",
    )


@IN_BOTH_LANGUAGES
@pytest.mark.parametrize("role", [Role.GUEST, Role.READER, Role.EDITOR])
async def test_others_than_coordination_make_no_list(city: City, language: str, role: Role) -> None:
    [one] = await members(city, "private", await city.person("Kim", role=role, offices=("A50",), language=language))

    await one.says(f"{NEW[0]}\n{PASTED}", f"{NEW[1]}\n{PASTED}")

    assert not {*DONE} & {*one.chat.buttons}
    assert await routed(city) == []


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_list_in_a_shape_that_nobody_answers_for_is_not_read(city: City, shape: str) -> None:
    chris = await coordination(city, "de")

    assert await says_in_shape(chris, f"{NEW[0]}\n{PASTED}", shape) == []


async def test_an_edited_list_is_not_read_again(city: City) -> None:
    chris = await coordination(city, "de")
    await chris.says(f"{NEW[0]}\n{PASTED}")

    assert await rewrites(chris, f"{NEW[0]}\nEine Frage?\nV: A50") == []
