"""What is asked while a list of questions is typed in the chat."""

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds.questions import NewQuestions
from registry.drafts import Draft
from registry.visibility import Visibility
from views import buttons, html
from views.html import Html
from views.importing import DONE, act
from views.message import Message, Style

_WORDS_LENGTH = 40
_QUESTIONS = {
    "title": phrase("What is the list of questions called?"),
    "originator": phrase("Who asks the questions? For example: Fraktion Beispiel"),
    "on": phrase("Of which day is the list? For example: 02.12.2026"),
}


def asks_for(field: str, deed: NewQuestions, problem: str, label: Visibility, say: Language) -> Message:
    pasted = say("You can also send the whole list at once.") if field == "title" and not deed.text else ""
    return Message(
        html=html.lines(
            problem,
            _head(deed, say),
            html.bold(say(_QUESTIONS[field])),
            pasted,
            html.italic(say("I wait for it for 15 minutes. /cancel gives it up.")),
        ),
        buttons=((buttons.command(say("Cancel"), "cancel"),),),
        label=label,
        asks=True,
    )


def only_in_private(bot_name: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Lists of questions are entered in a private chat only.")),
            say("Please open a chat with @{name} and write /new inquiries there.", name=bot_name),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )


def no_date(words: str, say: Language) -> str:
    return say("I do not understand the date “{words}”.", words=html.shortened(words, _WORDS_LENGTH))


def too_long(limit: int, say: Language) -> str:
    return say("That is too long; at most {n} characters fit.", n=say.number(limit))


def asks_for_questions(deed: NewQuestions, draft: Draft, label: Visibility, say: Language) -> Message:
    """The day is told with its weekday before anything is read."""
    has_questions = bool(deed.text)
    told = say("The questions are here. Is there more? Then just send it. Otherwise: Done.")
    asked = say("Please send the questions now, one in each line; below them who contributes: V: D05/ A50")
    done = (act(say.of(*DONE), "d", draft, style=Style.SUCCESS),) if has_questions else ()
    return Message(
        html=html.lines(_head(deed, say), html.bold(told if has_questions else asked)),
        buttons=buttons.rows(done, (act(say("✕ Do not import"), "x", draft),)),
        label=label,
        asks=not has_questions,
    )


def _head(deed: NewQuestions, say: Language) -> Html:
    day = say.date(deed.on) if deed.on else ""
    return html.join(" · ", (html.bold(deed.title or ""), deed.originator or "", deed.committee, day))
