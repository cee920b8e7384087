"""How a record is named in what is said of a deed, and the label of what names it."""

from registry.deeds import Subject
from registry.papers import Paper, effective_visibility
from registry.programmes import Programme
from registry.queries import Intent, Query
from registry.visibility import Visibility
from views import buttons
from views.cards import heading
from views.html import Html
from views.message import Button
from views.voice import Voice


def label_of(subject: Subject) -> Visibility:
    return effective_visibility(subject) if isinstance(subject, Paper) else subject.visibility


def ref_of(subject: Subject) -> str:
    return subject.name if isinstance(subject, Programme) else subject.number or ""


def named(subject: Subject, voice: Voice) -> Html:
    return heading(ref_of(subject), voice.title(subject.title, subject.title_en))


def show(ref: str) -> Button:
    return buttons.question(ref, Query(intent=Intent.SHOW, ref=ref))
