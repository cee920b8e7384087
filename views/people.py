"""People by their number: what they were given, and what they are told about it."""

from collections.abc import Sequence
from datetime import date

from locales.phrases import term
from locales.translations import Language
from registry.people import Role, Staff
from views import buttons, html
from views.html import Html
from views.message import Message
from views.voice import Voice

ROLE = {
    Role.GUEST: term("role", "no access"),
    Role.READER: term("role", "reading"),
    Role.EDITOR: term("role", "editing"),
    Role.COORDINATOR: term("role", "coordination"),
    Role.ADMIN: term("role", "administration"),
}


def role_name(role: Role, say: Language) -> str:
    return say.of(*ROLE[role])


def heading(number: int, say: Language) -> Html:
    """A number that opens the person's profile, where the messenger lets the reader see it."""
    return html.fill(say("Person {number}"), number=link(number))


def link(number: int) -> Html:
    return Html(f'<a href="tg://user?id={number}">{number}</a>')


def terms(role: Role, offices: Sequence[str], until: date | None, voice: Voice) -> str:
    """``Bearbeitung für A50 · bis Do., 31.12.2026``."""
    say, named = voice.say, role_name(role, voice.say)
    for_offices = say("{role} for {offices}", role=named, offices=voice.short_offices(offices)) if offices else named
    end = say("until {day}", day=say.date(until)) if until else ""
    return " · ".join(filter(None, (for_offices, end)))


def given(staff: Staff, voice: Voice) -> str:
    say = voice.say
    parts = [terms(Role.ADMIN if staff.is_set else staff.role, staff.offices, staff.until, voice)]
    if staff.stands_in_for is not None and staff.stands_in_until is not None:
        day = say.date(staff.stands_in_until)
        parts.append(say("stands in for {number} until {day}", number=staff.stands_in_for, day=day))
    return " · ".join(parts)


def differences(before: Staff, after: Staff, voice: Voice) -> tuple[Html, ...]:
    return (html.join(" → ", (given(before, voice), html.bold(given(after, voice)))),)


def page(
    people: Sequence[Staff], number: int, count: int, waiting: Sequence[tuple[int, str]], voice: Voice, *, size: int
) -> Message:
    """``waiting`` are the guests who asked for access, with the token that declines it."""
    say = voice.say
    pages = max(1, -(-count // size))
    return Message(
        html=html.paragraphs(
            html.bold(say.plural("{n} person has a role", "{n} people have a role", count)),
            html.lines(*(_listed(staff, voice) for staff in people)),
            _waiting([guest for guest, _ in waiting], say),
            html.italic(say("Names are not stored: a person is known by the number of their Telegram account.")),
        ),
        buttons=buttons.rows(
            *buttons.flowing(
                [
                    buttons.command(say("Revoke {number}", number=staff.number), "revoke", str(staff.number))
                    for staff in people
                    if not staff.is_set
                ]
            ),
            *(
                buttons.row(
                    buttons.command(say("Accept {number}", number=guest), "grant", str(guest)),
                    buttons.deed(say("Decline {number}", number=guest), decline),
                )
                for guest, decline in waiting
            ),
            _turning(number, pages, voice.say),
            buttons.row(buttons.command(say("Give a role"), "grant"), buttons.command(say("Invite"), "invite")),
        ),
    )


def _turning(number: int, pages: int, say: Language) -> buttons.Row:
    """The first page is 0; people count from 1."""
    back = buttons.command(say("‹ Back"), "people", str(number)) if number else None
    on = buttons.command(say("Next ›"), "people", str(number + 2)) if number + 1 < pages else None
    return buttons.row(back, on)


def _listed(staff: Staff, voice: Voice) -> Html:
    ended = staff.role_on(voice.today) is Role.GUEST
    extra = voice.say("has ended") if ended else voice.say("by the settings") if staff.is_set else ""
    if staff.is_last and staff.until is not None and staff.until < voice.today:
        extra = voice.say("goes on, for nobody else is administrator")
    return html.join(" · ", (link(staff.number), given(staff, voice), html.bold(extra)))


def _waiting(waiting: Sequence[int], say: Language) -> Html:
    if not waiting:
        return Html("")
    asked = say.plural("{n} person asks for access:", "{n} people ask for access:", len(waiting))
    return html.join(" ", (html.bold(asked), html.join(", ", map(link, waiting))))


def which_person(say: Language, *, picks: bool) -> Message:
    """With a button to pick one from the messenger's own list, where there can be one."""
    return Message(
        html=html.lines(
            html.bold(say("Which person?")),
            say("Write the number after the command: /grant 123456 editor A50"),
            say("In a group, send /grant as a reply to a message of that person."),
            say("Or pick the person with the button below.") if picks else "",
        ),
        buttons=() if picks else ((buttons.command(say("Help"), "help"),),),
        picks=say("Pick a person") if picks else "",
    )


def which_to_revoke(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Which person?")),
            say("Write the number after the command: /revoke 123456"),
            say("Or choose the person from the list."),
        ),
        buttons=((buttons.command(say("People"), "people"),),),
    )


def not_understood(words: str, say: Language, *, invites: bool) -> Message:
    """Of the terms of a role: what they may say."""
    example = (
        say("/invite editor A50 A51 until 31.12.2026")
        if invites
        else say("/grant 123456 editor A50 A51 until 31.12.2026")
    )
    return Message(
        html=html.lines(
            html.bold(say("I do not understand “{words}”.", words=html.shortened(words, 40))),
            say("Write the role, then the offices, then until when it lasts:"),
            example,
        ),
        buttons=((buttons.command(say("Offices"), "offices"), buttons.command(say("Help"), "help")),),
    )


def pick_offices(heading: Html, chosen: Sequence[str], keys: Sequence[tuple[str, str]], voice: Voice) -> Message:
    """``keys`` are the labels with the tokens of their buttons."""
    say = voice.say
    return Message(
        html=html.lines(
            heading,
            html.bold(say("For which offices? What lies below them is included.")),
            say("Chosen: {offices}", offices=", ".join(map(voice.office, chosen))) if chosen else "",
        ),
        buttons=buttons.flowing([buttons.deed(label, token) for label, token in keys]),
    )


def told_role(staff: Staff, voice: Voice) -> Message:
    """To the person themself, whenever what they were given changes."""
    say = voice.say
    if staff.role is Role.GUEST:
        return Message(
            html=html.lines(
                html.bold(say("Your access has ended.")),
                say("If you still need it, please talk to your administrators."),
            ),
            buttons=((buttons.access(say("Request access")), buttons.command(say("Help"), "help")),),
        )
    return Message(
        html=html.lines(
            html.bold(say("You have access.")),
            say("Your role: {role}", role=given(staff, voice)),
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def told_ending(staff: Staff, until: date, say: Language) -> Message:
    """To the administrators, some days before the role of one of them ends."""
    return Message(
        html=html.lines(
            html.bold(say("On {day} the role of an administrator ends.", day=say.date(until))),
            heading(staff.number, say),
            say("Another administrator renews it by giving the role again."),
        ),
        buttons=(
            (
                buttons.command(say("Renew"), "grant", f"{staff.number} admin"),
                buttons.command(say("People"), "people"),
            ),
        ),
    )
