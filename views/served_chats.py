"""The chats the bot serves, as administrators see them."""

from collections.abc import Sequence
from datetime import date

from locales.phrases import phrase, term
from locales.translations import Language
from registry.administered import ServedChat
from registry.visibility import Clearance
from views import buttons, html
from views.html import Html
from views.message import Message
from views.names import language_name
from views.voice import Voice

CLEARANCE = {
    Clearance.PUBLIC: term("clearance", "public only"),
    Clearance.REFERENCE: term("clearance", "that there is something non-public"),
    Clearance.CONTENT: term("clearance", "non-public too"),
}
_SUSPENDED = {
    "moved": phrase("suspended: the chat got a new number"),
    "public": phrase("suspended: the chat became public"),
}


def clearance_name(clearance: Clearance, say: Language) -> str:
    return say.of(*CLEARANCE[clearance])


def heading(chat: ServedChat, say: Language) -> Html:
    return html.bold(chat.title or say("Chat {number}", number=chat.id))


def differences(before: ServedChat, after: ServedChat, voice: Voice) -> tuple[Html, ...]:
    say = voice.say
    sides = {
        say("May be seen there"): [_cleared(chat, voice) for chat in (before, after)],
        say("Offices"): [_offices(chat, voice) for chat in (before, after)],
    }
    return tuple(
        html.fill("{field}: {change}", field=field, change=html.join(" → ", (old, html.bold(new))))
        for field, (old, new) in sides.items()
        if old != new
    )


def _cleared(chat: ServedChat, voice: Voice) -> str:
    """What may be seen there today, and until when."""
    name = clearance_name(chat.clearance_on(voice.today), voice.say)
    if chat.cleared_until is None:
        return name
    day = voice.say.date(chat.cleared_until)
    has_ended = chat.cleared_until < voice.today
    end = voice.say("clearance ended on {day}", day=day) if has_ended else voice.say("until {day}", day=day)
    return f"{name} · {end}"


def _offices(chat: ServedChat, voice: Voice) -> str:
    return voice.short_offices(chat.offices) or voice.say("the whole city")


def page(chats: Sequence[ServedChat], number: int, count: int, voice: Voice, *, size: int) -> Message:
    """The first page is 0; people count from 1."""
    say = voice.say
    pages = max(1, -(-count // size))
    back = buttons.command(voice.say("‹ Back"), "chats", str(number)) if number else None
    on = buttons.command(voice.say("Next ›"), "chats", str(number + 2)) if number + 1 < pages else None
    return Message(
        html=html.paragraphs(
            html.bold(say.plural("I answer in {n} group", "I answer in {n} groups", count)),
            html.lines(*(_listed(chat, at, voice) for at, chat in enumerate(chats, 1 + number * size))),
            html.italic(say("A group is admitted by sending /admit in it; /language sets its language there.")),
        ),
        buttons=buttons.rows(
            *buttons.flowing(
                [
                    button
                    for at, chat in enumerate(chats, 1 + number * size)
                    for button in (
                        buttons.command(say("Clearance {number}", number=at), "chats", f"clear {chat.id}"),
                        buttons.command(say("Offices {number}", number=at), "chats", f"offices {chat.id}"),
                    )
                ]
            ),
            buttons.row(back, on),
        ),
    )


def _listed(chat: ServedChat, at: int, voice: Voice) -> Html:
    say = voice.say
    language = language_name(chat.language, say) if chat.language else say("language of each person")
    suspended = say(_SUSPENDED[chat.suspended]) if chat.suspended in _SUSPENDED else ""
    told = (f"{at}.", heading(chat, say))
    facts = (language, _offices(chat, voice), _cleared(chat, voice), html.bold(suspended))
    return html.join(" · ", (html.join(" ", told), *facts))


def told_suspended(chat: str, say: Language) -> Message:
    """To the administrators, once the chat has become public."""
    return Message(
        html=html.lines(
            html.bold(say("The group “{chat}” has become public.", chat=chat)),
            say("Nothing non-public is shown there any more."),
        ),
        buttons=((buttons.command(say("Chats"), "chats"),),),
    )


def told_moved(chat: str, say: Language) -> Message:
    """To the administrators, once the messenger has given a chat a new number."""
    return Message(
        html=html.lines(
            html.bold(say("The group “{chat}” has got a new number from Telegram.", chat=chat)),
            say("Nothing non-public is shown there any more; with /chats you choose anew what may be seen there."),
        ),
        buttons=((buttons.command(say("Chats"), "chats"),),),
    )


def told_ending(chat: ServedChat, until: date, say: Language) -> Message:
    """To the administrators, some days before."""
    return Message(
        html=html.lines(
            html.bold(say("On {day} ends what “{chat}” is cleared for.", day=say.date(until), chat=chat.title)),
            say("After that, nothing non-public is shown there. To renew it, choose the same clearance again."),
        ),
        buttons=((buttons.command(say("Renew"), "chats", f"clear {chat.id}"), buttons.command(say("Chats"), "chats")),),
    )
