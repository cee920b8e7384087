"""What reading a document gives: records, and findings about what was understood and what is doubted."""

from enum import StrEnum

from registry.inquiries import Inquiry, QuestionList
from registry.measures import FieldOfAction, Measure, Recommendation
from registry.offices import Office
from registry.papers import Paper
from registry.programmes import Programme
from registry.records import Record
from registry.rounds import EvaluationRound


class Form(StrEnum):
    """The forms of document the readers know."""

    EVALUATION = "evaluation"
    QUESTION_LIST = "question_list"
    COUNCIL_PAPER = "council_paper"
    RESULT = "result"
    PROGRAMME = "programme"
    OFFICES = "offices"
    TITLES = "titles"


class FindingKind(StrEnum):
    # doubts: somebody has to look
    CONTRADICTING_BOXES = "contradicting_boxes"
    NO_BOX_TICKED = "no_box_ticked"
    NO_STATUS_BOXES = "no_status_boxes"
    NO_LEAD_OFFICE = "no_lead_office"
    NO_ROUTING = "no_routing"
    UNKNOWN_OFFICE = "unknown_office"
    DUPLICATE_NUMBER = "duplicate_number"
    UNREAD_DEADLINE = "unread_deadline"
    UNREAD_DATE = "unread_date"
    REFERRED_ONLY = "referred_only"
    UNPLACED_TEXT = "unplaced_text"
    NO_NUMBER = "no_number"
    STAYS_NONPUBLIC = "stays_nonpublic"
    MADE_NONPUBLIC = "made_nonpublic"
    HELD_NONPUBLIC = "held_nonpublic"
    LIST_STAYS = "list_stays"
    LATE_RESULT = "late_result"
    OVERTAKEN_DEADLINE = "overtaken_deadline"
    # notes: how the document was understood
    JOINED_ROWS = "joined_rows"
    CONTINUED_TEXT = "continued_text"
    STATUS_DOUBTED = "status_doubted"
    NOT_KEPT = "not_kept"


NOTES = frozenset(
    {FindingKind.JOINED_ROWS, FindingKind.CONTINUED_TEXT, FindingKind.STATUS_DOUBTED, FindingKind.NOT_KEPT}
)


class Finding(Record):
    """One thing a reader noticed: the line it stands on (1-based), the record it concerns, the words in question."""

    kind: FindingKind
    line: int
    ref: str = ""
    words: str = ""


class Title(Record):
    """A short title of a record in one language, written by the city beside the document's own words."""

    ref: str
    language: str
    text: str


class Place(Record):
    """Where in the document a record was read: first and last line, 1-based."""

    ref: str
    first_line: int
    last_line: int


class Reading(Record):
    """Everything one document says, ready to be shown and then applied to the register."""

    source: str
    form: Form
    offices: tuple[Office, ...] = ()
    fields: tuple[FieldOfAction, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    rounds: tuple[EvaluationRound, ...] = ()
    measures: tuple[Measure, ...] = ()
    lists: tuple[QuestionList, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    papers: tuple[Paper, ...] = ()
    programmes: tuple[Programme, ...] = ()
    titles: tuple[Title, ...] = ()
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
