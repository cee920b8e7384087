"""Why there is no answer: a field that does not exist, or a register in which nothing is yet."""

from locales.translations import Language
from registry.people import Role
from registry.queries import Names, Query
from views import buttons, html
from views.filters import field
from views.message import Message
from views.voice import Voice

_MOST_FIELDS = 20


def unknown_field(number: int, query: Query, known: Names, voice: Voice) -> Message:
    """The same question can be asked of each field there is."""
    say = voice.say
    there = sorted({found.number for found in known.fields})[:_MOST_FIELDS]
    asked = query.model_copy(update={"recommendation": None, "concept": None, "page": 0})
    return Message(
        html=html.lines(
            html.bold(say("Field {number} is not in the register.", number=number)),
            say("These fields are there:") if there else "",
        ),
        buttons=buttons.rows(
            *buttons.flowing(
                [buttons.question(field(n, known, voice), asked.model_copy(update={"field": n})) for n in there]
            ),
            buttons.row(buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),
        ),
    )


def empty_register(role: Role, say: Language) -> Message:
    """The same whether nothing was imported or nothing the reader may see."""
    return Message(
        html=html.lines(
            html.bold(say("The register is still empty.")),
            say("I can answer as soon as documents are imported and released."),
        ),
        buttons=buttons.rows(
            buttons.row(
                buttons.command(say("Import a document"), "import") if role >= Role.COORDINATOR else None,
                buttons.command(say("Help"), "help"),
            ),
        ),
    )
