"""What opening, closing and reopening an evaluation round means: asked for, shown and said when it is done."""

from collections.abc import Iterable, Sequence

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds import CloseRound, OpenRound, ReopenRound, RoundDeed
from registry.doing import Obstacle
from registry.rounds import EvaluationRound, Reporting, RoundState, progress
from registry.visibility import Visibility
from views import awaiting, buttons, html
from views.html import Html
from views.message import Button, Message, Style
from views.rounds import (
    address,
    called,
    close,
    label_of,
    opening,
    reopen,
    show,
    standing,
    suggested_day,
    suggested_due,
)
from views.voice import Voice

_WORDS_LENGTH = 60

_OBSTACLES = {
    Obstacle.ROUND_IS_OPEN: phrase("A round of this concept is open already. Close it first."),
    Obstacle.ROUND_NOT_LATER: phrase("A new round looks at a later day than the rounds before it."),
    Obstacle.NOT_THE_LATEST_ROUND: phrase("A later round came after it, so it stays as it is."),
    Obstacle.DUE_TOO_EARLY: phrase("Offices need a due date that is still to come, and not before the day looked at."),
    Obstacle.TEXT_TOO_LONG: phrase("That text is too long; at most 4,000 characters fit."),
}
_SO_ALREADY = {
    CloseRound: phrase("This evaluation round is closed already."),
    ReopenRound: phrase("This evaluation round is open already."),
}
_PROMPTS = {
    "as_of": phrase("As of which day shall offices report? For example {day}."),
    "due_on": phrase("By when shall offices report? For example {due} or in 6 weeks."),
    "reason": phrase("Why shall it be opened again? Please write the reason."),
}
_REALLY = {
    OpenRound: phrase("Open this evaluation round?"),
    CloseRound: phrase("Close this evaluation round?"),
    ReopenRound: phrase("Open this evaluation round again?"),
}
_YES = {
    OpenRound: phrase("✓ Open the round"),
    CloseRound: phrase("✓ Close the round"),
    ReopenRound: phrase("✓ Open it again"),
}
_SAVED = {
    OpenRound: phrase("✓ The evaluation round is open."),
    CloseRound: phrase("✓ The evaluation round is closed."),
    ReopenRound: phrase("✓ The evaluation round is open again."),
}


def not_a_day(words: str, rounds: Sequence[EvaluationRound], label: Visibility, voice: Voice) -> Message:
    """``rounds`` are those before."""
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(unread(words, say)),
            html.fill(say("For example: {command}"), command=html.code(opening(rounds, voice))),
        ),
        buttons=((buttons.command(say("Step by step"), "round", "open"), buttons.command(say("Help"), "help")),),
        label=label,
    )


def no_concept(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("There is no concept yet whose measures could be evaluated.")),
            say("It comes with its document; send me the file."),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )


def choose_concept(keys: Sequence[tuple[str, str]], label: Visibility, say: Language) -> Message:
    """``keys`` are the concepts with the tokens of their buttons."""
    return Message(
        html=html.bold(say("The measures of which concept?")),
        buttons=buttons.rows(*buttons.flowing([buttons.deed(concept, token) for concept, token in keys])),
        label=label,
    )


def unread(words: str, say: Language) -> str:
    return say("I do not understand the date “{words}”.", words=html.shortened(words, _WORDS_LENGTH))


def problem(obstacle: Obstacle, say: Language) -> str:
    return say(_OBSTACLES[obstacle])


def asks_for_words(
    deed: RoundDeed, field: str, problem: str, rounds: Sequence[EvaluationRound], label: Visibility, voice: Voice
) -> Message:
    """``problem`` is what stands against the words that were given before, ``rounds`` are those there are."""
    say, day = voice.say, deed.as_of or suggested_day(rounds, voice)
    dates = {"day": say.short_date(day), "due": say.short_date(suggested_due(day, voice))}
    return Message(
        html=html.lines(
            problem,
            _deed(deed, say),
            html.bold(say(_PROMPTS[field], **dates)),
            awaiting.how(voice),
        ),
        buttons=((buttons.command(say("Cancel"), "cancel"),),),
        label=label,
        asks=True,
    )


def _deed(deed: RoundDeed, say: Language) -> str:
    """As far as it was said."""
    if deed.as_of is None:
        return deed.concept or ""
    return say("{concept} as of {day}", concept=deed.concept or "", day=say.date(deed.as_of))


