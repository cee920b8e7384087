"""Office staff, coordination and administration, who go on from what is on their screens."""

from dataclasses import dataclass, field

from bot.playground.chats import Message, Someone
from bot.playground.keyboards import InlineButton, read_markup
from bot.playground.payloads import Payload
from tests.reliability.crowd import Crowd
from tests.reliability.post import REPEATED, plain
from tests.reliability.wishes import Wishes
from tests.reliability.writes import FIRST, STAFF, role_of

PATIENCE = 0.995
SAVE, LEAVE, UNDO = "✓", "✕", "↶"
_DEED = "ty"  # what the data of a button begins with that goes on with a deed
_MORE = "✎"
_WORDS_ARE_ASKED = "Ich warte 15 Minuten darauf."
_DOCUMENT_IS_ASKED = "Welches Dokument"
_BY_COMMAND_ALONE = "→ kein Zugang"  # a role that was revoked is not given back by the button: see reckoning


@dataclass(frozen=True)
class Told:
    """What the Bot API took from the bot: a message, or its text anew."""

    chat: int
    message: int
    text: str
    buttons: tuple[InlineButton, ...]

    @property
    def is_repeated(self) -> bool:
        """Whether it says itself that it may have come before."""
        return REPEATED in self.text

    @property
    def undo(self) -> str:
        """The token of the button that takes back."""
        return next((one.data.removeprefix(_DEED) for one in self.buttons if one.text.startswith(UNDO)), "")


@dataclass
class Clerks(Crowd):
    """Each goes on from what is on their screen: confirms, often twice, gives up, takes back, or begins anew."""

    taps: int = 0
    wishes: Wishes = field(init=False)
    _new: set[int] = field(default_factory=set)
    _looked: int = 0

    def gather(self) -> None:
        self.wishes = Wishes(self.dice)
        self.people = [self.api.town.person(f"C{n}", number=FIRST + n, language="de") for n in range(STAFF)]
        self._new = {person.id for person in self.people}

    def _say_something(self) -> None:
        person, last = self._whose_turn()
        if person is None:
            return
        self.figures.updates += 1
        button = self._chosen(last)
        if last and button:
            self._tap(last, person, button)
        elif last and _DOCUMENT_IS_ASKED in plain(last.text):
            self._say(person, self.wishes.document())
        elif last and _WORDS_ARE_ASKED in plain(last.text) and self.dice.random() < 0.9:
            self._say(person, self.wishes.word())
        else:
            self._say(person, self.wishes.one_of(role_of(person.id - FIRST)))

    def _chosen(self, last: Message | None) -> InlineButton | None:
        """The button that is tapped, if one is."""
        buttons = [button for row in last.keyboard for button in row] if last else []
        named = {button.text[:1]: button for button in reversed(buttons)}
        choices = [one for one in buttons if one.data.startswith(_DEED) and one.text[:1] not in (UNDO, _MORE, SAVE)]
        if SAVE in named and self.dice.random() < 0.8:
            return named[SAVE]
        if LEAVE in named and self.dice.random() < 0.25:
            return named[LEAVE]
        if UNDO in named and self.dice.random() < 0.5 and last and _BY_COMMAND_ALONE not in plain(last.text):
            return named[UNDO]
        return self.dice.choice(choices) if choices and self.dice.random() < 0.7 else None

    def _whose_turn(self) -> tuple[Someone | None, Message | None]:
        """Mostly who has something new on the screen; few go on without having had an answer."""
        self._look()
        new = [self.api.town.people[number] for number in sorted(self._new)]
        if not new and self.dice.random() < PATIENCE:
            return None, None
        person = self.dice.choice(new or self.people)
        self._new.discard(person.id)
        return person, self._last(person)

    def _look(self) -> None:
        """Whose screen has changed since the last look: everybody's, at first."""
        events = self.api.town.events
        for event in events[self._looked :]:
            room = self.api.town.rooms.get(event.room)
            message = room.messages.get(event.message) if room and event.kind in {"message", "edited"} else None
            if message and message.sender == self.api.town.bot:
                self._new.add(event.room)
        self._looked = len(events)

    def _tap(self, message: Message, person: Someone, button: InlineButton) -> None:
        for _ in range(2 if self.dice.random() < 0.3 else 1):
            self.taps += 1
            self.api.doings.taps(message, person, button)

    def _say(self, person: Someone, text: str) -> None:
        self.api.doings.says(self.room(person), person, text)

    def _last(self, person: Someone) -> Message | None:
        heard = reversed(self.room(person).messages.values())
        return next((one for one in heard if one.sender == self.api.town.bot), None)

    def told(self) -> list[Told]:
        """All that the Bot API ever took from the bot, in order."""
        heard = []
        for call in self.api.calls:
            text = call.payload.get("text")
            if call.ok and call.method in {"sendmessage", "editmessagetext"} and isinstance(text, str):
                result = call.answer["result"]
                assert isinstance(result, dict)
                buttons = tuple(button for row in read_markup(Payload(call.payload)) for button in row)
                place = int(str(call.payload["chat_id"])), int(str(result["message_id"]))
                heard.append(Told(*place, plain(text), buttons))
        return heard
