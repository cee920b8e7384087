"""What is said around reminders: one item with what can be done to it, more time, what one wants."""

from collections.abc import Sequence
from datetime import date

from locales.phrases import term
from registry.inquiries import InquiryStatus
from registry.queries import Intent, Query
from registry.reminders import Due, What, Wish
from registry.visibility import Visibility
from views import absence, awaiting, buttons, html
from views.html import Html
from views.message import Button, Message, Style
from views.reminders import code_of, item
from views.voice import Voice

TOMORROW, IN_THREE_DAYS, NEXT_WEEK = "1", "3", "w"
MORE_TIME = frozenset({What.CONTRIBUTION, What.ANSWER, What.MEASURE, What.MANDATE})
_ANSWER_STEPS = {InquiryStatus.IN_REVIEW: "release", InquiryStatus.RELEASED: "answered"}
WISHES = {
    Wish.REST: term("reminders wanted", "Only what no chat is told"),
    Wish.ALL: term("reminders wanted", "Everything for my offices"),
    Wish.NONE: term("reminders wanted", "Nothing"),
}
_CHAT_WISHES = {
    Wish.ALL: term("reminders of a chat", "What waits for its offices"),
    Wish.COORDINATION: term("reminders of a chat", "What coordination is told"),
    Wish.NONE: term("reminders of a chat", "Nothing"),
}


def opened(due: Due, *, may_act: bool, voice: Voice) -> Message:
    """One item, below the message that lists it."""
    say, code = voice.say, code_of(due.key)
    longer = buttons.reminder(say("Needs longer"), "l", code) if due.what in MORE_TIME else None
    later = buttons.reminder(say("Remind later"), "s", code)
    record = buttons.question(say("Open the record"), Query(intent=Intent.SHOW, ref=due.line.ref))
    acts = buttons.rows(buttons.row(_done(due, voice), longer), buttons.row(later)) if may_act else ()
    return _about(due, (), (*acts, (record,)), voice)


def _about(due: Due, said: Sequence[str], rows: tuple[buttons.Row, ...], voice: Voice) -> Message:
    text = html.paragraphs(item(due, voice), html.lines(*said))
    return Message(html=text, label=due.label, refs=(due.line.ref,), buttons=rows)


def _done(due: Due, voice: Voice) -> Button | None:
    """What ends it, by the ways there are for that."""
    ref, label = due.line.ref, voice.say("✓ Done")
    match due.what:
        case What.CONTRIBUTION:
            return buttons.command(label, "answer", ref)
        case What.MEASURE | What.REVIEW:
            return buttons.command(label, "status", ref)
        case What.MANDATE:
            return buttons.command(label, "mandate", f"{ref} {due.position} result")
        case What.UNROUTED:
            return buttons.command(voice.say("Assign"), "assign", ref)
        case What.ANSWER if due.line.status in _ANSWER_STEPS:
            return buttons.command(label, _ANSWER_STEPS[InquiryStatus(due.line.status)], ref)
    return None


def choose_later(due: Due, days: dict[str, date], voice: Voice) -> Message:
    say, code = voice.say, code_of(due.key)
    labels = {
        TOMORROW: say("Tomorrow, {day}", day=say.date(days[TOMORROW])),
        IN_THREE_DAYS: say("In 3 days, {day}", day=say.date(days[IN_THREE_DAYS])),
        NEXT_WEEK: say("Next week, {day}", day=say.date(days[NEXT_WEEK])),
    }
    rows = tuple((buttons.reminder(labels[act], act, code),) for act in days)
    back = (buttons.reminder(say("‹ Back"), "b", code),)
    return _about(due, (html.bold(say("When shall I speak of it here again?")),), (*rows, back), voice)


def snoozed(due: Due, until: date, voice: Voice) -> Message:
    say = voice.say
    wake = (buttons.reminder(say("↶ Undo"), "0", code_of(due.key)),)
    return _about(due, (html.bold(say("Reminded here again on {day}.", day=say.date(until))),), (wake,), voice)


def gone(voice: Voice) -> str:
    return voice.say("That is not due any more.")


def not_theirs(voice: Voice) -> str:
    return voice.say("That is for those who work on it.")


# More time


def ask_until_when(due: Due, choices: Sequence[tuple[date, str]], other: str, voice: Voice) -> Message:
    say = voice.say
    rows = tuple((buttons.deed(say.date(day), token),) for day, token in choices)
    question = html.bold(say("Until when is it needed?"))
    other_day = (buttons.deed(say("Another day …"), other),)
    back = (buttons.reminder(say("‹ Back"), "b", code_of(due.key)),)
    return _about(due, (question, say("Coordination is asked and decides.")), (*rows, other_day, back), voice)


