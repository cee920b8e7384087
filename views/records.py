"""What is said of a record that cannot be shown."""

from views import buttons, html
from views.desk import withheld as withheld_line
from views.message import Message
from views.voice import Voice


def unknown(ref: str, voice: Voice, *, withheld: bool) -> Message:
    """The same whether there is no such record or the reader may not know of it."""
    say = voice.say
    return Message(
        html=html.lines(
            html.fill(say("I do not find {ref} in the register."), ref=html.bold(html.shortened(ref, 60))),
            withheld_line(1, voice) if withheld else "",
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )
