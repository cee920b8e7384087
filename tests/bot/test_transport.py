"""What the transport tells apart: never sent, maybe sent, refused; and that it keeps its connections."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError, TelegramError

from bot.api import BotApi
from bot.playground.api import TOKEN, LocalBotApi
from bot.playground.refusals import Refusal
from bot.transport import Flooded, NeverSent, Transport, Unanswered


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    async with Transport(read_timeout=0.3) as transport:
        yield transport


async def failure_of(api: BotApi) -> TelegramError:
    with pytest.raises(TelegramError) as failure:
        await api.call("sendMessage", "{}")
    return failure.value


async def test_a_refused_connection_means_never_sent(transport: Transport, unused_tcp_port: int) -> None:
    api = BotApi(transport, origin=f"http://127.0.0.1:{unused_tcp_port}", token=TOKEN)

    failure = await failure_of(api)

    assert (type(failure), str(failure)) == (NeverSent, "connection refused")


async def test_an_unknown_host_means_never_sent(transport: Transport) -> None:
    failure = await failure_of(BotApi(transport, origin="http://telegram.invalid", token=TOKEN))

    assert (type(failure), str(failure)) == (NeverSent, "name lookup failed")


@pytest.mark.parametrize("trouble", ["reset", "lose_answer", "garbage"])
async def test_a_request_without_a_usable_answer_may_have_been_carried_out(transport: Transport, trouble: str) -> None:
    local = LocalBotApi()
    async with local.serve() as origin:
        getattr(local.trouble, trouble)(method="sendMessage")

        assert type(await failure_of(BotApi(transport, origin=origin, token=TOKEN))) is Unanswered


async def test_silence_ends_at_the_read_timeout(transport: Transport) -> None:
    local = LocalBotApi()
    async with local.serve() as origin:
        local.trouble.hang(5.0, method="sendMessage")
        async with asyncio.timeout(2.0):
            failure = await failure_of(BotApi(transport, origin=origin, token=TOKEN))

    assert (type(failure), str(failure)) == (Unanswered, "no answer in time")


async def test_a_flood_names_its_seconds(transport: Transport) -> None:
    local = LocalBotApi()
    async with local.serve() as origin:
        local.trouble.flood(retry_after=17, method="sendMessage")
        failure = await failure_of(BotApi(transport, origin=origin, token=TOKEN))

    assert isinstance(failure, Flooded)
    assert failure.seconds == 17


@pytest.mark.parametrize(("code", "failure"), [(413, TelegramError), (418, TelegramError), (408, NetworkError)])
async def test_a_refusal_of_an_odd_kind_is_final_unless_it_speaks_of_the_way(
    transport: Transport, code: int, failure: type[TelegramError]
) -> None:
    local = LocalBotApi()
    async with local.serve() as origin:
        local.trouble.refuse(Refusal(code, "no"), method="sendMessage")
        assert type(await failure_of(BotApi(transport, origin=origin, token=TOKEN))) is failure


async def test_no_failure_tells_the_token(transport: Transport, unused_tcp_port: int) -> None:
    failure = await failure_of(BotApi(transport, origin=f"http://127.0.0.1:{unused_tcp_port}", token=TOKEN))

    assert TOKEN not in repr(failure) + str(failure)
    assert failure.__cause__ is None


async def test_calls_one_after_the_other_share_a_connection(transport: Transport) -> None:
    connections = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" + b'{"ok": true, "result": 7}')

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    api = BotApi(transport, origin=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", token=TOKEN)
    results = [await api.call("getMe", "{}") for _ in range(5)]
    await transport.shutdown()
    server.close()

    assert (results, connections) == ([7] * 5, 1)


async def test_the_typed_calls_of_ptb_go_the_same_way(transport: Transport) -> None:
    local = LocalBotApi()
    async with local.serve() as origin:
        me = await BotApi(transport, origin=origin, token=TOKEN).me()

    assert (me.id, me.username) == (local.town.bot.id, "amtsbote_bot")
