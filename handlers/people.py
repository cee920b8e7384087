"""Who may do what: roles given and revoked, deputies, and links that give a role once."""

from handlers import administering
from handlers.context import Answer, Request
from handlers.preparing import CONFIRM, prepare
from handlers.understanding.roles import Terms, read_number, read_terms
from registry.deeds import DeclineAccess, GrantRole, Invite, RevokeRole
from registry.people import Staff
from registry.prepared import PreparedAct
from storage.staff import PAGE_SIZE
from views import administration as administration_views
from views import people as views


async def grant(request: Request) -> Answer:
    """By reply to a message of the person, by number, or picked from the messenger's list."""
    number, words = _whom(request)
    if number is None:
        return Answer(views.which_person(request.say, picks=request.is_private))
    terms = read_terms(words, request.offices, request.today, request.workdays)
    if terms.unread:
        return Answer(views.not_understood(terms.unread, request.say, invites=False))
    return await administering.propose(request, _granted(await request.register.directory.person(number), terms))


def _whom(request: Request) -> tuple[int | None, str]:
    """A number wins over the message that is answered."""
    number, words = read_number(request.words)
    return (request.about, request.words) if number is None else (number, words)


def _called(request: Request, name: str, german: str) -> str:
    return german if request.say.code == "de" else name


def _granted(known: Staff, terms: Terms) -> GrantRole:
    """Who only becomes a deputy keeps the role they have."""
    if terms.stands_in_for is not None and terms.role is None:
        return GrantRole(
            person=known.number,
            role=known.role or None,
            offices=known.offices,
            until=known.until,
            stands_in_for=terms.stands_in_for,
            stands_in_until=terms.until,
        )
    return GrantRole(
        person=known.number,
        role=terms.role,
        offices=terms.offices,
        until=terms.until,
        stands_in_for=terms.stands_in_for,
        stands_in_until=terms.until if terms.stands_in_for is not None else None,
    )


async def revoke(request: Request) -> Answer:
    number, words = _whom(request)
    if number is None or words.strip():
        return Answer(views.which_to_revoke(request.say))
    return await administering.propose(request, RevokeRole(person=number))


async def invite(request: Request) -> Answer:
    """``/invite editor A50 until 31.12.2026``; only in private, for whoever reads the link can use it."""
    if not request.is_private:
        return Answer(administration_views.only_in_private(_called(request, "invite", "einladen"), request.say))
    terms = read_terms(request.words, request.offices, request.today, request.workdays)
    if terms.unread or terms.stands_in_for is not None:
        unread = terms.unread or str(terms.stands_in_for)
        return Answer(views.not_understood(unread, request.say, invites=True))
    return await administering.propose(request, Invite(role=terms.role, offices=terms.offices, until=terms.until))


async def people(request: Request) -> Answer:
    """Everybody who was given a role, a page at a time; only in private."""
    if not request.is_private:
        return Answer(administration_views.only_in_private(_called(request, "people", "personen"), request.say))
    number = page_number(request.words)
    found, count = await request.register.directory.people(number)
    guests = await request.register.directory.waiting()
    declining = [prepare(request, DeclineAccess(person=guest), PreparedAct.CHOOSE) for guest in guests]
    waiting = [(guest, CONFIRM + button.token) for guest, button in zip(guests, declining, strict=True)]
    message = views.page(found, number, count, waiting, request.voice, size=PAGE_SIZE)
    return Answer(message, changes=tuple(declining))


def page_number(words: str) -> int:
    """People count pages from 1, the register from 0."""
    said = words.strip()
    return max(int(said) - 1, 0) if said.isascii() and said.isdigit() and len(said) < 6 else 0
