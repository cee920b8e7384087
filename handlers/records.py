"""One record as a card, and its history."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers import errors
from handlers.acts import acts
from handlers.context import Answer, Request
from registry.queries import Kind, Query
from registry.querycode import decode
from registry.references import reference_kind
from views import history as history_view
from views import inquiries, measures, papers, programmes, questions
from views import records as record_views
from views.cards import Card

_CARRIED = re.compile(r"(?P<part>\d{0,2})\.(?P<question>.*)", re.DOTALL)


async def show(request: Request, query: Query) -> Answer:
    """The record a question names."""
    return await _show(request, query, part=0)


async def detail(request: Request) -> Answer:
    """A record opened from a listing, or a further part of its text."""
    query, part = _carried(request.data)
    return await _show(request, query, part) if query else errors.outdated(request)


async def history(request: Request, query: Query) -> Answer:
    ref = query.ref or query.programme
    if ref is None:
        return Answer(questions.no_reference(request.say))
    events = await request.register.history(ref)
    card = await _card(request, ref) if events else None
    if card is None:
        return await _unknown(request, ref)
    return Answer(history_view.history(ref, events, card.label, query, request.voice))


async def history_of(request: Request) -> Answer:
    """The history of a record opened from a listing."""
    query, _ = _carried(request.data)
    return await history(request, query) if query else errors.outdated(request)


def _carried(data: str) -> tuple[Query | None, int]:
    """The question a record was opened from, with the record's reference in it, and which part of its text."""
    found = _CARRIED.fullmatch(data)
    return (decode(found["question"]), int(found["part"] or 0)) if found else (None, 0)


async def _show(request: Request, query: Query, part: int) -> Answer:
    ref = query.ref or query.programme
    if ref is None:
        return Answer(questions.no_reference(request.say))
    card = await _card(request, ref)
    return Answer(card.message(query, part, request.voice)) if card else await _unknown(request, ref)


async def _card(request: Request, ref: str) -> Card | None:
    return await _CARDS[reference_kind(ref)](request, ref)


async def _unknown(request: Request, ref: str) -> Answer:
    withheld = await request.register.withholds(ref)
    return Answer(record_views.unknown(ref, request.voice, withheld=withheld))


async def _measure(request: Request, ref: str) -> Card | None:
    measure = await request.register.measure(ref)
    if measure is None:
        return None
    card = measures.card(measure, await request.register.inquiries_about(ref), request.voice)
    return replace(card, acts=acts(request, measure))


async def _inquiry(request: Request, ref: str) -> Card | None:
    inquiry = await request.register.inquiry(ref)
    return replace(inquiries.card(inquiry, request.voice), acts=acts(request, inquiry)) if inquiry else None


async def _paper(request: Request, ref: str) -> Card | None:
    paper = await request.register.paper(ref)
    if paper is None:
        return None
    return papers.card(paper, await request.register.results_of(ref), request.voice)


async def _programme(request: Request, ref: str) -> Card | None:
    """A programme by its name, or one of its modules (``KommA.1a``)."""
    programme = await request.register.programme(ref)
    if programme is None or programme.name.casefold() == ref.casefold():
        return programmes.card(programme, request.voice) if programme else None
    number = ref.rpartition(".")[2]
    module = next((module for module in programme.modules if module.number == number), None)
    return programmes.module_card(programme, module, request.voice) if module else None


_CARDS: dict[Kind, Callable[[Request, str], Awaitable[Card | None]]] = {
    Kind.MEASURE: _measure,
    Kind.INQUIRY: _inquiry,
    Kind.PAPER: _paper,
    Kind.PROGRAMME: _programme,
}
