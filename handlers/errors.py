"""What is said where nothing can be done."""

from handlers.context import Answer, Handler, Request
from registry.people import Role
from views import errors


def refuse(request: Request) -> Answer:
    """The same for everything a guest asks; a press gets it as an alert."""
    if request.is_press:
        return Answer(toast=errors.refused_briefly(request.say), alert=True)
    return Answer(errors.refused(request.person.id, request.say))


def refuse_role(request: Request, who: Role) -> Answer:
    if request.reader.role is Role.GUEST:
        return refuse(request)
    if request.is_press:
        return Answer(toast=errors.not_allowed_briefly(who, request.say), alert=True)
    return Answer(errors.not_allowed(who, request.say))


async def permitted(who: Role, does: Handler, request: Request) -> Answer:
    return await does(request) if request.reader.role >= who else refuse_role(request, who)


async def only_text(request: Request) -> Answer:
    return Answer(errors.only_text(request.say))


def outdated(request: Request) -> Answer:
    return Answer(toast=errors.outdated(request.say))
