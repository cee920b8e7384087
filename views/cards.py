"""A card: one record with its facts, its folded texts, and the way on and back."""

from dataclasses import dataclass

from registry.queries import Intent, Query
from registry.visibility import Visibility
from views import buttons, html
from views.html import Html
from views.message import MAX_CHARACTERS, Button, Message
from views.voice import Voice

_TITLE_LENGTH = 120
_MOST_RELATED = 20  # buttons; Telegram takes a hundred in all, and nobody taps the twenty-first
_ROOM = MAX_CHARACTERS - 512  # for the line that numbers the parts, and for what was not understood


@dataclass(frozen=True)
class Card:
    """``facts`` stand open, ``texts`` folded below them; ``acts`` change the record, ``related`` lead to others."""

    ref: str
    facts: Html
    label: Visibility
    texts: tuple[Html, ...] = ()
    related: tuple[str, ...] = ()
    acts: tuple[Button, ...] = ()

    def message(self, asked: Query, part: int, voice: Voice) -> Message:
        """One part of the card; ``asked`` is the question it was opened from."""
        parts = html.parted((self.facts, *self.texts), _ROOM)
        part = min(part, len(parts) - 1)
        numbered = voice.say("Part {part} of {parts}", part=part + 1, parts=len(parts)) if len(parts) > 1 else ""
        nonpublic = "" if self.label is Visibility.PUBLIC else f"🔒 {voice.say('non-public')}"
        return Message(
            html=html.paragraphs(html.lines(nonpublic, parts[part]), html.italic(numbered)),
            buttons=buttons.rows(
                *buttons.flowing(self.acts),
                *buttons.flowing(
                    [buttons.question(ref, Query(intent=Intent.SHOW, ref=ref)) for ref in self.related[:_MOST_RELATED]]
                ),
                self._turning(asked, part, len(parts), voice),
                buttons.row(back(asked, voice), buttons.history(voice.say("History"), self.ref, asked)),
            ),
            label=self.label,
            refs=(self.ref,),
        )

    def _turning(self, asked: Query, part: int, parts: int, voice: Voice) -> buttons.Row:
        before = buttons.detail(voice.say("‹ Back"), self.ref, asked, part=part - 1) if part > 0 else None
        after = buttons.detail(voice.say("Read on ›"), self.ref, asked, part=part + 1) if part + 1 < parts else None
        return buttons.row(before, after)


def back(asked: Query, voice: Voice) -> Button | None:
    """The way back to the listing a record was opened from."""
    if asked.intent in {Intent.SHOW, Intent.HISTORY}:
        return None
    return buttons.question(voice.say("‹ To the list"), asked.model_copy(update={"ref": None}))


def heading(ref: str, title: str) -> Html:
    """Number and title; a title that begins with the name says it once."""
    shown = html.shortened(title, _TITLE_LENGTH)
    return html.bold(shown if title.startswith(ref) else html.join(" · ", (ref, shown)))


def folded(caption: str, text: str) -> Html:
    """A long text under its caption; empty where there is none."""
    return html.lines(html.bold(caption), html.quote(text, folded=True)) if text.strip() else Html("")
