"""What is said where somebody takes back what they did."""

from collections.abc import Sequence

from locales.translations import Language
from registry.queries import Intent, Query
from registry.visibility import Visibility
from views import buttons, html
from views.buttons import Row
from views.message import Message, Style


def really_undo(refs: Sequence[str], label: Visibility, *, confirm: str, cancel: str, say: Language) -> Message:
    """Records that are not shown here are not named."""
    named, unnamed = (
        say("Take back your last change ({refs})?", refs=", ".join(refs)),
        say("Take back your last change?"),
    )
    return Message(
        html=html.bold(named if refs else unnamed),
        buttons=(
            buttons.row(
                buttons.deed(say("↶ Undo"), confirm, style=Style.DANGER), buttons.deed(say("✕ Leave it"), cancel)
            ),
        ),
        label=label,
        refs=tuple(refs),
    )


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
