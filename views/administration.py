"""What administrators are about to do, have done, or cannot do: to people, invitations, offices and chats."""

from collections.abc import Sequence

from locales.phrases import phrase
from locales.translations import Language
from registry.administered import AccessRequest, AdminSubject, Hindrance, Invitation, Offices, ServedChat, Situation
from registry.deeds import (
    AdminDeed,
    ChangeOffice,
    ClearChat,
    DeclineAccess,
    GiveChatOffices,
    GrantRole,
    Invite,
    LoadOffices,
    RevokeRole,
    SetDigest,
    WithdrawInvitation,
)
from registry.digests import Digest
from registry.people import Staff
from views import awaiting, buttons, digest_facts, html
from views import offices as office_views
from views import people as people_views
from views import served_chats as chat_views
from views.html import Html
from views.message import Button, Message, Style
from views.voice import Voice

Keys = Sequence[tuple[str, str]]  # labels with the tokens of their buttons

_HINDRANCES = {
    Hindrance.NO_PERSON: phrase("Nobody can have this number; only people get roles."),
    Hindrance.SELF: phrase("Nobody changes their own role. Please ask another administrator."),
    Hindrance.BY_SETTINGS: phrase("This administrator is named in the settings; only the operator can change that."),
    Hindrance.LAST_ADMIN: phrase("There would be no administrator left. Please appoint another one first."),
    Hindrance.NO_ROLE: phrase("This person has no role."),
    Hindrance.UNKNOWN_OFFICE: phrase("One of these offices is not in the tree."),
    Hindrance.PAST: phrase("That day has passed."),
    Hindrance.NOBODY_TO_STAND_IN_FOR: phrase("Only somebody else who works for offices can be stood in for."),
    Hindrance.NOTHING_CHANGES: phrase("It is so already."),
    Hindrance.SECOND_IS_FIRST: phrase("Somebody else than who proposed it has to agree."),
    Hindrance.ASK_A_SECOND: phrase(
        "Two administrators have to agree to a new one. Let the person ask for access, and give the role by number."
    ),
    Hindrance.NO_REQUEST: phrase("This request was answered already."),
    Hindrance.NO_INVITATION: phrase("This invitation was used or withdrawn already."),
    Hindrance.NO_CHAT: phrase("This chat is not served."),
    Hindrance.NO_PLACE: phrase("An office cannot stand below itself."),
    Hindrance.NO_DIGEST: phrase("This digest has moved or ended."),
    Hindrance.SAME_DIGEST: phrase("A digest that says the same comes here already."),
    Hindrance.TOO_MANY_DIGESTS: phrase("No more than ten digests come to one chat. Please end another one first."),
    Hindrance.BAD_NAME: phrase("An office needs a name, and no name may have more than 200 characters."),
}
_QUESTIONS = {
    "role": phrase("Which role?"),
    "offices": phrase("For which offices? What lies below them is included."),
    "to": phrase("What may be seen in this chat?"),
    "parent": phrase("Where does it belong?"),
}
_PROMPTS = {
    "until": phrase("Until when? Please write a date, for example 31.12.2026."),
    "stands_in_until": phrase("Until when does the person stand in? Please write a date, for example 31.12.2026."),
    "stands_in_for": phrase("For whom? Please write the number of the person to stand in for; /people lists them."),
    "name_de": phrase("Please write the German name."),
    "name_en": phrase("Please write the English name."),
    "aliases": phrase("Please write the other names, separated by commas."),
}
_ADDED = {
    "until": phrase("✎ Until …"),
    "offices": phrase("✎ Offices"),
    "role": phrase("✎ Role"),
    "stands_in_for": phrase("✎ Deputy for …"),
}


def heading(deed: AdminDeed, at: Situation, voice: Voice) -> Html:
    match deed:
        case GrantRole(person=number) | RevokeRole(person=number) | DeclineAccess(person=number):
            return people_views.heading(number, voice.say)
        case Invite() | WithdrawInvitation():
            return html.bold(voice.say("Invitation"))
        case ChangeOffice(code=code):
            return html.bold(voice.office(code))
        case LoadOffices():
            return html.bold(voice.say("Offices"))
        case ClearChat() | GiveChatOffices() if isinstance(at.before, ServedChat):
            return chat_views.heading(at.before, voice.say)
        case SetDigest(digest=digest):
            return digest_facts.heading(digest, at.place, voice.say)
    return Html("")


def changes(deed: AdminDeed, before: AdminSubject, after: AdminSubject, voice: Voice) -> tuple[Html, ...]:
    match before, after:
        case Staff(), Staff():
            return people_views.differences(before, after, voice)
        case Invitation(), Invitation() if isinstance(deed, Invite):
            return (html.html(people_views.terms(after.role, after.offices, after.until, voice)),)
        case ServedChat(), ServedChat():
            return chat_views.differences(before, after, voice)
        case Invitation(), Invitation():
            given = people_views.terms(before.role, before.offices, before.until, voice)
            return (html.join(" → ", (given, html.bold(voice.say("withdrawn")))),)
        case AccessRequest(), AccessRequest():
            return (html.join(" → ", (voice.say("asks for access"), html.bold(voice.say("declined")))),)
        case Offices(), Offices():
            return office_views.differences(before, after, voice)
        case Digest(), Digest():
            return digest_facts.differences(before, after, None, voice)
    return ()


