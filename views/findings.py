"""What reading a document gave and left in doubt, and what it did to the register."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from locales.phrases import Plural, phrase, plural
from locales.translations import Language
from registry.applied import Act, Applied
from registry.inquiries import Inquiry, InquiryKind, InquiryStatus
from registry.measures import Measure, Status
from registry.reading import NOTES, Finding, FindingKind, Form, Reading
from views import html
from views import names as called
from views.fields import field_name
from views.html import Html

FORMS = {
    Form.EVALUATION: phrase("evaluation with questions"),
    Form.QUESTION_LIST: phrase("list of questions"),
    Form.COUNCIL_PAPER: phrase("council paper"),
    Form.RESULT: phrase("result on a mandate"),
    Form.PROGRAMME: phrase("programme of a sponsor"),
    Form.OFFICES: phrase("offices of the city"),
    Form.TITLES: phrase("short titles"),
}
SENTENCES = {
    FindingKind.CONTRADICTING_BOXES: phrase("more than one status box is ticked; the status stays unclear"),
    FindingKind.NO_BOX_TICKED: phrase("no status box is ticked; the status stays unclear"),
    FindingKind.NO_STATUS_BOXES: phrase("the measure has no status boxes; the status stays unclear"),
    FindingKind.NO_LEAD_OFFICE: phrase("no lead office is marked"),
    FindingKind.NO_ROUTING: phrase("no routing line follows; no office is assigned"),
    FindingKind.UNKNOWN_OFFICE: phrase("this office is not among the city's offices"),
    FindingKind.DUPLICATE_NUMBER: phrase("this number occurs more than once; the first one counts"),
    FindingKind.UNREAD_DEADLINE: phrase("the deadline is kept as written; it is not understood as a date or rhythm"),
    FindingKind.UNREAD_DATE: phrase("the date is not understood"),
    FindingKind.REFERRED_ONLY: phrase("is only referred to; its own text has not arrived"),
    FindingKind.UNPLACED_TEXT: phrase("this text could not be placed"),
    FindingKind.NO_NUMBER: phrase("the document bears no number of its own"),
    FindingKind.STAYS_NONPUBLIC: phrase("one step is non-public, so the whole paper stays so"),
    FindingKind.MADE_NONPUBLIC: phrase("was public; a non-public document changed it, so it is non-public now"),
    FindingKind.HELD_NONPUBLIC: phrase("stays non-public, for it holds more than this public document says"),
    FindingKind.LIST_STAYS: phrase("what a public document says of this list stays; this one is not public"),
    FindingKind.LATE_RESULT: phrase("the result was signed after this deadline"),
    FindingKind.OVERTAKEN_DEADLINE: phrase("this deadline passes before anybody can decide"),
    FindingKind.JOINED_ROWS: phrase("rows cut by a page break were joined"),
    FindingKind.CONTINUED_TEXT: phrase("a paragraph was added to the current state above it"),
    FindingKind.STATUS_DOUBTED: phrase("a question doubts this status"),
    FindingKind.NOT_KEPT: phrase("personal details were not kept"),
}
UNREAD = {
    "TooLarge": phrase("It is too large: {size} of at most {limit} bytes."),
    "TookTooLong": phrase("Reading it took longer than {seconds} seconds."),
    "UnknownForm": phrase("It is of no form that can be read (council paper, evaluation, programme, offices, titles)."),
    "not_text": phrase("It is not text."),
    "not_yet": phrase("Files of the form {words} cannot be read yet; please save it as text."),
    "empty": phrase("It is empty."),
    "not_permitted": phrase("Its rights do not allow to read it."),
    "not_there": phrase("There is no such file."),
    "wrong_syntax": phrase("Line {line} is not written as such a file has to be: {words}"),
    "reader_failed": phrase("The reader failed on it; please report this."),
}
_WRONG_SYNTAX = phrase("Line {line} is not written as such a file has to be.")
_SOMEWHERE_WRONG = phrase("It is not written as such a file has to be.")
# The register speaks of an inquiry that has no number yet by its place in the list.
_IN_LIST = re.compile(r"#(\d+)")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def report(reading: Reading, applied: Applied, say: Language) -> Html:
    """Counts first, then what it did to the register, then every doubt with its line, then the notes."""
    every = (*reading.findings, *applied.findings, *applied.confidential)
    found = sorted(every, key=lambda finding: finding.line)
    doubts = [finding for finding in found if finding.kind not in NOTES]
    notes = [finding for finding in found if finding.kind in NOTES]
    return html.paragraphs(
        html.lines(
            *digest(reading, say),
            applied_line(applied, say),
            *(
                say("{ref}: {field} was changed here and stays so.", ref=k.ref, field=field_name(k.field, say))
                for k in applied.kept
            ),
        ),
        _listed(say.plural("{n} doubt", "{n} doubts", len(doubts)), doubts, say),
        _listed(say.plural("{n} note", "{n} notes", len(notes)), notes, say),
    )


def digest(reading: Reading, say: Language, *, name: str = "", titled: bool = True) -> Iterator[Html]:
    """What a document is, and how much is in it; ``titled`` with what its papers and programmes are called."""
    yield html.fill(say("{file}: {form}"), file=html.bold(name or reading.source), form=say(FORMS[reading.form]))
    yield from map(html.html, _counts(reading, say, titled=titled))


def unread(name: str, error: Exception, say: Language) -> Html:
    """Why a document was not read; the error carries the facts, its kind says which sentence."""
    facts = {key: say.number(value) if isinstance(value, int) else str(value) for key, value in vars(error).items()}
    return html.lines(
        html.fill(say("{file} was not read."), file=html.bold(name)),
        html.fill(say(_why_unread(facts, type(error).__name__)), **facts),
    )


def _why_unread(facts: Mapping[str, str], kind: str) -> str:
    why = facts.get("why", kind)
    if why == "wrong_syntax" and not facts.get("words"):
        return _SOMEWHERE_WRONG if facts.get("line", "0") == "0" else _WRONG_SYNTAX
    return UNREAD.get(why, UNREAD["reader_failed"])


def _counts(reading: Reading, say: Language, *, titled: bool) -> Iterator[str]:
    yield from _measures([measure for measure in reading.measures if not measure.is_stub], say)
    yield from _stubs([measure.number for measure in reading.measures if measure.is_stub], say)
    yield from _inquiries(reading.inquiries, say)
    for paper in reading.papers:
        yield _named(paper.number, paper.title if titled else "")
        yield _sizes(
            say,
            (plural("{n} consultation", "{n} consultations"), len(paper.consultations)),
            (called.COUNTED["mandates"], len(paper.mandates)),
            (called.COUNTED["milestones"], len(paper.milestones)),
        )
    for programme in reading.programmes:
        yield _named(programme.name, programme.title if titled else "")
        yield _sizes(
            say,
            (plural("{n} module", "{n} modules"), len(programme.modules)),
            (called.COUNTED["milestones"], len(programme.milestones)),
        )
    yield _sizes(
        say,
        (plural("{n} office", "{n} offices"), len(reading.offices)),
        (plural("{n} short title", "{n} short titles"), len(reading.titles)),
    )


def _named(number: str, title: str) -> str:
    return f"{number} · {title}" if title else number


def _sizes(say: Language, *sizes: tuple[Plural, int]) -> str:
    return ", ".join(say.plural(*words, n) for words, n in sizes if n)


def _measures(measures: Sequence[Measure], say: Language) -> Iterator[str]:
    if measures:
        by_status = Counter(measure.status for measure in measures)
        statuses = ", ".join(
            f"{say.number(by_status[status])} {say.of(*called.MEASURE_STATUS[status][1])}"
            for status in Status
            if by_status[status]
        )
        yield f"{_sizes(say, (called.COUNTED['measures'], len(measures)))}: {statuses}"


def _stubs(numbers: Sequence[str], say: Language) -> Iterator[str]:
    if numbers:
        yield say("Only referred to: {refs}", refs=", ".join(numbers))


def _inquiries(inquiries: Sequence[Inquiry], say: Language) -> Iterator[str]:
    if not inquiries:
        return
    remarks = sum(inquiry.kind is InquiryKind.REMARK for inquiry in inquiries)
    unrouted = sum(inquiry.status is InquiryStatus.UNROUTED for inquiry in inquiries)
    kinds = _sizes(
        say,
        (plural("{n} question", "{n} questions"), len(inquiries) - remarks),
        (plural("{n} remark", "{n} remarks"), remarks),
    )
    without = say.plural("{n} without an office", "{n} without an office", unrouted) if unrouted else ""
    paragraphs = say.plural("{n} question paragraph", "{n} question paragraphs", len(inquiries))
    yield f"{paragraphs}: {', '.join(filter(None, (kinds, without)))}"


def applied_line(applied: Applied, say: Language) -> str:
    added, changed, unchanged = (say.number(applied.count(act).total()) for act in Act)
    return say(
        "Register: {added} new, {changed} changed, {unchanged} unchanged",
        added=added,
        changed=changed,
        unchanged=unchanged,
    )


def _listed(caption: str, findings: Sequence[Finding], say: Language) -> Html:
    if not findings:
        return Html("")
    return html.lines(html.bold(caption), html.quote(html.lines(*(line(f, say) for f in findings)), folded=True))


def line(finding: Finding, say: Language) -> Html:
    """``Zeile 43 · 9.1.M3 · mehr als ein Kästchen …``, with the words in question quoted."""
    where = say("line {line}", line=finding.line) if finding.line else ""
    # Which personal details were left out is nobody's business here.
    quoted = finding.words and finding.kind is not FindingKind.NOT_KEPT
    words = say("“{words}”", words=_words(finding, say)) if quoted else ""
    return html.join(" · ", (where, _ref(finding, say), say(SENTENCES[finding.kind]), words))


def _ref(finding: Finding, say: Language) -> str:
    place = _IN_LIST.fullmatch(finding.ref)
    return say("question {n} of the list", n=place[1]) if place else finding.ref


def _words(finding: Finding, say: Language) -> str:
    """The words in question; what the register itself missed is a date, told as dates are."""
    day = _day(finding.words) if finding.kind is FindingKind.LATE_RESULT else None
    return say.short_date(day) if day else finding.words


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if _ISO_DATE.fullmatch(words) else None
    except ValueError:
        return None  # a document's own words that merely look like a date
