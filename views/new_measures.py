"""A measure that no document brought, on its way into the register."""

from collections.abc import Sequence

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds import NewMeasure
from registry.doing import Obstacle
from registry.measures import Measure
from registry.queries import Intent, Query
from registry.visibility import Visibility
from views import buttons, html, times
from views.cards import heading
from views.fields import field_value
from views.html import Html
from views.message import Button, Message, Style
from views.voice import Voice

_WORDS_LENGTH = 60
_PROMPTS = {
    "title": phrase("What is it called? Please write the title."),
    "lead_offices": phrase("Which office leads? Please write its code or name, several with commas."),
    "deadline": phrase("What is the deadline? For example 31.12.2026, 4th quarter 2026 or ongoing."),
}
_QUESTIONS = {"concept": phrase("To which concept does it belong?"), "to": phrase("Who may see it?")}
_PROBLEMS = {
    Obstacle.UNKNOWN_OFFICE: phrase("I know no office “{words}”."),
    Obstacle.TEXT_TOO_LONG: phrase("That text is too long; at most 4,000 characters fit."),
}


def which_number(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Which number shall the measure have?")),
            say("For example: /new measure 1.5.M9 Advice in the district"),
            say("Papers and programmes come with their document; see /import."),
            html.italic(say("I wait for it for 15 minutes. /cancel gives it up.")),
        ),
        buttons=((buttons.command(say("Import a document"), "import"), buttons.command(say("Cancel"), "cancel")),),
    )


def only_in_private(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("A new measure is entered in our private chat.")),
            say("Please write me there."),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )


def only_by_document(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("New measures come with their document here.")),
            say("Nothing may be told of what is not public, and so not which numbers are free. Please use /import."),
        ),
        buttons=((buttons.command(say("Import a document"), "import"), buttons.command(say("Help"), "help")),),
    )


def taken(ref: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("The number {ref} is taken.", ref=ref)),
            say("Choose another one, or change the measure with /edit."),
        ),
        buttons=(buttons.row(_show(ref), buttons.command(say("Help"), "help")),),
        refs=(ref,),
    )


def problem(obstacle: Obstacle, words: str, say: Language) -> str:
    return say(_PROBLEMS[obstacle], words=html.shortened(words, _WORDS_LENGTH))


def asks_for_words(deed: NewMeasure, field: str, problem: str, label: Visibility, say: Language) -> Message:
    """``problem`` is what stands against the words that were given before."""
    return Message(
        html=html.lines(
            problem,
            heading(deed.ref, deed.title or say("new measure")),
            html.bold(say(_PROMPTS[field])),
            html.italic(say("I wait for it for 15 minutes. /cancel gives it up.")),
        ),
        buttons=((buttons.command(say("Cancel"), "cancel"),),),
        label=label,
        asks=True,
    )


def choose(deed: NewMeasure, field: str, keys: Sequence[tuple[str, str]], label: Visibility, voice: Voice) -> Message:
    """``keys`` are the values with the tokens of their buttons."""
    named = [(field_value("visibility", one, voice) if field == "to" else one, token) for one, token in keys]
    return Message(
        html=html.lines(
            heading(deed.ref, deed.title or voice.say("new measure")), html.bold(voice.say(_QUESTIONS[field]))
        ),
        buttons=buttons.rows(*buttons.flowing([buttons.deed(text, token) for text, token in named])),
        label=label,
    )


def preview(after: Measure, *, confirm: str, cancel: str, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.paragraphs(_facts(after, voice), html.bold(say("Save this?"))),
        buttons=(
            buttons.row(buttons.deed(say("✓ Save"), confirm, style=Style.SUCCESS)),
            buttons.row(buttons.deed(say("✕ Do not save"), cancel)),
        ),
        label=after.visibility,
    )


def saved(after: Measure, *, undo: str, voice: Voice) -> Message:
    return Message(
        html=html.lines(html.bold(voice.say("✓ Saved.")), _facts(after, voice)),
        buttons=(buttons.row(buttons.deed(voice.say("↶ Undo"), undo), _show(after.number)),),
        label=after.visibility,
        refs=(after.number,),
    )


def saved_briefly(say: Language) -> str:
    return say("Saved.")


def _facts(measure: Measure, voice: Voice) -> Html:
    say = voice.say
    return html.lines(
        heading(measure.number, measure.title),
        measure.concept,
        html.fill(say("Lead: {offices}"), offices=say.list(map(voice.office, measure.lead_offices))),
        say("Deadline: {deadline}", deadline=times.deadline(measure.deadline, voice, is_open=True)),
        html.fill(say("Visibility: {label}"), label=field_value("visibility", measure.visibility.value, voice)),
    )


def _show(ref: str) -> Button:
    return buttons.question(ref, Query(intent=Intent.SHOW, ref=ref))
