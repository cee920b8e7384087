"""What is stored about the person who asks, and its erasure."""

import json

from locales.phrases import phrase, plural
from locales.translations import Language
from registry.people import Role
from registry.privacy import Hold, Kept, OwnData
from registry.reminders import Wish
from views import buttons, html
from views.html import Html
from views.message import Message
from views.names import language_name
from views.people import role_name
from views.reminding import WISHES
from views.voice import Voice

# By the names of storage/privacy.TRACES: what there is of each, in full sentences.
_TRACES = {
    "messages": plural("{n} message of yours, kept for 7 days", "{n} messages of yours, kept for 7 days"),
    "answers": plural("{n} message of mine to you, kept for 30 days", "{n} messages of mine to you, kept for 30 days"),
    "begun": plural("{n} button or half-finished entry", "{n} buttons and half-finished entries"),
    "drafts": plural("{n} document that is not imported yet", "{n} documents that are not imported yet"),
    "digests": plural("{n} digest that comes to you", "{n} digests that come to you"),
    "deeds": plural(
        "{n} change that you made lately, under a pseudonym", "{n} changes that you made lately, under a pseudonym"
    ),
    "history": plural(
        "{n} entry in the history of records, under a pseudonym",
        "{n} entries in the history of records, under a pseudonym",
    ),
    "administration": plural(
        "{n} entry in the history of roles, under a pseudonym", "{n} entries in the history of roles, under a pseudonym"
    ),
    "requests": plural("{n} request for access", "{n} requests for access"),
    "invitations": plural("{n} invitation, under a pseudonym", "{n} invitations, under a pseudonym"),
    "reminders": plural(
        "{n} note of what I reminded you of, or am to later", "{n} notes of what I reminded you of, or am to later"
    ),
    "chats": plural("{n} group that you admitted", "{n} groups that you admitted"),
}
_HOLDS = {
    Hold.LAST_ADMIN: (
        phrase("You are the only administrator, so you cannot be erased."),
        phrase("Without one nobody could give or take roles any more. Give somebody else that role first."),
    ),
    Hold.BY_SETTINGS: (
        phrase("You are an administrator by the settings, so I cannot erase you."),
        phrase("Whoever runs me has to take your number out of AMTSBOTE_ADMINS first."),
    ),
}


def only_in_private(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("We settle that in private only.")),
            say("Please send me this command there: what is stored about you concerns nobody else."),
        ),
        buttons=((buttons.command(say("Privacy"), "privacy"),),),
    )


def own_data(data: OwnData, voice: Voice) -> Message:
    """As sentences, and once more as JSON, which a tap copies."""
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.bold(say("This is stored about you.")),
            html.lines(*(html.join(" ", ("•", line)) for line in (*_given(data, voice), *_traces(data, voice)))),
            html.lines(say("The same as JSON, to copy:"), html.preformatted(_json(data))),
        ),
        buttons=(
            (buttons.command(say("Privacy"), "privacy"),),
            (buttons.command(say("Erase this …"), "forgetme"),),
        ),
    )


def _json(data: OwnData) -> str:
    fields = data.model_dump(mode="json", exclude={"is_known"}, exclude_defaults=True)
    return json.dumps(fields | {"role": data.role.name.lower()}, ensure_ascii=False)


def _given(data: OwnData, voice: Voice) -> tuple[str, ...]:
    say = voice.say
    number = say("The number of your Telegram account: {number}", number=data.number)
    if not data.is_known:
        return (number,)
    until = say(", until {day}", day=say.date(data.until)) if data.until else ""
    named = say("Your role: {role}{until}", role=role_name(data.role, say), until=until)
    offices = say("Your offices: {offices}", offices=voice.short_offices(data.offices)) if data.offices else ""
    language = say("Your language: {language}", language=language_name(data.language, say)) if data.language else ""
    standing_in = (
        say("You stand in for somebody until {day}", day=say.date(data.stands_in_until)) if data.stands_in_until else ""
    )
    reminders = "" if data.reminders is Wish.REST else say.of(*WISHES[data.reminders])
    wanted = say("Reminders you want: {what}", what=reminders) if reminders else ""
    away = say("You are away until {day}.", day=say.date(data.away_until)) if data.away_until else ""
    return tuple(filter(None, (number, named, offices, standing_in, language, wanted, away)))


def _traces(data: OwnData, voice: Voice) -> tuple[Html, ...]:
    return tuple(_trace(name, kept, voice) for name, kept in data.traces.items())


def _trace(name: str, kept: Kept, voice: Voice) -> Html:
    told = voice.say.plural(*_TRACES[name], kept.count)
    since = voice.say("since {day}", day=voice.say.date(kept.since)) if kept.since else ""
    return html.join(", ", (told, since))


def really_forget(data: OwnData, token: str, say: Language) -> Message:
    has_role = data.role is not Role.GUEST
    return Message(
        html=html.paragraphs(
            html.bold(say("Erase what is stored about you?")),
            html.lines(
                say("• Gone are: your number, role, offices and language, and the texts of our chat that I keep."),
                say("• Records and their history stay. They name offices and a pseudonym that leads to nobody then."),
                say("• In nightly copies of the register it is gone after 30 days."),
                say("• What you see in Telegram stays there until you delete this chat yourself."),
            ),
            html.bold(say("You lose your role with it: only an administrator can let you in again."))
            if has_role
            else Html(""),
        ),
        buttons=(
            (buttons.forget(say("Erase it"), token),),
            (buttons.command(say("✕ Leave it"), "cancel"),)
            if has_role
            else (buttons.command(say("Privacy"), "privacy"),),
        ),
    )


def cannot_forget(hold: Hold, say: Language) -> Message:
    headline, advice = _HOLDS[hold]
    return Message(
        html=html.lines(html.bold(say(headline)), say(advice)),
        buttons=((buttons.command(say("What is stored about me"), "mydata"),),),
    )


def forgotten(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("✓ Erased.")),
            say("This answer goes too, after 30 days at the latest. To be rid of it here, delete the chat."),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )


def privacy(say: Language) -> Message:
    return Message(
        html=html.paragraphs(
            html.bold(say("Only what is needed to answer you is stored.")),
            html.lines(
                say("• Stored: the number of your Telegram account, your role and offices, your language."),
                say("• Not stored: your name, your user name, your phone number."),
                say("• What you write is deleted after 7 days, what I answer after 30 days."),
                say("• What you change is kept in the record's history, under your office and a pseudonym."),
            ),
            say(
                "Messages pass through Telegram, outside the city's control and without end-to-end encryption. "
                "Please write nothing confidential here."
            ),
            say("You can see what is stored about you, and have it erased, in our private chat:"),
        ),
        buttons=(
            (buttons.command(say("What is stored about me"), "mydata"),),
            (buttons.command(say("Erase it …"), "forgetme"),),
        ),
    )
