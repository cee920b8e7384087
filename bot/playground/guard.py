"""Keeps the page to itself: loopback hosts only, no foreign site may call it, and a strict content policy."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost"})
OWN_SITES = frozenset({"none", "same-origin"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """A page elsewhere may point its own name at 127.0.0.1; what gives it away is the Host it asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not is_from_here(Headers(scope=scope)):
            await PlainTextResponse("This page answers on loopback only.", 403)(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_guarded)


def is_from_here(headers: Headers) -> bool:
    """A plain GET carries no Origin, but a browser says which site had it made."""
    if headers.get("sec-fetch-site", "none") not in OWN_SITES:
        return False
    asked = urlsplit(f"//{headers.get('host', '')}").hostname
    origin = headers.get("origin")
    return asked in HOSTS and (origin is None or urlsplit(origin).netloc == headers.get("host"))
