"""What is said where somebody takes back what they did."""

from collections.abc import Sequence

from locales.translations import Language
from registry.queries import Intent, Query
from registry.rounds import EvaluationRound
from registry.visibility import Visibility
from views import buttons, html
from views.buttons import Row
from views.html import Html
from views.message import Message, Style
from views.rounds import called, reopen
from views.voice import Voice


def really_undo(
    line: Html, refs: Sequence[str], label: Visibility, *, confirm: str, cancel: str, say: Language
) -> Message:
    """``line`` says what was done; of records that are not shown here it says nothing."""
    return Message(
        html=html.lines(html.bold(say("Take back your last change?")), line),
        buttons=(
            buttons.row(
                buttons.deed(say("↶ Undo"), confirm, style=Style.DANGER), buttons.deed(say("✕ Leave it"), cancel)
            ),
        ),
        label=label,
        refs=tuple(refs),
    )


def document(name: str, say: Language) -> Html:
    return html.fill(say("Import: {name}"), name=name)


def undone(refs: Sequence[str], label: Visibility, say: Language) -> Message:
    named, unnamed = say("↶ Taken back: {refs}", refs=", ".join(refs)), say("↶ Taken back.")
    return Message(
        html=html.bold(named if refs else unnamed),
        buttons=_next(refs, say),
        label=label,
        refs=tuple(refs),
    )


def undone_briefly(say: Language) -> str:
    return say("Taken back.")


def cannot_undo(refs: Sequence[str], label: Visibility, say: Language) -> Message:
    named = say("{refs} was changed again since. Please change it anew.", refs=", ".join(refs))
    unnamed = say("Something was changed again since.")
    return Message(
        html=html.lines(html.bold(say("That can no longer be taken back.")), named if refs else unnamed),
        buttons=_next(refs, say),
        label=label,
        refs=tuple(refs),
    )


def round_is_closed(closed: EvaluationRound | None, label: Visibility, voice: Voice, *, may_lead: bool) -> Message:
    """With the next step; a round that is not shown here is not named."""
    say = voice.say
    told = say("An evaluation round that it reported to was closed since, and what a closed round says stays.")
    if closed is not None:
        told = say("The evaluation round {round} was closed since: what it says stays.", round=called(closed, say))
    steps = (
        say("First open the round again, then send /undo."),
        say("Only coordination can open the round again."),
    )
    return Message(
        html=html.lines(html.bold(say("That can no longer be taken back.")), told, steps[0 if may_lead else 1]),
        buttons=(
            buttons.row(
                reopen(closed, say)
                if closed and may_lead
                else buttons.command(say("Evaluation rounds"), "round", "show")
            ),
        ),
        label=label,
    )


def _next(refs: Sequence[str], say: Language) -> tuple[Row, ...]:
    shown = buttons.row(*(buttons.question(ref, Query(intent=Intent.SHOW, ref=ref)) for ref in refs[:4]))
    return (shown or (buttons.command(say("What is open?"), "open"),),)


def nothing_to_undo(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("There is nothing to take back.")),
            say("A change can be taken back for ten minutes, by whoever made it."),
        ),
        buttons=((buttons.command(say("What is open?"), "open"),),),
    )


def may_no_longer(say: Language) -> str:
    return say("You may no longer change that.")
