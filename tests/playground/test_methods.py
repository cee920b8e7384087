"""Menus, chats and files, and how calls are named and written."""

import aiohttp
import pytest

from bot.playground.api import TOKEN
from bot.playground.chats import Document
from bot.playground.keyboards import ReplyKey
from bot.playground.methods.profile import menu_for
from bot.playground.payloads import Json
from tests.playground.towns import Setting


async def test_method_names_ignore_case_and_unknown_ones_are_not_found(setting: Setting) -> None:
    known = await setting.api.call("GETME")
    unknown = await setting.api.call("getYou")

    assert known.ok
    assert (unknown.status, unknown.answer) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("überfällig", "BOT_COMMAND_INVALID"),
        ("Offen", "BOT_COMMAND_INVALID"),
        ("x" * 33, "BOT_COMMAND_INVALID"),
        ("", "BOT_COMMAND_INVALID"),
    ],
)
async def test_command_names_are_plain(setting: Setting, command: str, reason: str) -> None:
    call = await setting.api.call("setMyCommands", commands=[{"command": command, "description": "d"}])

    assert call.description == f"Bad Request: {reason}"


async def test_there_are_at_most_a_hundred_commands(setting: Setting) -> None:
    commands: list[Json] = [{"command": f"c{n}", "description": "d"} for n in range(101)]

    assert (await setting.api.call("setMyCommands", commands=commands[:100])).ok
    assert (await setting.api.call("setMyCommands", commands=commands)).description == (
        "Bad Request: BOT_COMMANDS_TOO_MUCH"
    )


async def test_the_narrowest_menu_in_the_persons_language_is_shown(setting: Setting) -> None:
    async def set_menu(name: str, **more: Json) -> None:
        call = await setting.api.call("setMyCommands", commands=[{"command": name, "description": name}], **more)
        assert call.ok

    await set_menu("everywhere")
    await set_menu("private", scope={"type": "all_private_chats"})
    await set_menu("privat", scope={"type": "all_private_chats"}, language_code="de")
    await set_menu("mine", scope={"type": "chat", "chat_id": setting.chat.id})

    def shown(room: int, *, private: bool, language: str) -> str:
        return menu_for(setting.api.town, room, setting.kim.id, private=private, language=language)[0][0]

    assert shown(setting.chat.id, private=True, language="de") == "mine"
    assert shown(1, private=True, language="de") == "privat"
    assert shown(1, private=True, language="fr") == "private"
    assert shown(1, private=False, language="de") == "everywhere"


async def test_members_of_a_chat_are_told_and_a_left_chat_is_closed(setting: Setting) -> None:
    group = setting.api.town.group("Team", setting.kim)
    place: dict[str, Json] = {"chat_id": group.id}

    count = (await setting.api.call("getChatMemberCount", **place)).result
    kim = (await setting.api.call("getChatMember", **place, user_id=setting.kim.id)).result
    stranger = await setting.api.call("getChatMember", **place, user_id=5)
    left = await setting.api.call("leaveChat", **place)
    after = await setting.send(chat_id=group.id)

    assert count == 2
    assert isinstance(kim, dict)
    assert kim["status"] == "creator"
    assert stranger.description == "Bad Request: member not found"
    assert left.ok
    assert (after.status, after.description) == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_a_dropped_file_can_be_fetched(setting: Setting) -> None:
    document = Document("file-1", "paper.txt", "text/plain", b"content")
    setting.api.doings.drops(setting.chat, setting.kim, document)

    found = (await setting.api.call("getFile", file_id="file-1")).result
    async with setting.api.serve() as origin, aiohttp.ClientSession() as session:
        assert isinstance(found, dict)
        async with session.get(f"{origin}/file/bot{TOKEN}/{found['file_path']}") as answer:
            body = await answer.read()

    assert body == b"content"


