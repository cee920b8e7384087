"""Walks through an evaluation document and gathers its records."""

from documents.evaluation.context import Context
from documents.evaluation.cover import Cover
from documents.evaluation.headings import Heading, Level
from documents.evaluation.inquiries import InquiryBook
from documents.evaluation.measures import Reported, measure_of, stub
from documents.evaluation.outline import Outline
from documents.evaluation.parts import AnsweringLine, RoutingLine, Row, TableHead, Text
from documents.evaluation.tables import MeasureTable, TablePart, is_state, looks_like_measure
from documents.findings import finding
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.reading import Finding, FindingKind, Place
from registry.routing import Routing, read_answering, read_routing


class EvaluationWalk:
    """Goes from part to part, knows the headings above, and keeps what it finds."""

    def __init__(self, cover: Cover, reported: Reported, offices: OfficeTree) -> None:
        self.reported = reported
        self.offices = offices
        self.context = Context()
        self.book = InquiryBook(cover.list.key)
        self.outline = Outline(reported.concept)
        self.measures: dict[str, Measure] = {}
        self.places: list[Place] = []
        self.findings: list[Finding] = []
        self._referred: dict[str, Heading] = {}
        self._introducing = False

    def walk(self, parts: list[TablePart]) -> None:
        for part, leads_to_table in zip(parts, _leading_to_table(parts), strict=True):
            match part:
                case Heading():
                    self._enter(part)
                case MeasureTable():
                    self._add_measure(part)
                case RoutingLine():
                    self._route(part)
                case AnsweringLine():
                    self.context.answered_by(self._noting_unknown(read_answering(part.words, self.offices), part.line))
                case Text() if self._introducing and leads_to_table:
                    self._describe_recommendation(part)
                case Text():
                    self._ask(part)
                case Row():
                    self._leave_out([part.line], " ".join(part.cells))
                case TableHead():
                    pass
        self.book.close()
        self._add_stubs()

    def _enter(self, heading: Heading) -> None:
        if heading.level is not Level.GENERAL:
            self.book.close()  # a routing line reaches back over "Allgemein:", never into another recommendation
        self.context.enter(heading)
        self._introducing = heading.level is Level.RECOMMENDATION
        self.outline.note(self.context.field, self.context.recommendation, heading.title)
        self._refer_to_measures(heading)
        if not heading.rest:
            return
        text = Text(heading.line, heading.line, heading.rest)
        if self._introducing and not heading.measures and not text.is_question:
            self._describe_recommendation(text)
        else:
            self._ask(text)

    def _refer_to_measures(self, heading: Heading) -> None:
        for measure in heading.measures:
            if number := self.context.number(measure):
                self._referred.setdefault(number, heading)
            else:
                self.findings.append(finding(FindingKind.NO_NUMBER, heading.line, words=f"M{measure}"))

    def _describe_recommendation(self, text: Text) -> None:
        field, recommendation = self.context.field, self.context.recommendation
        if self.outline.describe(field, recommendation, text.words):
            self.places.append(Place(ref=f"{field}.{recommendation}", first_line=text.first, last_line=text.last))
        else:
            self._leave_out(range(text.first, text.last + 1), text.words)

    def _add_measure(self, table: MeasureTable) -> None:
        self._introducing = False
        self.context.tables[table.number] = None
        number = self.context.number(table.number, table.below)
        if number is None:
            self.findings.append(finding(FindingKind.NO_NUMBER, table.lines[0], words=f"M{table.number}"))
            self._leave_out(table.lines[1:], "")
            return
        table.is_new = table.is_new or (self.context.is_new and table.number in self.context.measures)
        measure, findings = measure_of(table, number, self.reported, self.offices)
        self.places.append(Place(ref=number, first_line=table.lines[0], last_line=table.lines[-1]))
        if number in self.measures:
            self.findings.append(finding(FindingKind.DUPLICATE_NUMBER, table.lines[0], ref=number, words=measure.title))
            return
        self.measures[number] = measure
        self.findings.extend(findings)

    def _add_stubs(self) -> None:
        for number, heading in self._referred.items():
            if number not in self.measures:
                self.measures[number] = stub(number, self.reported)
                self.findings.append(finding(FindingKind.REFERRED_ONLY, heading.line, ref=number))
                self.places.append(Place(ref=number, first_line=heading.line, last_line=heading.line))

    def _route(self, line: RoutingLine) -> None:
        if not self.book.waiting:
            self._leave_out([line.line], line.words)
            return
        self.book.close(self._noting_unknown(read_routing(line.words, self.offices), line.line))

    def _noting_unknown(self, routing: Routing | None, line: int) -> Routing | None:
        for words in routing.unknown if routing else ():
            self.findings.append(finding(FindingKind.UNKNOWN_OFFICE, line, words=words))
        return routing

    def _ask(self, text: Text) -> None:
        self._introducing = False
        if looks_like_measure(text.words) or is_state(text.words):
            self._leave_out(range(text.first, text.last + 1), text.words)
        else:
            self.book.ask(text, self.context.about(text.words), self.context.answering)

    def _leave_out(self, lines: list[int] | range, words: str) -> None:
        self.findings.extend(finding(FindingKind.UNPLACED_TEXT, line, words=words) for line in lines)


def _leading_to_table(parts: list[TablePart]) -> list[bool]:
    """For each part whether only statements stand between it and the next table."""
    leading: list[bool] = []
    before_table = False
    for part in reversed(parts):
        is_table = isinstance(part, MeasureTable | TableHead)
        before_table = is_table or (before_table and isinstance(part, Text) and not part.is_question)
        leading.append(before_table)
    return leading[::-1]
