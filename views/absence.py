"""What is said to people who are away, or want to be."""

from collections.abc import Sequence
from datetime import date

from views import buttons, html, times
from views.message import Button, Message
from views.voice import Voice


def ask_until_away(days: Sequence[date], away: tuple[date, date] | None, voice: Voice, *, unread: str = "") -> Message:
    say = voice.say
    refused = say("I do not understand “{words}” as days that lie ahead.", words=html.shortened(unread, 40))
    until = [buttons.command(say("until {day}", day=say.date(day)), "away", f"bis {day:%d.%m.%Y}") for day in days]
    return Message(
        html=html.paragraphs(
            refused if unread else "",
            html.lines(
                html.bold(say("Until when are you away?")),
                say("For example: /away until 04.12. or /away 01.12. to 04.12."),
            ),
            told(away, voice) if away else "",
        ),
        buttons=buttons.rows(*((one,) for one in until), *(((_back(voice)),),) if away else ()),
    )


def away(days: tuple[date, date], voice: Voice, *, has_deputy: bool) -> Message:
    say = voice.say
    deputy = (
        say("Somebody stands in for you and hears of it meanwhile.")
        if has_deputy
        else say("Nobody stands in for you: what nobody else hears of goes to coordination.")
    )
    text = html.lines(html.bold(told(days, voice)), say("I remind you of nothing until then."), deputy)
    return Message(html=text, buttons=((_back(voice),),))


def back(voice: Voice) -> Message:
    settings = buttons.command(voice.say("Reminders"), "reminders")
    text = html.bold(voice.say("Welcome back. I remind you again from the next morning on."))
    return Message(html=text, buttons=((settings,),))


def _back(voice: Voice) -> Button:
    return buttons.command(voice.say("I am back"), "back")


def told(days: tuple[date, date], voice: Voice) -> str:
    since, until = days
    if since <= voice.today:
        return voice.say("You are away until {day}.", day=voice.say.date(until))
    return voice.say("You are away: {days}.", days=times.period_of(since, until, voice))
