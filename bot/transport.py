"""HTTP for python-telegram-bot over aiohttp: connections stay open, and a failure tells whether anything was sent."""

import errno
import time
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 15.0
_FILE_SECONDS = 60.0
_CONNECTIONS = 256
_JSON = {"Content-Type": "application/json"}


class NeverSent(NetworkError):
    """No connection came about: trying again cannot repeat anything."""


class Unanswered(NetworkError):
    """The request went out and no usable answer came back: it may have been carried out, or not."""


class Flooded(TelegramError):
    """Telegram asks to wait so many seconds. (PTB's own class warns of its future at each look.)"""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests: wait {seconds:g} s")
        self.seconds = seconds


class Transport(BaseRequest):
    """``exchange`` takes payloads that are JSON already; ``do_request`` is the same for PTB's own calls."""

    def __init__(self, *, read_timeout: float = _READ_SECONDS) -> None:
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}
        self._date: tuple[str, float] | None = None  # of the last answer, and when it came by our monotonic clock

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    @property
    def time(self) -> datetime | None:
        """What the clock at the other end shows now, by its last answer: Date is in every answer of a server's."""
        if self._date is None:
            return None
        said, heard_at = self._date
        try:
            then = parsedate_to_datetime(said)
        except ValueError:
            return None
        return None if then.tzinfo is None else then + timedelta(seconds=time.monotonic() - heard_at)

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout(self._read_timeout),
                headers={"User-Agent": "amtsbote"},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def exchange(
        self, url: str, body: bytes | aiohttp.FormData, *, method: str = "POST", read_timeout: float | None = None
    ) -> tuple[int, bytes]:
        """Sends a body and returns status and answer; raises ``NeverSent`` or ``Unanswered``."""
        if self._session is None:
            raise NeverSent("the transport is closed")
        timeout = self._session.timeout if read_timeout is None else self._timeout(read_timeout)
        headers = _JSON if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method, self._url(url), data=body, headers=headers, timeout=timeout
            ) as response:
                answer = await response.read()
                if said := response.headers.get("Date"):
                    self._date = said, time.monotonic()
                return response.status, answer
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverSent(_told(error)) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(_told(error)) from None

    async def download(self, url: str, limit: int) -> tuple[int, bytes]:
        """Status and content, of which no more is read than one byte above the limit."""
        if self._session is None:
            raise NeverSent("the transport is closed")
        try:
            async with self._session.get(URL(url, encoded=True), timeout=self._timeout(_FILE_SECONDS)) as response:
                return response.status, await _at_most(response.content, limit + 1)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverSent(_told(error)) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(_told(error)) from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002  # PTB's signature; one timeout of ours covers these
        connect_timeout: object = None,  # noqa: ARG002
        pool_timeout: object = None,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        seconds = read_timeout if isinstance(read_timeout, int | float) else None
        return await self.exchange(url, _body(request_data), method=method, read_timeout=seconds)

    def _url(self, url: str) -> URL:
        """Parsing an address costs as much as writing the request; there is one per method."""
        if url not in self._urls:
            self._urls[url] = URL(url, encoded=True)
        return self._urls[url]

    @staticmethod
    def _timeout(read: float) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=read + _CONNECT_SECONDS, sock_connect=_CONNECT_SECONDS, sock_read=read)


async def _at_most(content: aiohttp.StreamReader, limit: int) -> bytes:
    read = bytearray()
    async for chunk in content.iter_any():
        read += chunk
        if len(read) >= limit:
            break
    return bytes(read[:limit])


def _told(error: Exception) -> str:
    """For the log, in words; addresses are left out, because they hold the token."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "name lookup failed"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "no trusted encryption"
        case aiohttp.ConnectionTimeoutError():
            return "no connection in time"
        case ConnectionRefusedError() | aiohttp.ClientConnectorError(errno=errno.ECONNREFUSED):
            return "connection refused"
        case aiohttp.ClientConnectorError():
            return "no connection"
        case TimeoutError():
            return "no answer in time"
        case aiohttp.ServerDisconnectedError() | ConnectionError():
            return "connection lost"
    return "no usable answer"


def _body(data: RequestData | None) -> bytes | aiohttp.FormData:
    if data is None:
        return b"{}"
    if not data.contains_files:
        return data.json_payload
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return form
