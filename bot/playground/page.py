"""The page: a phone chat in the browser, played by whoever sits in front of it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import showing
from bot.playground.api import LocalBotApi
from bot.playground.chats import Message, Room, RoomKind, Someone
from bot.playground.methods.files import new_document
from bot.playground.methods.profile import menu_for
from bot.playground.payloads import Json, Payload, loads
from bot.playground.refusals import Refusal, bad_request
from bot.playground.town import Event

HERE = Path(__file__).parent / "page"
MAX_FILE = 25 * 1024 * 1024
CALLS_SHOWN = 200
Handler = Callable[[Payload], Json]


@dataclass(frozen=True)
class Part:
    """A person the page can play; ``role`` picks the words that describe them."""

    person: int
    role: str


class Page:
    """``cast`` are the persons on offer, in the order they are shown."""

    def __init__(self, api: LocalBotApi, cast: tuple[Part, ...]) -> None:
        self.api = api
        self.town = api.town
        self.cast = cast

    def routes(self) -> tuple[BaseRoute, ...]:
        doings: Mapping[str, Handler] = {
            "say": self._say,
            "tap": self._tap,
            "pick": self._pick,
            "language": self._language,
            "menu": self._menu,
        }
        return (
            Route("/", _index),
            Route("/playground/events", self._events),
            Route("/playground/file", self._file, methods=["POST"]),
            Route("/playground/clock", self._clock, methods=["POST"]),
            *(Route(f"/playground/{name}", _answering(doing), methods=["POST"]) for name, doing in doings.items()),
            Mount("/playground/page", StaticFiles(directory=HERE)),
        )

    def _say(self, given: Payload) -> Json:
        room, person = self._room(given), self._person(given)
        text = given.text("text").strip()
        if not text:
            raise bad_request("message text is empty")
        message = self.api.doings.says(
            room, person, text, reply_to=self._replied(room, given), thread=given.number("thread") or None
        )
        return message.id

    def _tap(self, given: Payload) -> Json:
        room, person = self._room(given), self._person(given)
        message = room.messages.get(given.number("message"))
        if message is None:
            raise bad_request("message not found")
        try:
            button = message.keyboard[given.number("row")][given.number("column")]
        except IndexError:
            raise bad_request("button not found") from None
        return self.api.doings.taps(message, person, button).id

    def _pick(self, given: Payload) -> Json:
        room, person = self._room(given), self._person(given)
        picked = self.town.people.get(given.number("picked"))
        if picked is None:
            raise bad_request("user not found")
        return self.api.doings.picks(room, person, picked, request=given.number("request")).id

    def _language(self, given: Payload) -> Json:
        person = self.town.speaks(self._person(given), given.text("language"))
        self.town.tell(Event("people"))
        return person.language

    def _menu(self, given: Payload) -> Json:
        room, person = self._room(given), self._person(given)
        private = room.kind is RoomKind.PRIVATE
        menu = menu_for(self.town, room.id, person.id, private=private, language=person.language)
        return [{"command": command, "description": text} for command, text in menu]

    async def _file(self, request: Request) -> Response:
        content = await request.body()
        if len(content) > MAX_FILE:
            return _refused(bad_request("file is too big"))
        given = Payload(dict(request.query_params))
        try:
            room, person = self._room(given), self._person(given)
        except Refusal as refusal:
            return _refused(refusal)
        document = new_document(given.text("name"), request.headers.get("content-type", ""), content)
        message = self.api.doings.drops(room, person, document, thread=given.number("thread") or None)
        return JSONResponse(message.id)

    async def _clock(self, request: Request) -> Response:
        """Puts the clock ahead; what is due then has been put on its way when this is answered."""
        try:
            await self.api.clock.move(str(request.query_params.get("to", "")))
        except Refusal as refusal:
            return _refused(refusal)
        self.town.tell(Event("clock"))
        return JSONResponse(self.api.clock.json())

    async def _events(self, _: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        """The whole world first, then what happens in it."""
        told = len(self.town.events)
        yield _event("world", self._world())
        while not self.town.closed:
            fresh = self.town.events[told:]
            told += len(fresh)
            for event in fresh:
                if (news := self._news(event)) is not None:
                    yield _event(event.kind, news)
            if not fresh:
                await self.town.bell.rung()

    def _world(self) -> Json:
        calls = list(enumerate(self.api.calls))[-CALLS_SHOWN:]
        rooms = [*self.town.rooms.values()]
        return {
            "bot": self.town.bot.json(),
            "clock": self.api.clock.json(),
            "people": self._people(),
            "rooms": [showing.room_json(room, self.town) for room in rooms],
            "messages": [showing.message_json(m, self.town) for room in rooms for m in room.messages.values()],
            "calls": [showing.call_json(n, call) for n, call in calls if call.method != "getupdates"],
            "description": {
                code: self.town.profile.get(("description", code)) or self.town.profile.get(("description", ""), "")
                for code in ("de", "en")
            },
        }

    def _people(self) -> Json:
        return [showing.person_json(self.town.people[part.person], part.role) for part in self.cast]

    def _news(self, event: Event) -> Json:
        if event.kind in {"message", "edited"}:
            message = self._known(event)
            return showing.message_json(message, self.town) if message else None
        if event.kind == "call":
            return showing.call_json(event.message, self.api.calls[event.message])
        if event.kind == "room":
            return showing.room_json(self.town.rooms[event.room], self.town)
        if event.kind == "people":
            return self._people()
        if event.kind == "clock":
            return self.api.clock.json()
        return {
            "room": event.room,
            "message": event.message,
            "person": event.person,
            "text": event.text,
            "alert": event.alert,
        }

    def _known(self, event: Event) -> Message | None:
        return self.town.rooms[event.room].messages.get(event.message)

    def _room(self, given: Payload) -> Room:
        room = self.town.rooms.get(given.number("room"))
        if room is None or not room.has(given.number("person")):
            raise bad_request("chat not found")
        return room

    def _person(self, given: Payload) -> Someone:
        number = given.number("person")
        if number not in {part.person for part in self.cast}:
            raise bad_request("person not found")
        return self.town.people[number]

    def _replied(self, room: Room, given: Payload) -> Message | None:
        return room.messages.get(given.number("reply_to")) if given.has("reply_to") else None


async def _index(_: Request) -> Response:
    return FileResponse(HERE / "index.html")


def _answering(doing: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            values = loads(await request.body())
            if not isinstance(values, dict):
                raise bad_request("expected an Object")
            return JSONResponse(doing(Payload(values)))
        except Refusal as refusal:
            return _refused(refusal)
        except ValueError:
            return _refused(bad_request("can't parse JSON object"))

    return answer


def _refused(refusal: Refusal) -> Response:
    return JSONResponse({"error": refusal.description}, refusal.code)


def _event(kind: str, data: Json) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
