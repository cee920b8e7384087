"""What somebody is reminded of: one item opened, put off, or done; and what a person or a chat wants to hear of."""

from dataclasses import replace
from datetime import date, timedelta

from handlers import errors, longer
from handlers.context import Answer, Request
from registry.changes import Change, SetChatReminders, SetReminders, Snooze
from registry.folding import fold
from registry.people import Role
from registry.reminders import Due, Wish
from views import reminding as views
from views.reminders import key_in

_USUAL = frozenset({"on", "an", "ein", "default", "standard"})
_WORDS = {
    **dict.fromkeys(("off", "aus", "none", "nothing", "nichts", "keine"), Wish.NONE),
    **dict.fromkeys(("all", "alles", "alle", "everything"), Wish.ALL),
    **dict.fromkeys(("rest", "rest only", "nur rest"), Wish.REST),
    **dict.fromkeys(("coordination", "koordination", "koordinierung"), Wish.COORDINATION),
}
_OF_PEOPLE = frozenset({Wish.ALL, Wish.REST, Wish.NONE})
_OF_CHATS = frozenset({Wish.ALL, Wish.COORDINATION, Wish.NONE})


async def settings(request: Request) -> Answer:
    """``/reminders``: what this chat or person wants to hear of; with a word after it that is set."""
    words = fold(request.words.strip())
    if not words:
        return await _shown(request)
    usual = Wish.REST if request.is_private else Wish.ALL
    said = usual if words in _USUAL else _WORDS.get(words)
    return Answer(views.not_understood(request.words, request.voice)) if said is None else await _set(request, said)


async def press(request: Request) -> Answer:
    act, words = request.data[:1], request.data[1:]
    if act == "=":
        if not words:
            return replace(await _shown(request), below=True)
        return await _set(request, Wish(words)) if words in set(Wish) else errors.outdated(request)
    key = key_in(words)
    due = await request.register.due.one(key, today=request.today) if key else None
    if due is None:
        return Answer(toast=views.gone(request.voice), alert=True)
    if act in {"o", "b"}:
        return _opened(request, due, below=act == "o")
    if not works_on(request, due):
        return Answer(toast=views.not_theirs(request.voice), alert=True)
    days = _days(request)
    match act:
        case "s":
            return Answer(views.choose_later(due, days, request.voice))
        case "l":
            return await longer.ask(request, due)
        case "0":
            wake = Snooze(chat=request.chat.id, key=due.key, until=None)
            return replace(_opened(request, due, below=False), changes=(wake,))
        case _ if act in days:
            snooze = Snooze(chat=request.chat.id, key=due.key, until=days[act])
            return Answer(views.snoozed(due, days[act], request.voice), changes=(snooze,))
    return errors.outdated(request)


def _opened(request: Request, due: Due, *, below: bool) -> Answer:
    """Below the message that lists it, which stays; or again in the place of its own."""
    return Answer(views.opened(due, may_act=works_on(request, due), voice=request.voice), below=below)


def works_on(request: Request, due: Due) -> bool:
    """Coordination on everything, office staff on what waits for their places or those below them."""
    reader = request.reader
    if reader.role >= Role.COORDINATOR:
        return True
    own = {code for office in reader.offices for code in request.offices.subtree(office)}
    return reader.role >= Role.EDITOR and not own.isdisjoint(due.places)


def _days(request: Request) -> dict[str, date]:
    """The mornings on which something can be told again."""
    workdays, today = request.workdays, request.today
    monday = today + timedelta(days=7 - today.weekday())
    return {
        views.TOMORROW: workdays.add(today, 1),
        views.IN_THREE_DAYS: workdays.add(today, 3),
        views.NEXT_WEEK: workdays.next_workday(monday),
    }


async def _shown(request: Request) -> Answer:
    wanted = await request.register.directory.reminders(request.chat.id)
    if not request.is_private:
        return Answer(views.of_chat(wanted.wish, wanted.offices, request.voice))
    away = wanted.away if wanted.away and wanted.away[1] >= request.today else None
    return Answer(views.of_person(wanted.wish, request.person.offices, away, request.voice))


async def _set(request: Request, wish: Wish) -> Answer:
    """At once, for it is a chat's or a person's own affair."""
    if wish not in (_OF_PEOPLE if request.is_private else _OF_CHATS):
        return Answer(views.not_understood(request.words or wish.value, request.voice))
    if not await _may_set(request, wish):
        return errors.refuse_role(request, Role.EDITOR if request.is_private else Role.COORDINATOR)
    change: Change = SetReminders(person=request.person.id, wish=wish)
    if not request.is_private:
        change = SetChatReminders(chat=request.chat.id, wish=wish, thread=request.thread)
    wanted = await request.register.directory.reminders(request.chat.id)
    message = (
        views.of_person(wish, request.person.offices, wanted.away, request.voice)
        if request.is_private
        else views.of_chat(wish, wanted.offices, request.voice)
    )
    return Answer(message, toast=views.chosen(request.voice), changes=(change,))


async def _may_set(request: Request, wish: Wish) -> bool:
    """Office staff for themselves and the chats of their offices; coordination for every chat."""
    role = request.reader.role
    if request.is_private or role >= Role.COORDINATOR or wish is Wish.COORDINATION:
        return role >= (Role.EDITOR if request.is_private else Role.COORDINATOR)
    wanted = await request.register.directory.reminders(request.chat.id)
    own = {code for office in request.reader.offices for code in request.offices.subtree(office)}
    return role is Role.EDITOR and not own.isdisjoint(wanted.offices)
