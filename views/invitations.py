"""Invitations and requests for access: what those who ask, are asked and are let in are told."""

from locales.translations import Language
from registry.administered import AdminSubject, Invitation
from registry.people import Role, Staff
from views import buttons, html
from views import people as people_views
from views.message import Button, Message, Style
from views.voice import Voice


def link(bot_name: str, code: str, made: AdminSubject, *, undo: str | None, voice: Voice) -> Message:
    """The link, shown this once: only its hash is kept."""
    say = voice.say
    address = f"https://t.me/{bot_name}?start={code}" if bot_name else f"/start {code}"
    terms = people_views.terms(made.role, made.offices, made.until, voice) if isinstance(made, Invitation) else ""
    return Message(
        html=html.lines(
            html.bold(say("✓ The link is ready: {role}", role=terms)),
            html.code(address),
            say("It works once, for seven days. Give it only to the person it is for: whoever opens it gets the role."),
        ),
        buttons=buttons.rows(
            buttons.row(Button(text=say("Copy the link"), copy_text=address)),
            buttons.row(
                buttons.deed(say("✕ Withdraw"), undo, style=Style.DANGER) if undo else None,
                buttons.command(say("People"), "people"),
            ),
        ),
    )


def welcomed(staff: Staff, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("Welcome. The link has given you access.")),
            say("Your role: {role}", role=people_views.given(staff, voice)),
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def used_already(say: Language, *, has_access: bool) -> Message:
    """A link that somebody has used, be it the one who opens it again."""
    why = (
        say("You have access already; there is nothing more to do.")
        if has_access
        else say("Each link works once. Please ask your administrators for a new one.")
    )
    return _told(say("This link has been used."), why, say, has_access=has_access)


def no_longer_valid(say: Language, *, has_access: bool) -> Message:
    why = say("A link works for seven days. Please ask your administrators for a new one.")
    return _told(say("This link is not valid, or no longer."), why, say, has_access=has_access)


def gives_nothing_more(say: Language) -> Message:
    why = say("It would give you nothing more. It was not used up.")
    return _told(say("You may do as much already without this link."), why, say, has_access=True)


def _told(what: str, why: str, say: Language, *, has_access: bool) -> Message:
    offered = (
        (buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help"))
        if has_access
        else (buttons.access(say("Request access")),)
    )
    return Message(html=html.lines(html.bold(what), why), buttons=(offered,))


def asked(person: int, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Your administrators have your request.")),
            html.fill(say("Please tell them that this number is yours: {number}"), number=html.code(str(person))),
            say("I will write to you as soon as they have answered."),
        ),
        buttons=((Button(text=say("Copy number"), copy_text=str(person)),),),
    )


def asked_before(say: Language) -> str:
    return say("Your request is with your administrators already.")


def declined_lately(say: Language) -> str:
    return say("Your request was declined. You can ask again after seven days.")


def has_access(say: Language) -> str:
    return say("You have access already.")


def somebody_asks(person: int, accept: str, decline: str, say: Language) -> Message:
    """To each administrator."""
    return Message(
        html=html.lines(
            html.bold(say("Somebody asks for access.")),
            people_views.heading(person, say),
            say("Names are not stored: give a role only to somebody who has told you this number."),
        ),
        buttons=(
            buttons.row(
                buttons.deed(say("Accept …"), accept, style=Style.SUCCESS),
                buttons.deed(say("Decline"), decline),
            ),
        ),
    )


def declined(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Your request for access was declined.")),
            say("If you need access, please talk to your administrators. You can ask again after seven days."),
        ),
        buttons=((buttons.access(say("Request access")), buttons.command(say("Help"), "help")),),
    )


def new_person(number: int, role: Role, voice: Voice) -> Message:
    """To the administrators, when a link was used."""
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("An invitation was used.")),
            people_views.heading(number, say),
            people_views.role_name(role, say),
        ),
        buttons=((buttons.command(say("People"), "people"),),),
        silent=True,
    )
