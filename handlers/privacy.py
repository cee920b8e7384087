"""What people may ask about themselves: what is stored, and that it be erased. Open to everybody, in private."""

from handlers import errors
from handlers.context import Answer, Request
from handlers.preparing import prepare
from registry.changes import Forget
from registry.deeds import ForgetMe
from registry.people import Role
from registry.prepared import PreparedAct
from views import privacy as views


async def privacy(request: Request) -> Answer:
    return Answer(views.privacy(request.say))


async def my_data(request: Request) -> Answer:
    if not request.is_private:
        return Answer(views.only_in_private(request.say))
    return Answer(views.own_data(await request.register.own.data(), request.voice))


async def forget_me(request: Request) -> Answer:
    """Says what would go and what stays, and asks."""
    if not request.is_private:
        return Answer(views.only_in_private(request.say))
    if hold := await request.register.own.hold(request.today):
        return Answer(views.cannot_forget(hold, request.say))
    button = prepare(request, ForgetMe(), PreparedAct.DO)
    message = views.really_forget(await request.register.own.data(), button.token, request.say)
    return Answer(message, changes=(button,))


async def forget(request: Request) -> Answer:
    """The button under the question: once, by the person it was made for, before it is old."""
    button = await request.register.own.prepared(request.data)
    if button is None or (button.person, button.chat) != (request.person.id, request.chat.id):
        return errors.refuse(request) if request.reader.role is Role.GUEST else errors.outdated(request)
    if button.is_used or button.expires_at <= request.now or not isinstance(button.deed, ForgetMe):
        return errors.outdated(request)
    if hold := await request.register.own.hold(request.today):
        return Answer(views.cannot_forget(hold, request.say))
    change = Forget(person=request.person.id, token=request.data, at=request.now, today=request.today)
    return Answer(views.forgotten(request.say), changes=(change,))
