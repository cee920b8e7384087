"""One update in, one outcome out: read, decide, answer. Nothing is written and nothing is sent here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from telegram import Update

from handlers import awaiting, chats, errors, importing, people
from handlers.calling import call, press, speak
from handlers.context import Answer, Request, Shelves
from handlers.gate import Refusal, Self, open_gate
from handlers.incoming import Act, Added, Asked, Called, Incoming, Picked, SentFile, Shown, Tapped
from handlers.intray import Files, Intray, NoFiles
from handlers.members import Members, NoMembers
from handlers.posting import post
from locales.translations import DEFAULT, Language, language, languages
from registry.changes import Change
from registry.people import Role, reader_in
from registry.visibility import Clearance
from registry.workdays import Workdays
from storage.outgoing import Outgoing
from storage.store import Store
from views.payloads import kept_token


@dataclass(frozen=True)
class Outcome:
    """What an update leads to; all of it is written in the transaction that marks the update as done."""

    outgoing: tuple[Outgoing, ...] = ()
    changes: tuple[Change, ...] = ()
    refused: bool = False


class Router:
    """``bot_id`` and ``bot_name`` are known after the first call to the messenger."""

    def __init__(
        self,
        store: Store,
        *,
        zone: ZoneInfo,
        non_public: Clearance,
        admins: Iterable[int] = (),
        workdays: Workdays | None = None,
        default_language: str = DEFAULT,
        files: Files | None = None,
        members: Members | None = None,
    ) -> None:
        self.bot_id = 0
        self.bot_name = ""
        self._store = store
        self._shelves = Shelves()
        self._intray = Intray(store, files or NoFiles())
        self._members = members or NoMembers()
        self._zone = zone
        self._non_public = non_public
        self._admins = frozenset(admins)
        self._workdays = workdays or Workdays()
        self._language = default_language

    async def handle(self, update: Update, now: datetime) -> Outcome:
        incoming = open_gate(update, Self(self.bot_id, self.bot_name))
        if isinstance(incoming, Refusal):
            return Outcome(refused=True)
        request = await self._request(incoming, now)
        answer = awaiting.beside(request, await self._answer(request, incoming.act))
        if incoming.place.is_public:
            answer = await chats.suspending(request, answer)
        if answer == Answer() and not request.is_press:
            return Outcome(refused=True)
        return Outcome(*post(answer, incoming))

    async def _request(self, incoming: Incoming, now: datetime) -> Request:
        place, now = incoming.place, now.astimezone(self._zone)
        person, chat, revision, entry = await self._store.people.asking(incoming.person, place.chat, place.kind, now)
        if person.id in self._admins:
            person = person.model_copy(update={"role": Role.ADMIN})
        if place.is_public:
            chat = chat.model_copy(update={"clearance": Clearance.PUBLIC})
        reader = reader_in(chat, person, non_public=self._non_public)
        return Request(
            reader=reader,
            person=person,
            chat=chat,
            register=self._store.register(reader, revision=revision),
            offices=await self._store.offices(revision),
            say=chosen_language(person.language, chat.language, incoming.sender_language, self._language),
            now=now,
            workdays=self._workdays,
            words=incoming.act.words if isinstance(incoming.act, Called | Asked) else "",
            data=await self._data(incoming.act),
            is_press=isinstance(incoming.act, Tapped),
            bot_name=self.bot_name,
            chat_title=place.title,
            revision=revision,
            shelves=self._shelves,
            intray=self._intray,
            members=self._members,
            non_public=self._non_public,
            entry=entry,
            message=place.message,
            thread=place.thread,
            replied=incoming.act.replied if isinstance(incoming.act, Called | Asked) else None,
            numbered=isinstance(incoming.act, Called | Asked) and incoming.act.numbered,
            about=incoming.act.person if isinstance(incoming.act, Picked) else incoming.about,
        )

    async def _data(self, act: Act) -> str:
        """What a button says, fetched where the messenger had no room for it."""
        if not isinstance(act, Tapped):
            return ""
        token = kept_token(act.data)
        return act.data if token is None else await self._store.kept(token) or ""

    async def _answer(self, request: Request, act: Act) -> Answer:
        if not chats.may_speak(request, act):
            return chats.not_admitted(request, act)
        match act:
            case Called(name=name):
                return await call(request, name)
            case Asked():
                return await errors.permitted(Role.READER, speak, request)
            case Tapped():
                return await press(request)
            case Picked():
                return await errors.permitted(Role.ADMIN, people.grant, request)
            case Shown(file=SentFile() as file):
                return await errors.permitted(Role.COORDINATOR, partial(importing.sent, file=file), request)
            case Shown():
                return await errors.permitted(Role.READER, errors.only_text, request)
            case Added():
                return await chats.added(request)


def chosen_language(*wishes: str | None) -> Language:
    """The first wish there is a catalogue for: the person's, the chat's, their messenger's, the city's."""
    codes = ((wish or "").partition("-")[0].lower() for wish in wishes)
    return language(next((code for code in codes if code in languages()), DEFAULT))
