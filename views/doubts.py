"""What is doubted in a document, and what it says otherwise than people here: to be looked at one by one."""

from collections import Counter
from collections.abc import Sequence

from locales.translations import Language
from registry.drafts import Field
from registry.reading import NOTES, Finding
from views import buttons, findings, html
from views.dry_run import Shown
from views.fields import field_name, field_value
from views.html import Html
from views.importing import act
from views.message import Message
from views.voice import Voice

PAGE = 6  # on a screen
_PAGE_DIGITS = 4  # of a number that a button brings
_LONG = frozenset({"current_state", "answer", "text", "conclusion", "decision"})


def doubts(shown: Shown, told: str, voice: Voice) -> Message:
    """What somebody has to look at and how the document was understood: by kind where there is much of it.

    ``told`` is what the button said: nothing, a kind and its page, or the page of all.
    """
    kind, _, number = told.rpartition(".")
    found = tuple(one for one in shown.findings if not kind or one.kind.value == kind)
    if not kind and len(found) > PAGE:
        return _kinds_of_doubt(shown, found, voice.say)
    page = int(number) if number.isdecimal() and len(number) < _PAGE_DIGITS else 0
    return _doubts_page(shown, found, kind, page, voice.say)


def _kinds_of_doubt(shown: Shown, found: Sequence[Finding], say: Language) -> Message:
    counts = sorted(Counter(one.kind for one in found).items(), key=lambda counted: (counted[0] in NOTES, -counted[1]))
    keys = [
        act(f"{say.number(n)} × {say(findings.SENTENCES[kind])}", "f", shown.draft, f"{kind}.0") for kind, n in counts
    ]
    return Message(
        html=html.lines(html.bold(_doubts_caption(shown, say)), say("Tap one to see where it stands.")),
        buttons=buttons.rows(*((key,) for key in keys), (act(say("‹ Back"), "s", shown.draft),)),
        label=shown.label,
    )


def _doubts_page(shown: Shown, found: Sequence[Finding], kind: str, page: int, say: Language) -> Message:
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    here = found[page * PAGE : (page + 1) * PAGE]
    back = act(say("‹ Back"), "f" if kind else "s", shown.draft)
    return Message(
        html=html.paragraphs(
            html.join(" · ", (html.bold(_doubts_caption(shown, say)), f"{page + 1}/{pages}" if pages > 1 else "")),
            html.lines(*(html.fill("• {line}", line=findings.line(one, say)) for one in here)),
        ),
        buttons=buttons.rows(
            buttons.row(
                act("‹", "f", shown.draft, f"{kind}.{page - 1}") if page else None,
                act("›", "f", shown.draft, f"{kind}.{page + 1}") if page + 1 < pages else None,
            ),
            (back,),
        ),
        label=shown.label,
    )


def _doubts_caption(shown: Shown, say: Language) -> str:
    doubts, notes = len(shown.doubts), len(shown.findings) - len(shown.doubts)
    counted = (
        say.plural("{n} doubt", "{n} doubts", doubts) if doubts else "",
        say.plural("{n} note", "{n} notes", notes) if notes else "",
    )
    return ", ".join(filter(None, counted))


def conflict(shown: Shown, at: int, voice: Voice) -> Message:
    """One field that people changed here: what it says, and what the document says."""
    say, draft, one = voice.say, shown.draft, shown.applied.conflicts[at]
    field = Field(ref=one.ref, name=one.field)
    data = f"{one.ref} {one.field}"
    follows = field in draft.follows
    of = say("{n} of {all}", n=say.number(at + 1), all=say.number(len(shown.applied.conflicts)))
    return Message(
        html=html.paragraphs(
            html.lines(
                html.fill(
                    say("{ref}: {field} – changed here."),
                    ref=html.bold(one.ref),
                    field=field_name(one.field, say),
                ),
                html.italic(of),
            ),
            _value(say("Here:"), one.field, one.ours, voice),
            _value(say("The document:"), one.field, one.theirs, voice) if shown.quotes else Html(""),
        ),
        buttons=buttons.rows(
            buttons.row(act(_chosen(say("Keep ours"), field in draft.stays), "o", draft, data)),
            buttons.row(act(_chosen(say("Take the document's"), follows), "t", draft, data)),
            buttons.row(act(say("‹ Back"), "s", draft)),
        ),
        label=shown.label,
        refs=(one.ref,),
    )


def _chosen(text: str, is_chosen: bool) -> str:
    return f"✓ {text}" if is_chosen else text


def _value(caption: str, name: str, stored: str, voice: Voice) -> Html:
    told = stored if name in _LONG else field_value(name, stored, voice)
    return html.lines(html.bold(caption), html.quote(told or "–", folded=name in _LONG))
