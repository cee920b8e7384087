"""What a document would do: shown before anything is written, with its doubts and what it says otherwise."""

import hashlib
from dataclasses import dataclass

from locales.phrases import phrase
from locales.translations import Language
from registry.applied import Applied
from registry.drafts import PASTED, Draft
from registry.queries import Intent, Query
from registry.reading import NOTES, Finding, FindingKind, Reading
from registry.visibility import Visibility
from views import buttons, findings, html
from views.html import Html
from views.importing import act
from views.message import Button, Message, Style
from views.voice import Voice

_TITLE_LENGTH = 80
_CITY = phrase("Everybody who may ask here will then see what it says.")
_HIDDEN = phrase("Only those who are cleared for it will see it.")


@dataclass(frozen=True)
class Shown:
    """A document as it would be applied now, as far as its reader may be told. ``quotes`` says whether the document's
    own words may be repeated here, and its reader sees all that it meets."""

    draft: Draft
    reading: Reading
    applied: Applied
    quotes: bool

    @property
    def title(self) -> str:
        """What a pasted list is called; a file has a name, and a text without a title has none but its fingerprint."""
        titles = {one.title for one in self.reading.lists} - {self.reading.source}
        is_pasted = self.reading.source.startswith(PASTED)
        return html.shortened(titles.pop(), _TITLE_LENGTH) if is_pasted and self.quotes and len(titles) == 1 else ""

    @property
    def name(self) -> str:
        return self.title or self.reading.source

    @property
    def label(self) -> Visibility:
        is_secret = (self.quotes and not self.draft.public) or self.applied.hidden or self.applied.confidential
        return Visibility.NONPUBLIC if is_secret else Visibility.PUBLIC

    @property
    def says_nothing_new(self) -> bool:
        return self.quotes and self.applied.is_unchanged and bool(self.applied.outcomes)

    @property
    def fingerprint(self) -> str:
        """Of all that its reader was told: what they confirm is that and nothing else."""
        told = f"{self.draft.public} {self.draft.follows} {self.applied.model_dump_json()}"
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def findings(self) -> tuple[Finding, ...]:
        applied = self.applied
        every = (*self.reading.findings, *applied.findings, *applied.confidential)
        found = sorted(every, key=lambda one: one.line)
        return tuple(found if self.quotes else (one.model_copy(update={"words": ""}) for one in found))

    @property
    def doubts(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.kind not in NOTES)


def summary(shown: Shown, voice: Voice, *, is_anew: bool = False) -> Message:
    """At most eight lines: what was read, what it would do, who would see it."""
    say, draft = voice.say, shown.draft
    warning = say("⚠ The register was changed in the meantime. This is what it would do now:") if is_anew else ""
    return Message(
        html=html.paragraphs(
            html.bold(warning),
            html.lines(
                *findings.digest(shown.reading, say, name=shown.name, titled=shown.quotes),
                findings.applied_line(shown.applied, say),
                _stays(shown, say),
                _who_sees_it(draft, say),
            ),
            html.bold(say("Import this?")),
        ),
        buttons=buttons.rows(
            buttons.row(_import_button(draft, say)),
            buttons.row(_toggle(draft, say)),
            *buttons.flowing([one for one in (_doubts(shown, say), _conflicts(shown, say)) if one]),
            buttons.row(act(say("✕ Do not import"), "x", draft)),
        ),
        label=shown.label,
    )


def _stays(shown: Shown, say: Language) -> str:
    ours = len(shown.applied.conflicts) - len(shown.draft.follows)
    if ours <= 0:
        return ""
    return say.plural("{n} field was changed here and stays so.", "{n} fields were changed here and stay so.", ours)


def _who_sees_it(draft: Draft, say: Language) -> Html:
    label = say.of("visibility", "public") if draft.public else say.of("visibility", "non-public")
    return html.lines(
        html.fill(say("New records become {label}."), label=html.bold(label)),
        html.italic(say(_CITY if draft.public else _HIDDEN)),
    )


def _import_button(draft: Draft, say: Language) -> Button:
    text = say("✓ Import as public") if draft.public else say("✓ Import as non-public")
    return act(text, "a", draft, style=Style.SUCCESS)


def _toggle(draft: Draft, say: Language) -> Button:
    if draft.public:
        return act(say("Rather non-public"), "n", draft)
    return act(say("Rather public"), "p", draft)


def _doubts(shown: Shown, say: Language) -> Button | None:
    if not shown.findings:
        return None
    doubts = len(shown.doubts)
    text = "⚠ " + say.plural("{n} doubt", "{n} doubts", doubts) if doubts else say("What I noticed")
    return act(text, "f", shown.draft)


def _conflicts(shown: Shown, say: Language) -> Button | None:
    if not shown.applied.conflicts:
        return None
    number = len(shown.applied.conflicts)
    return act("⇄ " + say.plural("{n} difference", "{n} differences", number), "c", shown.draft)


def imported(shown: Shown, voice: Voice, *, undo: str) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.fill(say("✓ Imported: {file}"), file=html.bold(shown.name)),
            findings.applied_line(shown.applied, say),
            _stays(shown, say),
            html.italic(say(_CITY if shown.draft.public else _HIDDEN)),
        ),
        buttons=buttons.rows(
            buttons.row(buttons.deed(say("↶ Undo"), undo), buttons.command(say("What is open?"), "open")),
            buttons.row(_unrouted(shown.reading, say)),
        ),
        label=shown.label,
    )


def _unrouted(reading: Reading, say: Language) -> Button | None:
    """The next step after a list with questions that no office has."""
    if not any(one.kind is FindingKind.NO_ROUTING for one in reading.findings):
        return None
    return buttons.question(say("Which have no office?"), Query(intent=Intent.OPEN, unrouted=True))


def nothing_new(shown: Shown, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.fill(say("The register says all that {file} says."), file=html.bold(shown.name)),
            say("There is nothing to import."),
        ),
        buttons=(buttons.row(buttons.command(say("What is open?"), "open")),),
        label=shown.label,
    )


def taken_back(source: str, label: Visibility, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.fill(say("↶ Taken back: {refs}"), refs=html.bold(source)),
            say("The register says again what it said before."),
        ),
        buttons=((buttons.command(say("Another document"), "import"), buttons.command(say("What is open?"), "open")),),
        label=label,
    )