async def test_bodies_may_be_json_form_multipart_or_a_query(setting: Setting) -> None:
    values = {"chat_id": str(setting.chat.id), "text": "ä & 😀", "reply_markup": '{"inline_keyboard":[]}'}
    multipart = aiohttp.FormData(values)
    multipart.add_field("document", b"\x00\xff", filename="a.bin")

    async with setting.api.serve() as origin, aiohttp.ClientSession(f"{origin}/bot{TOKEN}/") as session:
        answers = [
            await session.post("sendMessage", json=values),
            await session.post("sendMessage", data=values),
            await session.post("sendMessage", data=multipart),
            await session.get("sendMessage", params=values),
        ]

    assert [answer.status for answer in answers] == [200] * 4
    assert [message.text for message in setting.chat.messages.values()] == ["ä & 😀"] * 4


async def test_a_document_travels_as_it_is(setting: Setting) -> None:
    form = aiohttp.FormData({"chat_id": str(setting.chat.id), "caption": "<b>Bericht</b>", "parse_mode": "HTML"})
    content = bytes(range(256)) * 3 + b"\r\n--\r\n"
    form.add_field("document", content, filename="report.xlsx", content_type="application/zip")

    async with setting.api.serve() as origin, aiohttp.ClientSession(f"{origin}/bot{TOKEN}/") as session:
        await session.post("sendDocument", data=form)

    sent = setting.chat.last.document
    assert sent is not None
    assert (sent.name, sent.mime_type, sent.content) == ("report.xlsx", "application/zip", content)
    assert setting.chat.last.text == "Bericht"


async def test_a_forced_reply_is_no_part_of_the_message_and_not_for_edits(setting: Setting) -> None:
    wanted: dict[str, Json] = {"force_reply": True, "selective": True, "input_field_placeholder": "Notiz"}
    question = setting.api.doings.says(setting.chat, setting.kim, "/notiz Q1")

    sent = await setting.sent(reply_markup=wanted, reply_parameters={"message_id": question.id})
    edited = await setting.edit(sent, text="anders", reply_markup=wanted)
    too_long = await setting.send(reply_markup=wanted | {"input_field_placeholder": "x" * 65})

    assert sent.asked == (setting.kim.id,)
    assert "reply_markup" not in sent.json()
    assert edited.description == "Bad Request: inline keyboard expected"
    assert too_long.description == "Bad Request: input field placeholder is too long"


async def test_a_forced_reply_that_is_not_selective_is_for_everybody_in_the_chat(setting: Setting) -> None:
    toni = setting.api.town.person("Toni")
    team = setting.api.town.group("Team", setting.kim, toni)

    await setting.api.call("sendMessage", chat_id=team.id, text="Wer?", reply_markup={"force_reply": True})

    assert {setting.kim.id, toni.id} <= set(team.last.asked)


async def test_a_person_is_picked_with_a_button_below_the_text_field(setting: Setting) -> None:
    toni = setting.api.town.person("Toni")
    key: dict[str, Json] = {"text": "Person wählen", "request_users": {"request_id": 1, "max_quantity": 1}}
    markup: dict[str, Json] = {"keyboard": [[key]], "one_time_keyboard": True}

    sent = await setting.sent(reply_markup=markup)
    edited = await setting.edit(sent, text="anders", reply_markup=markup)
    team = setting.api.town.group("Team", setting.kim)
    in_group = await setting.api.call("sendMessage", chat_id=team.id, text="Wer?", reply_markup=markup)
    picked = setting.api.doings.picks(setting.chat, setting.kim, toni, request=1)

    assert sent.keys == ((ReplyKey("Person wählen", 1),),)
    assert "reply_markup" not in sent.json()
    assert edited.description == "Bad Request: inline keyboard expected"
    assert in_group.description == "Bad Request: BUTTON_TYPE_INVALID"
    assert picked.json()["users_shared"] == {"request_id": 1, "users": [{"user_id": toni.id}]}
