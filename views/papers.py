"""A council paper as a card: consultations, mandates, dates, and its result."""

from collections.abc import Iterator, Sequence

from locales.translations import Language
from registry.papers import Consultation, Mandate, Milestone, Paper, effective_visibility
from registry.visibility import strictest
from views import html, times
from views import names as called
from views.cards import Card, folded, heading
from views.html import Html
from views.voice import Voice


def card(paper: Paper, results: Sequence[Paper], voice: Voice) -> Card:
    """``results`` are the papers that answer its mandates, as far as the reader may see them."""
    say = voice.say
    related = (*([paper.answers] if paper.answers else []), *(result.number for result in results), *paper.related)
    return Card(
        ref=paper.number,
        facts=html.lines(
            heading(paper.number, voice.title(paper.title, paper.title_en)),
            html.join(" · ", (paper.type, paper.originator)),
            *_origin(paper, results, voice),
            *(consultation(step, voice) for step in paper.consultations),
            *(mandate(item, voice) for item in paper.mandates),
            *(milestone(item, voice) for item in paper.milestones),
        ),
        texts=(
            folded(say("Conclusion"), paper.conclusion),
            *(folded(section.heading, section.text) for section in paper.sections),
        ),
        label=strictest(effective_visibility(one) for one in (paper, *results)),
        related=tuple(dict.fromkeys(related)),
    )


def _origin(paper: Paper, results: Sequence[Paper], voice: Voice) -> Iterator[str]:
    say = voice.say
    if paper.is_stub:
        yield say("Only referred to so far; the paper itself is not in the register.")
    if paper.answers:
        yield say("Result on the mandate in {number}", number=paper.answers)
    if paper.signed_on:
        yield say("Signed on {day}", day=say.date(paper.signed_on))
    for result in results:
        yield say("Result: {number}", number=result.number)


def consultation(step: Consultation, voice: Voice) -> Html:
    """One step: body, day, role, and whether it is public."""
    say = voice.say
    day = say.date(step.on) if step.on else say("no date")
    return html.join(" · ", (step.body, day, say.of(*called.CONSULTATION_ROLE[step.role]), openness(step, say)))


def openness(step: Consultation, say: Language) -> str:
    return {True: say("public"), False: say("non-public"), None: say("non-public (not stated)")}[step.public]


def mandate(item: Mandate, voice: Voice) -> Html:
    say = voice.say
    reported = say("report to: {body}", body=item.report_to) if item.report_to else ""
    responsible = voice.short_office(item.responsible) if item.responsible else ""
    named = html.bold(say("Mandate {number}", number=item.number))
    told = html.join(" · ", (named, html.shortened(item.text, 160), responsible, due_of(item, voice), reported))
    return html.lines(told, result_of(item, voice))


def due_of(item: Mandate, voice: Voice) -> str:
    """Nothing that has its result is overdue."""
    if item.due_on is None:
        return html.shortened(item.due_text, 60)
    return times.due_or_was(item.due_on, voice, is_open=item.result_on is None)


def result_of(item: Mandate, voice: Voice) -> str:
    if item.result_on is None:
        return ""
    day, words = voice.say.date(item.result_on), html.shortened(item.result, 300)
    return voice.say("Result of {day}: {words}", day=day, words=words)


def milestone(item: Milestone, voice: Voice) -> Html:
    """An event with its day and hours; a deadline set outside the city says so."""
    say = voice.say
    day = say.date(item.on) if item.on else item.rhythm
    if item.starts and item.ends:
        day = say("{day}, {start} to {end}", day=day, start=say.time(item.starts), end=say.time(item.ends))
    elif item.starts:
        day = say("{day}, {time}", day=day, time=say.time(item.starts))
    return html.join(" · ", (day, html.shortened(item.title, 100), deadline_kind(item, say)))


def deadline_kind(item: Milestone, say: Language) -> str:
    """Whose deadline it is; of another date, nothing."""
    if not item.is_deadline:
        return ""
    return say("external deadline") if item.external else say("deadline")
