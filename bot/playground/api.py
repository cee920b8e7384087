"""A Bot API on loopback: strict where Telegram is strict, misbehaving where a test asks it to."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.playground import serving
from bot.playground.bodies import read_body
from bot.playground.calls import Call
from bot.playground.chats import Someone
from bot.playground.clock import Clock
from bot.playground.doings import Doings
from bot.playground.guard import Guard
from bot.playground.methods import METHODS
from bot.playground.methods.files import find_document
from bot.playground.payloads import Json, Payload
from bot.playground.refusals import NOT_FOUND, UNAUTHORIZED, Refusal
from bot.playground.town import Event, Town
from bot.playground.trouble import Fault, Mishap, Trouble

TOKEN = "424242:playground-token-that-opens-nothing"  # noqa: S105  no secret, it opens nothing
BOT = Someone(424242, "Amtsbote", "amtsbote_bot", is_bot=True)
BROKEN_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class LocalBotApi:
    """``town`` is the world it serves, ``doings`` what people do there, ``trouble`` what goes wrong on demand.

    ``clock`` is that of a town it makes itself.

    ``call`` drives it in process; ``serve`` puts it on 127.0.0.1 and gives the origin for AMTSBOTE_API_URL.
    """

    def __init__(self, town: Town | None = None, *, token: str = TOKEN) -> None:
        self.clock = Clock()
        self.town = town or Town(BOT, now=self.clock)
        self.token = token
        self.doings = Doings(self.town)
        self.trouble = Trouble()
        self.calls: list[Call] = []
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._serve_call, methods=["GET", "POST"]),
                Route("/file/bot{token}/documents/{file_id}", self._serve_file),
            ],
            middleware=[Middleware(Guard)],
        )

    def add_routes(self, routes: Iterable[BaseRoute]) -> None:
        """Serves more than the Bot API on the same origin."""
        self.app.router.routes.extend(routes)

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[str]:
        async with serving.serve(self.app, port) as origin:
            try:
                yield origin
            finally:
                self.town.close()

    async def call(self, method: str, /, **payload: Json) -> Call:
        """One call without HTTP; a broken connection raises ConnectionResetError, as it would over HTTP."""
        return await self._handle(method, Payload(payload))

    async def settled(self, *, calls: int) -> None:
        """Returns once the bot has made that many calls besides polling."""
        while len(self.made()) < calls:
            await self.town.bell.rung()

    def made(self, method: str = "") -> list[Call]:
        """The calls so far, polling left out; or only those of one method."""
        wanted = method.lower()
        return [call for call in self.calls if (call.method == wanted if wanted else call.method != "getupdates")]

    async def _serve_call(self, request: Request) -> Response:
        method: str = request.path_params["method"]
        try:
            if request.path_params["token"] != self.token:
                raise UNAUTHORIZED
            body = await request.body()
            given = read_body(request.headers.get("content-type", ""), body, dict(request.query_params))
            call = await self._handle(method, given)
        except Refusal as refusal:
            call = Call(self.town.now(), method, {}, *_no(refusal))
            self.calls.append(call)
        except ConnectionResetError:
            serving.break_connection(request.scope)
            return Response(status_code=502)
        return _response(call, self.town.now())

    async def _handle(self, method: str, given: Payload) -> Call:
        name = method.lower()
        call = Call(self.town.now(), method, given.values)
        number = len(self.calls)
        self.calls.append(call)
        fault = self.trouble.meets(name, given)
        try:
            if fault:
                await _before(fault, call)
            if not call.status:
                await self._answer(name, given, call)
            if fault:
                await _after(fault, call)
        finally:
            if name != "getupdates":
                self.town.tell(Event("call", message=number))
        return call

    async def _answer(self, name: str, given: Payload, call: Call) -> None:
        try:
            result = await self._get_updates(given) if name == "getupdates" else self._run(name, given)
        except Refusal as refusal:
            call.status, call.answer = _no(refusal)
        else:
            call.status, call.answer = 200, {"ok": True, "result": result}

    def _run(self, name: str, given: Payload) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise NOT_FOUND
        return method(self.town, given)

    async def _get_updates(self, given: Payload) -> Json:
        if "allowed_updates" in given.values:
            self.town.updates.allow(given.items("allowed_updates"))
        limit, timeout = given.number("limit", 100), given.number("timeout")
        return await self.town.updates.poll(given.number("offset"), limit, timeout)

    async def _serve_file(self, request: Request) -> Response:
        if request.path_params["token"] != self.token:
            return self._no_file(UNAUTHORIZED)
        document = find_document(self.town, request.path_params["file_id"])
        if document is None:
            return self._no_file(NOT_FOUND)
        return Response(document.content, media_type="application/octet-stream")

    def _no_file(self, refusal: Refusal) -> Response:
        now = self.town.now()
        return _response(Call(now, "file", {}, *_no(refusal)), now)


async def _before(fault: Fault, call: Call) -> None:
    if fault.mishap is Mishap.REFUSED and fault.refusal:
        call.status, call.answer = _no(fault.refusal)
    elif fault.mishap is Mishap.HTML:
        call.status, call.answer = 502, {"html": BROKEN_PAGE}
    elif fault.mishap is Mishap.GARBAGE:
        call.status, call.answer = 200, {"html": '{"ok":tru'}
    elif fault.mishap is Mishap.HANG:
        await asyncio.sleep(fault.seconds)
    elif fault.mishap is Mishap.RESET:
        raise ConnectionResetError(call.method)


async def _after(fault: Fault, call: Call) -> None:
    if fault.mishap is Mishap.LOST:
        raise ConnectionResetError(call.method)
    if fault.mishap is Mishap.SILENT:
        await asyncio.sleep(fault.seconds)


def _no(refusal: Refusal) -> tuple[int, dict[str, Json]]:
    answer: dict[str, Json] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = dict(refusal.parameters)
    return refusal.code, answer


def _response(call: Call, at: datetime) -> Response:
    """``at`` is the time of the answer; one to a long poll comes late."""
    date = format_datetime(at.astimezone(UTC), usegmt=True)  # bots compare their clock with it
    page = call.answer.get("html")
    if isinstance(page, str):
        return Response(page, call.status, {"Date": date}, media_type="text/html")
    body = json.dumps(call.answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    parameters = call.answer.get("parameters")
    headers = {"Content-Type": "application/json", "Date": date}
    if isinstance(parameters, dict) and "retry_after" in parameters:
        headers["Retry-After"] = str(parameters["retry_after"])
    return Response(body, call.status, headers)