def not_possible(
    obstacle: Obstacle, deed: RoundDeed, rounds: Sequence[EvaluationRound], label: Visibility, voice: Voice
) -> Message:
    """With the rounds there are, the latest first."""
    is_so = obstacle is Obstacle.NOTHING_CHANGES
    return Message(
        html=html.lines(
            html.bold(voice.say(_SO_ALREADY[type(deed)] if is_so else _OBSTACLES[obstacle])), _deed(deed, voice.say)
        ),
        buttons=buttons.rows(
            *buttons.flowing([show(one, voice) for one in rounds[:3]]),
            buttons.row(
                _instead(deed, voice.say) if is_so else None,
                buttons.command(voice.say("Evaluation rounds"), "round", "show"),
            ),
        ),
        label=label,
    )


def _instead(deed: RoundDeed, say: Language) -> Button | None:
    """The opposite of what is so already."""
    if deed.concept is None or deed.as_of is None or isinstance(deed, OpenRound):
        return None
    found = EvaluationRound(concept=deed.concept, as_of=deed.as_of)
    return reopen(found, say) if isinstance(deed, CloseRound) else close(found, say)


def preview(
    deed: RoundDeed, after: EvaluationRound, asked: Sequence[Reporting], *, confirm: str, cancel: str, voice: Voice
) -> Message:
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.lines(called(after, say), *_consequences(deed, after, asked, voice)),
            html.bold(say(_REALLY[type(deed)])),
        ),
        buttons=(
            buttons.row(buttons.deed(say(_YES[type(deed)]), confirm, style=Style.SUCCESS)),
            buttons.row(buttons.deed(say("✕ Leave it"), cancel)),
        ),
        label=label_of(asked),
    )


def _consequences(
    deed: RoundDeed, after: EvaluationRound, asked: Sequence[Reporting], voice: Voice
) -> Iterable[str | Html]:
    say, reported = voice.say, sum(one.is_reported for one in asked)
    match deed:
        case OpenRound() if after.due_on is not None:
            yield say("Offices report by {day}.", day=say.date(after.due_on))
            if not voice.workdays.is_workday(after.due_on):
                yield html.italic(say("⚠ That is no working day."))
            yield say.plural("{n} measure is asked about.", "{n} measures are asked about.", len(asked))
        case CloseRound() if not reported:
            yield say("Nobody has reported yet, so the round is taken back.")
        case CloseRound():
            yield standing(after, asked, say)
            owing = [one.office for one in progress(asked) if one.owes and one.office]
            yield say("Reports are missing from: {offices}", offices=voice.short_offices(owing)) if owing else ""
            yield say("What it says stays so, unless coordination opens it again.")
        case ReopenRound(reason=str() as reason):
            yield say("Offices may report again; what they said stays until then.")
            yield say("Offices report by {day}.", day=say.date(deed.due_on)) if deed.due_on else ""
            yield html.fill(say("Reason: {reason}"), reason=html.shortened(reason, 3 * _WORDS_LENGTH))


def changed_meanwhile(shown: Message, say: Language) -> Message:
    warning = html.bold(say("⚠ Reports came or went in the meantime. This is what it would be now:"))
    return shown.model_copy(update={"html": html.paragraphs(warning, Html(shown.html))})


def saved(deed: RoundDeed, after: EvaluationRound, asked: Sequence[Reporting], voice: Voice) -> Message:
    say = voice.say
    is_gone = isinstance(deed, CloseRound) and not any(one.is_reported for one in asked)
    told = say("↶ The evaluation round is taken back.") if is_gone else say(_SAVED[type(deed)])
    due = say("Offices report by {day}, each with /round.", day=say.date(after.due_on)) if after.due_on else ""
    return Message(
        html=html.lines(html.bold(told), called(after, say), due if after.state is RoundState.OPEN else ""),
        buttons=buttons.rows(*_after(after, say, is_gone=is_gone)),
        label=label_of(asked),
    )


def _after(after: EvaluationRound, say: Language, *, is_gone: bool) -> Iterable[buttons.Row]:
    shown = buttons.command(say("Progress"), "round", f"show {address(after)}")
    if is_gone:
        yield buttons.row(buttons.command(say("Open a round"), "round", "open"))
    elif after.state is RoundState.OPEN:
        yield buttons.row(shown, close(after, say))
    else:
        yield buttons.row(shown, buttons.command(say("Compare"), "round", f"compare {address(after)}"))
        yield buttons.row(reopen(after, say))


def saved_briefly(say: Language) -> str:
    return say("Saved.")


def closing_taken_back(say: Language) -> str:
    """Why a round is open again that was closed by mistake."""
    return say("Closing it was taken back.")
