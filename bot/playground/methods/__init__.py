"""The Bot API methods the playground knows, by their lower-case names."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.playground.methods import chats, files, messages, pins, profile, webhooks
from bot.playground.payloads import Json, Payload
from bot.playground.town import Town

Method = Callable[[Town, Payload], Json]

METHODS: Mapping[str, Method] = {
    "getme": profile.get_me,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": partial(profile.set_profile, "name"),
    "getmyname": partial(profile.get_profile, "name"),
    "setmydescription": partial(profile.set_profile, "description"),
    "getmydescription": partial(profile.get_profile, "description"),
    "setmyshortdescription": partial(profile.set_profile, "short_description"),
    "getmyshortdescription": partial(profile.get_profile, "short_description"),
    "sendmessage": messages.send_message,
    "editmessagetext": messages.edit_message_text,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "answercallbackquery": messages.answer_callback_query,
    "pinchatmessage": pins.pin_chat_message,
    "unpinchatmessage": pins.unpin_chat_message,
    "setmessagereaction": messages.set_message_reaction,
    "sendchataction": messages.send_chat_action,
    "senddocument": files.send_document,
    "getfile": files.get_file,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatmembercount": chats.get_chat_member_count,
    "getchatadministrators": chats.get_chat_administrators,
    "leavechat": chats.leave_chat,
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
    "getwebhookinfo": webhooks.get_webhook_info,
}
