"""The playground's clock: the machine's own, which can be put ahead to any day at eight in the morning."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.playground.payloads import Json
from bot.playground.refusals import bad_request
from registry.workdays import DAY, Workdays

ZONE = ZoneInfo("Europe/Berlin")
STATE = "DE-TH"
MORNING = time(8)
LANGUAGES = {"de": "de", "en": "en_US"}  # as the calendar of holidays calls them

_FARTHEST_YEARS = 20
_MONDAY = 0


class Clock:
    """``on_move`` is what is done after it was put ahead. It never goes back, as messages stand in their order."""

    def __init__(self) -> None:
        self.on_move: Callable[[], Awaitable[None]] | None = None
        self.workdays = Workdays(STATE)
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return (datetime.now(UTC) + self._ahead).astimezone(ZONE)

    async def move(self, to: str) -> datetime:
        """To the next ``day``, the next ``monday``, the next ``holiday`` that is one, or to a date."""
        moment = self._wanted(to)
        if moment <= self():
            raise bad_request("the clock goes forward only")
        self._ahead = moment - datetime.now(UTC)
        if self.on_move:
            await self.on_move()
        return moment

    def json(self) -> Json:
        """The time, whether nobody works and why, and the day on which work goes on."""
        now = self()
        return {
            "at": now.isoformat(),
            "holiday": _holiday(now.date()),
            "workday": self.workdays.next_workday(now.date()).isoformat(),
        }

    def _wanted(self, to: str) -> datetime:
        match to:
            case "day":
                return _morning(self().date() + DAY)
            case "monday":
                return next(self._mondays())
            case "holiday":
                return next(monday for monday in self._mondays() if not self.workdays.is_workday(monday.date()))
        try:
            day = date.fromisoformat(to)
        except ValueError:
            raise bad_request("wrong date") from None
        if day.year > self().year + _FARTHEST_YEARS:
            raise bad_request("wrong date")
        return _morning(day)

    def _mondays(self) -> Iterator[datetime]:
        day = self().date()
        while True:
            if day.weekday() == _MONDAY and _morning(day) > self():
                yield _morning(day)
            day += DAY


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, ZONE)


def _holiday(day: date) -> Json:
    """The name of a public holiday in each language of the page."""
    import holidays  # takes a while to load, and the page comes first

    country, _, state = STATE.partition("-")
    named = {
        code: holidays.country_holidays(country, subdiv=state, years=day.year, language=language).get(day)
        for code, language in LANGUAGES.items()
    }
    return {code: str(name) for code, name in named.items()} if named["de"] else None
