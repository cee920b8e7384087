"""Being away: nothing is told meanwhile but to whoever stands in. In private alone, for it concerns nobody else."""

import re
from datetime import date, timedelta

from handlers.context import Answer, Request
from registry.changes import SetAway
from registry.periods import read_due, read_period
from views import absence as views
from views import privacy

_LONGEST = timedelta(days=366)
_OFFERED = (4, 9, 14)  # working days after today
_FROM = re.compile(r"^(?:ab|from|vom|von|since|seit)\s+", re.IGNORECASE)


async def away(request: Request) -> Answer:
    """``/away until 04.12.`` or ``/away 01.12. to 04.12.``"""
    if not request.is_private:
        return Answer(privacy.only_in_private(request.say))
    words = request.words.strip()
    days = _read(words, request) if words else None
    if days is None:
        wanted = await request.register.directory.reminders(request.person.id)
        known = wanted.away if wanted.away and wanted.away[1] >= request.today else None
        offered = [request.workdays.add(request.today, count) for count in _OFFERED]
        return Answer(views.ask_until_away(offered, known, request.voice, unread=words))
    since, until = days
    has_deputy = await request.register.directory.has_deputy(request.person.id, until)
    message = views.away(days, request.voice, has_deputy=has_deputy)
    return Answer(message, changes=(SetAway(person=request.person.id, since=since, until=until),))


def _read(words: str, request: Request) -> tuple[date, date] | None:
    """From when until when, both days included; nothing that is over or lasts beyond a year."""
    today = request.today
    period = read_period(_FROM.sub("", words), today)
    since = max(period.since or today, today) if period else today
    until = period.until if period else read_due(words, today, request.workdays)
    if until is None or until < since or until - today > _LONGEST:
        return None
    return since, until


async def back(request: Request) -> Answer:
    if not request.is_private:
        return Answer(privacy.only_in_private(request.say))
    return Answer(views.back(request.voice), changes=(SetAway(person=request.person.id),))
