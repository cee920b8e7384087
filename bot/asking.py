"""``amtsbote ask``: the chat's answer on the terminal, without any network."""

from datetime import datetime

from bot.opening import open_store
from bot.settings import Settings
from registry.people import Chat, ChatKind, Person, Role, reader_in
from registry.visibility import Clearance
from views import html

TERMINAL = Chat(id=0, kind=ChatKind.PRIVATE, admitted=True)


async def ask_register(
    settings: Settings, text: str, *, role: Role, offices: tuple[str, ...], language_code: str | None
) -> None:
    """Answers as the chat would. Who can open the register's file may read all of it, so editors and above do."""
    from handlers.calling import answer
    from handlers.context import Request
    from locales.translations import language

    person = Person(id=0, role=role, offices=offices)
    reader = reader_in(TERMINAL, person, non_public=Clearance.CONTENT)
    async with open_store(settings) as store:
        request = Request(
            reader=reader,
            person=person,
            chat=TERMINAL,
            register=store.register(reader),
            offices=await store.offices(),
            say=language(language_code or settings.language),
            now=datetime.now(settings.zone),
            words=text,
        )
        given = await answer(request)
    print(html.plain(given.message.html) if given.message else given.toast)  # noqa: T201
