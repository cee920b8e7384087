"""What a group is told when the bot comes, is admitted, or goes."""

from locales.translations import Language
from views import buttons, html
from views.message import Message, Style

YES, NO = "y", "n"


def added(say: Language) -> Message:
    """An administrator added the bot; nothing is answered before the group is admitted."""
    return Message(
        html=html.lines(
            html.bold(say("This group is not admitted yet.")),
            say("An administrator can admit it with the button or with /admit; until then I answer nothing here."),
        ),
        buttons=((buttons.admit(say("Admit this group")),),),
    )


def left(say: Language) -> Message:
    return Message(html=html.bold(say("This group is not admitted. I am leaving it.")))


def not_admitted(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("This group is not admitted.")),
            say("An administrator can admit it with /admit; until then I answer nothing here."),
        )
    )


def not_admitted_briefly(say: Language) -> str:
    return say("This group is not admitted.")


def admitted(bot_name: str, say: Language) -> Message:
    """The welcome; it says what the bot can read here, and what it cannot."""
    return Message(
        html=html.paragraphs(
            html.bold(say("This group is admitted: I answer questions about the public register here.")),
            html.lines(
                html.fill(say("Ask me with a command: {example}"), example=html.code(say("/open A50"))),
                html.fill(
                    say("or with my name: {example}"),
                    example=html.code(say("@{name} what is open for A50", name=bot_name)),
                ),
                say("or by replying to one of my messages."),
            ),
            say("I cannot read anything else that is written here, and need not."),
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.dismiss(say("End admission"))),),
    )


def really_dismiss(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Shall I answer nothing in this group any more?")),
            say("An administrator can admit it again at any time."),
        ),
        buttons=(
            (
                buttons.dismiss(say("Yes, end it"), YES),
                buttons.dismiss(say("No, go on"), NO, style=Style.PLAIN),
            ),
        ),
    )


def dismissed(say: Language) -> Message:
    return Message(
        html=html.bold(say("This group is no longer admitted. I answer nothing here any more.")),
        buttons=((buttons.admit(say("Admit this group")),),),
    )


def only_in_groups(say: Language) -> Message:
    return Message(
        html=html.html(say("Please send /admit in the group that I am to answer in.")),
        buttons=((buttons.command(say("Chats"), "chats"), buttons.command(say("Help"), "help")),),
    )
