"""First words, help, language and privacy: open to everybody."""

from collections.abc import Iterator

from handlers import access, errors
from handlers.context import Answer, Request
from locales.translations import language, languages
from registry.changes import SetChatLanguage, SetPersonLanguage
from registry.folding import fold, tidy
from registry.people import Role
from views import start


async def welcome(request: Request) -> Answer:
    """A link brings its code with it; it may let somebody in."""
    if invited := await access.invited(request):
        return invited
    return Answer(start.welcome(request.reader.role, request.person.offices, request.say))


async def choose_language(request: Request) -> Answer:
    """``/language English`` chooses at once; a language there is none of is refused with those there are."""
    if not _may_choose(request):
        return Answer(start.language_of_group(request.say))
    wanted = tidy(request.words)
    code = next((code for code in languages() if fold(wanted) in _names(code)), None)
    if code:
        return _chosen(request, code)
    return Answer(start.choose_language(request.say, private=request.is_private, unknown=wanted))


def _names(code: str) -> Iterator[str]:
    """What a language is called in each of the languages, and its code."""
    yield code
    for other in languages():
        yield fold(language(code).locale.get_display_name(other) or code)


def _may_choose(request: Request) -> bool:
    return request.is_private or request.reader.role >= Role.ADMIN


async def set_language(request: Request) -> Answer:
    """In private it is the person's language, in a group that of the chat, which administrators set."""
    if request.data not in languages():
        return errors.outdated(request)
    return _chosen(request, request.data) if _may_choose(request) else errors.refuse_role(request, Role.ADMIN)


def _chosen(request: Request, code: str) -> Answer:
    say = language(code)
    change = (
        SetPersonLanguage(person=request.person.id, language=say.code)
        if request.is_private
        else SetChatLanguage(chat=request.chat.id, language=say.code)
    )
    if not request.is_press:
        return Answer(start.now_speaking(say), changes=(change,))
    message = start.choose_language(say, private=request.is_private)
    return Answer(message, toast=start.language_chosen(say), changes=(change,))
