"""How a record is named in what is said of a deed."""

from registry.deeds import Subject
from registry.identity import ref_of
from registry.queries import Intent, Query
from views import buttons
from views.cards import heading
from views.html import Html
from views.message import Button
from views.voice import Voice


def named(subject: Subject, voice: Voice) -> Html:
    return heading(ref_of(subject), voice.title(subject.title, subject.title_en))


def show(ref: str) -> Button:
    return buttons.question(ref, Query(intent=Intent.SHOW, ref=ref))