def choose(deed: AdminDeed, at: Situation, field: str, keys: Keys, voice: Voice) -> Message:
    return Message(
        html=html.lines(heading(deed, at, voice), html.bold(voice.say(_QUESTIONS[field]))),
        buttons=buttons.rows(
            *buttons.flowing([buttons.deed(label, token) for label, token in keys]),
            buttons.row(
                buttons.command(voice.say("Cancel"), "cancel"), None if voice.in_group else onwards(deed, voice.say)
            ),
        ),
    )


def asks_for_words(
    deed: AdminDeed, at: Situation, field: str, voice: Voice, *, unread: str = "", problem: str = ""
) -> Message:
    """``unread`` are words that were written before and say nothing that fits, ``problem`` why they do not do."""
    say = voice.say
    return Message(
        html=html.lines(
            heading(deed, at, voice),
            say("I do not understand “{words}”.", words=html.shortened(unread, 40)) if unread else "",
            problem,
            html.bold(say(_PROMPTS[field])),
            awaiting.how(voice),
        ),
        buttons=((buttons.command(say("Cancel"), "cancel"),),),
        asks=True,
    )


def preview(
    deed: AdminDeed, at: Situation, after: AdminSubject, *, confirm: str, cancel: str, more: Keys, voice: Voice
) -> Message:
    """``more`` are the fields that may be said differently, with the tokens of their buttons."""
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.lines(heading(deed, at, voice), *changes(deed, at.before, after, voice), *_besides(deed, say)),
            html.bold(_question(deed, say)),
        ),
        buttons=buttons.rows(
            buttons.row(buttons.deed(_yes(deed, say), confirm, style=_style(deed))),
            *buttons.flowing([buttons.deed(say(_ADDED[field]), token) for field, token in more]),
            buttons.row(buttons.deed(say("✕ Leave it"), cancel)),
        ),
    )


def _style(deed: AdminDeed) -> Style:
    return Style.DANGER if isinstance(deed, RevokeRole | DeclineAccess | WithdrawInvitation) else Style.SUCCESS


def _question(deed: AdminDeed, say: Language) -> str:
    match deed:
        case RevokeRole():
            return say("Revoke this role?")
        case DeclineAccess():
            return say("Decline this request?")
        case Invite():
            return say("Make a link for that? Whoever opens it first gets the role.")
        case WithdrawInvitation():
            return say("Withdraw this invitation?")
    return say("Save this?")


def _yes(deed: AdminDeed, say: Language) -> str:
    match deed:
        case RevokeRole():
            return say("✓ Revoke")
        case DeclineAccess():
            return say("✓ Decline")
        case Invite():
            return say("✓ Make the link")
        case WithdrawInvitation():
            return say("✓ Withdraw")
    return say("✓ Save")


def _besides(deed: AdminDeed, say: Language) -> tuple[Html, ...]:
    match deed:
        case Invite():
            return (html.italic(say("The link works once, for seven days.")),)
        case GrantRole(proposed_by=int() as first) | ClearChat(proposed_by=int() as first):
            return (html.italic(say("Proposed by {number}.", number=first)),)
    return ()


def saved(deed: AdminDeed, at: Situation, after: AdminSubject, *, undo: str | None, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("✓ Saved.")),
            heading(deed, at, voice),
            *changes(deed, at.before, after, voice),
        ),
        buttons=buttons.rows(buttons.row(buttons.deed(say("↶ Undo"), undo) if undo else None, onwards(deed, say))),
    )


def onwards(deed: AdminDeed, say: Language) -> Button:
    match deed:
        case ClearChat() | GiveChatOffices():
            return buttons.command(say("Chats"), "chats")
        case ChangeOffice() | LoadOffices():
            return buttons.command(say("Offices"), "offices")
        case SetDigest():
            return buttons.command(say("Digests"), "digest", "list")
    return buttons.command(say("People"), "people")


def saved_briefly(say: Language) -> str:
    return say("Saved.")


def hindered(hindrance: Hindrance, deed: AdminDeed, at: Situation, voice: Voice) -> Message:
    return Message(
        html=html.lines(heading(deed, at, voice), html.bold(hindrance_in_words(hindrance, voice.say))),
        buttons=(buttons.row(onwards(deed, voice.say)),),
    )


def hindrance_in_words(hindrance: Hindrance, say: Language) -> str:
    return say(_HINDRANCES[hindrance])


def changed_meanwhile(shown: Message, say: Language) -> Message:
    warning = html.bold(say("⚠ This was changed in the meantime. This is what it would be now:"))
    return shown.model_copy(update={"html": html.paragraphs(warning, Html(shown.html))})


def only_in_private(name: str, say: Language) -> Message:
    return Message(
        html=html.html(say("Please send /{name} to me in private.", name=name)),
        buttons=((buttons.command(say("Help"), "help"),),),
    )
