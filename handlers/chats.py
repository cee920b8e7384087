"""Which chats the bot serves, and how it comes into one."""

from handlers.context import Answer, Request
from handlers.incoming import Act, Added, Called, Tapped
from registry.changes import AdmitChat, NoteChat
from registry.people import ChatKind, Role
from views import chats as chat_views
from views.buttons import ADMIT


def may_speak(request: Request, act: Act) -> bool:
    """Whether the chat is served; in one that is not, the bot hears of being added and of being admitted alone."""
    return request.is_private or request.chat.admitted or isinstance(act, Added) or _admits(request, act)


def _admits(request: Request, act: Act) -> bool:
    asks = isinstance(act, Called) and act.name in {"admit", "freischalten"}
    return (asks or (isinstance(act, Tapped) and act.data == ADMIT)) and request.person.role >= Role.ADMIN


def not_admitted(request: Request, act: Act) -> Answer:
    """Says so once; after that the group is left in peace, except that every press is answered."""
    if isinstance(act, Tapped):
        return Answer(toast=chat_views.not_admitted_briefly(request.say), alert=True)
    if request.chat.is_known:
        return Answer()
    return Answer(chat_views.not_admitted(request.say), changes=(_noted(request),))


def added(request: Request) -> Answer:
    """An administrator's group waits to be admitted; a stranger's is left."""
    is_channel = request.chat.kind is ChatKind.CHANNEL
    if request.chat.admitted:  # a group that becomes a supergroup lets the bot in anew, whoever made it one
        return Answer()
    if request.person.role < Role.ADMIN:
        return Answer(None if is_channel else chat_views.left(request.say), leave=True)
    if is_channel:
        return Answer()
    return Answer(chat_views.added(request.say), changes=(_noted(request),))


def _noted(request: Request) -> NoteChat:
    return NoteChat(chat=request.chat.id, title=request.chat_title)


async def admit(request: Request) -> Answer:
    if request.is_private:
        return Answer(chat_views.only_in_groups(request.say))
    change = AdmitChat(chat=request.chat.id, title=request.chat_title, by=request.person.id)
    return Answer(chat_views.admitted(request.bot_name, request.say), changes=(change,))


async def dismiss(request: Request) -> Answer:
    """Ends the admission once it was asked about and confirmed."""
    if request.data == chat_views.NO:
        return Answer(chat_views.admitted(request.bot_name, request.say))
    if request.data != chat_views.YES:
        return Answer(chat_views.really_dismiss(request.say))
    change = AdmitChat(chat=request.chat.id, title=request.chat_title, by=request.person.id, admitted=False)
    return Answer(chat_views.dismissed(request.say), changes=(change,))
