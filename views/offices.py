"""The city's office tree as it can be read and changed in the chat."""

from collections.abc import Iterator, Sequence

from locales.phrases import term
from locales.translations import Language
from registry.administered import Offices
from registry.offices import Office, OfficeKind
from views import buttons, html
from views.html import Html
from views.message import MAX_CHARACTERS, Message
from views.voice import Voice

KIND = {
    OfficeKind.DEPARTMENT: term("office kind", "department"),
    OfficeKind.OFFICE: term("office kind", "office"),
    OfficeKind.UNIT: term("office kind", "unit"),
    OfficeKind.EXTERNAL: term("office kind", "outside body"),
}
FIELDS = {
    "name_de": term("office field", "German name"),
    "name_en": term("office field", "English name"),
    "parent": term("office field", "below"),
    "aliases": term("office field", "other names"),
}
_MOST_LISTED = 8
_MOST_UNFOLDED = 3
_NAMED_LENGTH = 600
_ROOM = MAX_CHARACTERS - 400


def tree(voice: Voice, *, may_change: bool) -> Message:
    say = voice.say
    listed = html.lines(*(_line(office, depth, voice) for office, depth in _walk(voice)))
    parts = html.parted([listed], _ROOM)
    return Message(
        html=html.paragraphs(
            html.bold(say.plural("{n} office", "{n} offices", len(voice.offices.offices))),
            html.quote(parts[0], folded=True) if parts else "",
            html.italic(say("/offices A50 shows one of them.")),
            html.italic(say("To add or change offices, send /offices and the text of an office file after it."))
            if may_change
            else "",
        ),
        buttons=buttons.rows(
            *buttons.flowing(
                [buttons.command(voice.short_office(office.code), "offices", office.code) for office in _top(voice)]
            )
        ),
    )


def _top(voice: Voice) -> Sequence[Office]:
    return [office for office in voice.offices if office.parent is None][: 2 * _MOST_LISTED]


def _walk(voice: Voice) -> Iterator[tuple[Office, int]]:
    for office in voice.offices:
        if office.parent is None:
            for code in voice.offices.subtree(office.code):
                yield voice.offices[code], len(voice.offices.ancestors(code))


def _line(office: Office, depth: int, voice: Voice) -> str:
    return f"{'   ' * depth}{'– ' if depth else ''}{voice.office(office.code)}"


def one(office: Office, keys: Sequence[tuple[str, str]], voice: Voice) -> Message:
    """``keys`` are the fields that may be changed, with the tokens of their buttons."""
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(voice.office(office.code)),
            html.capitalized(say.of(*KIND[office.kind])),
            *(_field(name, office, voice) for name in FIELDS),
        ),
        buttons=buttons.rows(
            *buttons.flowing([buttons.deed(f"✎ {_field_name(name, voice)}", token) for name, token in keys]),
            *buttons.flowing(
                [
                    buttons.command(voice.short_office(child.code), "offices", child.code)
                    for child in voice.offices.children(office.code)
                ][: 2 * _MOST_LISTED]
            ),
            buttons.row(buttons.command(say("All offices"), "offices")),
        ),
    )


def _field(name: str, office: Office, voice: Voice) -> Html:
    value = _value(name, office, voice)
    return html.fill("{field}: {value}", field=_field_name(name, voice), value=value) if value else Html("")


def _field_name(name: str, voice: Voice) -> str:
    return html.capitalized(voice.say.of(*FIELDS[name]))


def _value(name: str, office: Office, voice: Voice) -> str:
    if name == "parent":
        return voice.office(office.parent) if office.parent else ""
    if name == "aliases":
        return ", ".join(office.aliases)
    return office.name_de if name == "name_de" else office.name_en


def differences(before: Offices, after: Offices, voice: Voice) -> tuple[Html, ...]:
    """New offices, the fields of known ones that change (folded where they are many), and offices that go."""
    say = voice.say
    known, now = ({office.code: office for office in one.offices} for one in (before, after))
    new = [office for code, office in now.items() if code not in known]
    gone = [office for code, office in known.items() if code not in now]
    changed = [office for code, office in now.items() if code in known and known[code] != office]
    told = html.lines(*(line for one in changed[:_MOST_LISTED] for line in _changed(known[one.code], one, voice)))
    left = len(changed) - _MOST_LISTED
    return (
        html.quote(told, folded=True) if len(changed) > _MOST_UNFOLDED else told,
        html.html(say.plural("… and {n} more changed", "… and {n} more changed", left)) if left > 0 else Html(""),
        html.html(say("New: {offices}", offices=_all_named(new))) if new else Html(""),
        html.html(say("Removed: {offices}", offices=_all_named(gone))) if gone else Html(""),
    )


def _all_named(offices: Sequence[Office]) -> str:
    return html.shortened(", ".join(map(_named, offices)), _NAMED_LENGTH)


def _named(office: Office) -> str:
    return office.code if not office.has_short_code else f"{office.code} {office.name_de}"


def _changed(before: Office, after: Office, voice: Voice) -> Iterator[Html]:
    for name in FIELDS:
        old, new = _value(name, before, voice), _value(name, after, voice)
        if old != new:
            arrow = html.join(" → ", (old or "–", html.bold(new or "–")))
            field = voice.say.of(*FIELDS[name])
            yield html.fill("{code} · {field}: {change}", code=before.code, field=field, change=arrow)
    if before.kind is not after.kind:
        old, new = (voice.say.of(*KIND[office.kind]) for office in (before, after))
        yield html.join(" → ", (f"{before.code} · {old}", html.bold(new)))


def unknown(words: str, say: Language) -> Message:
    return Message(
        html=html.bold(say("I know no office “{words}”.", words=html.shortened(words, 40))),
        buttons=((buttons.command(say("All offices"), "offices"),),),
    )


def unreadable(line: int, words: str, say: Language) -> Message:
    """A pasted text that is no office tree; ``line`` is 0 where it holds none at all."""
    where = (
        say("Line {line} is not written as an office tree has to be: {words}", line=line, words=words)
        if line
        else say("I find no offices in this text.")
    )
    example = '[[office]]\ncode = "A50"\nname_de = "Amt für Soziales"\nkind = "office"\nparent = "D05"'
    return Message(
        html=html.lines(html.bold(where), say("Each office is written like this:"), html.code(example)),
        buttons=((buttons.command(say("All offices"), "offices"),),),
    )


def top_level(say: Language) -> str:
    return say("At the top")