def say_until_when(due: Due, voice: Voice, *, unread: str = "") -> Message:
    say = voice.say
    refused = say("I do not understand “{words}” as a day that lies ahead.", words=html.shortened(unread, 40))
    asked = say("Until when is it needed? For example: 18.12. or in 10 working days")
    said = html.lines(refused if unread else "", html.bold(asked), awaiting.how(voice))
    return Message(
        html=html.paragraphs(item(due, voice), said),
        label=due.label,
        refs=(due.line.ref,),
        buttons=((buttons.command(say("Cancel"), "cancel"),),),
        asks=True,
    )


def confirm_until(due: Due, until: date, confirm: str, cancel: str, voice: Voice) -> Message:
    say = voice.say
    question = html.bold(say("Ask coordination for more time, until {day}?", day=say.date(until)))
    yes = buttons.deed(say("✓ Ask"), confirm, style=Style.SUCCESS)
    return _about(due, (question,), (buttons.row(yes, buttons.deed(say("✕ Leave it"), cancel)),), voice)


def asked(due: Due, until: date, voice: Voice) -> Message:
    say = voice.say
    told = say("Coordination is asked for more time, until {day}. You hear of it here.", day=say.date(until))
    return _about(due, (html.bold(told),), (), voice)


def nobody_to_ask(due: Due, voice: Voice) -> Message:
    return _about(due, (html.bold(voice.say("Nobody in coordination can be reached here at the moment.")),), (), voice)


def asks_for_longer(due: Due, until: date, places: Sequence[str], *, grant: str, decline: str, voice: Voice) -> Message:
    """To coordination: one tap grants it."""
    say = voice.say
    who = voice.short_offices(places) or say("Coordination")
    question = say("{office} asks for more time, until {day}.", office=who, day=say.date(until))
    yes = buttons.deed(say("✓ Grant"), grant, style=Style.SUCCESS)
    return _about(due, (html.bold(question),), (buttons.row(yes, buttons.deed(say("✕ Decline"), decline)),), voice)


def declined_longer(ref: str, label: Visibility, voice: Voice) -> Message:
    """To whoever declined it."""
    text = html.fill(voice.say("{ref}: declined. Whoever asked is told."), ref=html.bold(ref))
    return Message(html=text, label=label, refs=(ref,))


def settled(voice: Voice) -> str:
    return voice.say("That is decided already.")


def told_decision(ref: str, until: date, label: Visibility, voice: Voice, *, grants: bool) -> Message:
    """To the chat that asked."""
    say = voice.say
    told = say("{ref}: more time until {day} is granted.") if grants else say("{ref}: no more time until {day}.")
    advice = "" if grants else say("The date stays as it is. Please speak to coordination.")
    text = html.lines(html.fill(told, ref=html.bold(ref), day=say.date(until)), advice)
    record = buttons.question(say("Open the record"), Query(intent=Intent.SHOW, ref=ref))
    return Message(html=text, label=label, refs=(ref,), buttons=((record,),))


# What one wants


def of_person(wish: Wish, offices: Sequence[str], away: tuple[date, date] | None, voice: Voice) -> Message:
    say = voice.say
    whose = say("Your offices: {offices}", offices=voice.short_offices(offices)) if offices else ""
    gone_until = absence.told(away, voice) if away else ""
    rows = _wishes({one: say.of(*words) for one, words in WISHES.items()}, wish)
    gone = buttons.command(say("I am back"), "back") if away else buttons.command(say("I am away …"), "away")
    question = say("What do you want to hear of?")
    text = html.paragraphs(_when_told(voice), html.lines(whose, gone_until), html.bold(question))
    return Message(html=text, buttons=(*rows, (gone,)))


def of_chat(wish: Wish, offices: Sequence[str], voice: Voice) -> Message:
    say = voice.say
    whose = voice.short_offices(offices) or say("none; administrators set them by /chats")
    told = say.of(*_CHAT_WISHES[wish])
    return Message(
        html=html.paragraphs(
            _when_told(voice),
            html.lines(
                say("The offices of this chat: {offices}", offices=whose),
                html.fill(say("It is told: {what}"), what=html.bold(told)),
            ),
        ),
        buttons=_wishes({one: say.of(*words) for one, words in _CHAT_WISHES.items()}, wish),
    )


def _when_told(voice: Voice) -> Html:
    say = voice.say
    return html.lines(
        html.bold(say("Reminders")),
        say("On the mornings of working days, in one message: 10 and 3 working days before, on the day, then weekly."),
    )


def _wishes(labels: dict[Wish, str], chosen: Wish) -> tuple[buttons.Row, ...]:
    return tuple(
        (buttons.reminder(f"✓ {label}" if one is chosen else label, "=", one.value),) for one, label in labels.items()
    )


def not_understood(words: str, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("I do not understand “{words}”.", words=html.shortened(words, 40))),
            say("For example: /reminders off"),
        ),
        buttons=((buttons.reminder(say("Settings"), "="),),),
    )


def chosen(voice: Voice) -> str:
    return voice.say("✓ Saved.")
