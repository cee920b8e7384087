"""First words, help, language and privacy: open to everybody."""

from handlers import errors
from handlers.context import Answer, Request
from locales.translations import language, languages
from registry.changes import SetChatLanguage, SetPersonLanguage
from registry.people import Role
from views import start


async def welcome(request: Request) -> Answer:
    return Answer(start.welcome(request.reader.role, request.person.offices, request.say))


async def help_(request: Request) -> Answer:
    return Answer(start.help_(request.reader.role, request.say, private=request.is_private, bot_name=request.bot_name))


async def privacy(request: Request) -> Answer:
    return Answer(start.privacy(request.say))


async def choose_language(request: Request) -> Answer:
    return Answer(start.choose_language(request.say, private=request.is_private))


async def set_language(request: Request) -> Answer:
    """In private it is the person's language, in a group that of the chat, which administrators set."""
    if request.data not in languages():
        return errors.outdated(request)
    if not request.is_private and request.reader.role < Role.ADMIN:
        return errors.refuse_role(request, Role.ADMIN)
    say = language(request.data)
    change = (
        SetPersonLanguage(person=request.person.id, language=say.code)
        if request.is_private
        else SetChatLanguage(chat=request.chat.id, language=say.code)
    )
    message = start.choose_language(say, private=request.is_private)
    return Answer(message, toast=start.language_chosen(say), changes=(change,))
