"""A programme of another sponsor as a card: frame data, modules and dates."""

from collections.abc import Iterator

from registry.programmes import Module, Programme
from views import html
from views.cards import Card, folded, heading
from views.papers import milestone
from views.voice import Voice


def card(programme: Programme, voice: Voice) -> Card:
    say = voice.say
    modules = "\n".join(f"{programme.name}.{module.number} · {module.title}" for module in programme.modules)
    return Card(
        ref=programme.name,
        facts=html.lines(
            heading(programme.name, voice.title(programme.title, programme.title_en)),
            *_frame(programme, voice),
            *(milestone(item, voice) for item in programme.milestones),
        ),
        texts=(
            folded(say("Modules"), modules),
            folded(say("Parts of the work"), "\n".join(programme.parts)),
            folded(say("Decision of the city"), programme.decision),
        ),
        label=programme.visibility,
        related=tuple(f"{programme.name}.{module.number}" for module in programme.modules),
    )


def module_card(programme: Programme, module: Module, voice: Voice) -> Card:
    ref = f"{programme.name}.{module.number}"
    return Card(
        ref=ref,
        facts=html.lines(
            heading(ref, module.title),
            voice.say(
                "Module of {programme}", programme=voice.title(programme.title, programme.title_en) or programme.name
            ),
        ),
        texts=(folded(voice.say("Contents"), module.text),),
        label=programme.visibility,
        related=(programme.name,),
    )


def _frame(programme: Programme, voice: Voice) -> Iterator[str]:
    say = voice.say
    if programme.sponsor:
        yield say("Sponsor: {name}", name=programme.sponsor)
    if programme.carrier:
        yield say("Carried out by: {name}", name=programme.carrier)
    if programme.duration or programme.ends_on:
        yield say("Duration: {duration}", duration=_duration(programme, voice))
    if programme.towns:
        yield say.plural("For {n} town", "For {n} towns", programme.towns)
    if programme.target_group:
        yield say("For whom: {group}", group=html.shortened(programme.target_group, 160))
    if programme.contact:
        yield say("Contact: {contact}", contact=html.shortened(programme.contact, 160))


def _duration(programme: Programme, voice: Voice) -> str:
    """The document's words, and the end where they do not name it."""
    if programme.ends_on is None or f"{programme.ends_on:%d.%m.%Y}" in programme.duration:
        return programme.duration
    ends = voice.say("until {last}", last=voice.say.short_date(programme.ends_on))
    return f"{programme.duration}, {ends}" if programme.duration else ends
