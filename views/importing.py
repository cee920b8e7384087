"""Documents on their way in: asked for, collected, refused, forgotten."""

from locales.phrases import term
from locales.translations import Language
from registry.drafts import Draft
from views import buttons, findings, html
from views.message import Button, Message, Style

DONE = term("document", "✓ Done")  # no more of it is to come


def asks_for_document(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Which document shall I read?")),
            say("Send a file of text, or paste the text here. A table survives only in a file."),
            html.italic(say("Nothing is changed before you have seen what it would do. /cancel gives it up.")),
        ),
        buttons=((buttons.command(say("Cancel"), "cancel"),),),
        asks=True,
    )


def only_in_private(bot_name: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("I read documents in a private chat only.")),
            say("Please open a chat with @{name} and write /import there.", name=bot_name),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )


def collected(draft: Draft, say: Language) -> Message:
    """After each part of a text: a messenger cuts long ones, and nobody can tell which part is the last."""
    parts = say.plural("{n} part", "{n} parts", len(draft.sent))
    size = say.plural("{n} character", "{n} characters", sum(map(len, draft.sent)))
    return Message(
        html=html.lines(
            html.bold(say("Received: {parts}, {size}.", parts=parts, size=size)),
            say("Is there more? Then just send it. Otherwise: Done."),
        ),
        buttons=(
            (act(say.of(*DONE), "d", draft, style=Style.SUCCESS),),
            (act(say("✕ Do not import"), "x", draft),),
        ),
        silent=len(draft.sent) > 1,
    )


def too_long(limit: int, draft: Draft, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("That is too long for pasted text.")),
            say("At most {limit} characters fit. Please send the document as a file.", limit=say.number(limit)),
        ),
        buttons=(
            (act(say("✓ Read what was sent so far"), "d", draft),),
            (act(say("✕ Do not import"), "x", draft),),
        ),
    )


def not_read(name: str, error: Exception, say: Language) -> Message:
    return Message(html=findings.unread(name, error, say), buttons=(_again(say),))


def file_too_large(name: str, limit: int, say: Language) -> Message:
    """Telegram hands bots no larger ones."""
    return Message(
        html=html.lines(
            html.fill(say("{file} was not read."), file=html.bold(name)),
            say("A file may have at most {n} MB here. Please send the text alone.", n=say.number(limit)),
        ),
        buttons=(_again(say),),
    )


def not_fetched(name: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.fill(say("{file} was not read."), file=html.bold(name)),
            say("Telegram did not hand the file over. Please send it once more."),
        ),
        buttons=(_again(say),),
    )


def not_for_you(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Only administrators may load the offices.")),
            say("The offices decide who may change what."),
        ),
        buttons=(_again(say),),
    )


def given_up(say: Language) -> Message:
    return Message(
        html=html.bold(say("Nothing was imported, and the document is forgotten.")),
        buttons=(_again(say),),
    )


def _again(say: Language) -> tuple[Button, ...]:
    return (buttons.command(say("Another document"), "import"), buttons.command(say("Help"), "help"))


def act(text: str, act: str, draft: Draft, more: str = "", *, style: Style = Style.PLAIN) -> Button:
    return buttons.document(text, f"{act}{draft.id}{more}", style=style)
