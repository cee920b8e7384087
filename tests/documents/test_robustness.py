"""Whatever happens to a document on its way, reading it ends well, in time, and loses no line."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from documents import read
from documents.evaluation import read as read_evaluation
from documents.evaluation.headings import Heading
from documents.evaluation.parts import AnsweringLine, RoutingLine, TableHead, is_furniture, parts_of
from documents.findings import UnreadDocument
from documents.lines import lines_of
from registry.reading import Reading
from tests.documents.cities import HERE, ilmstadt

TREE = ilmstadt()
LINES = (HERE / "ilmstadt.txt").read_text("utf-8").split("\n")
STRUCTURE = (Heading, RoutingLine, AnsweringLine, TableHead)

shuffles = st.permutations(range(len(LINES)))
selections = st.sets(st.integers(0, len(LINES) - 1))


def unaccounted(text: str, reading: Reading) -> list[str]:
    """The written lines that are in no record, no finding, and are neither heading, routing nor page furniture."""
    lines = lines_of(text)
    placed = {number for place in reading.places for number in range(place.first_line, place.last_line + 1)}
    found = {finding.line for finding in reading.findings}
    structure = {part.line for part in parts_of(lines) if isinstance(part, STRUCTURE)}
    known = placed | found | structure
    return [line.text for line in lines if not (line.is_blank or is_furniture(line) or line.number in known)]


def test_every_line_of_the_whole_document_is_accounted_for() -> None:
    text = "\n".join(LINES)

    assert unaccounted(text, read_evaluation(text, source="x", offices=TREE)) == []


@settings(max_examples=60, deadline=None)
@given(selections)
def test_lines_may_be_missing(missing: set[int]) -> None:
    text = "\n".join(line for at, line in enumerate(LINES) if at not in missing)

    assert unaccounted(text, read_evaluation(text, source="x", offices=TREE)) == []


@settings(max_examples=60, deadline=None)
@given(shuffles)
def test_lines_may_be_shuffled(order: list[int]) -> None:
    text = "\n".join(LINES[at] for at in order)

    assert unaccounted(text, read_evaluation(text, source="x", offices=TREE)) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(LINES)), max_size=30), st.sampled_from("\n\r\t "))
def test_any_text_is_read_or_refused_with_facts(pieces: list[str], joint: str) -> None:
    try:
        reading = read(joint.join(pieces), source="x", offices=TREE)
    except UnreadDocument as refused:
        assert refused.args
    else:
        assert Reading.model_validate_json(reading.model_dump_json()) == reading


def test_reading_takes_time_in_step_with_length() -> None:
    once = "\n".join(LINES)

    short, long = seconds(once * 4), seconds(once * 32)

    assert long < 8 * short * 3


def test_one_endless_cell_or_line_is_read_in_time() -> None:
    words = random.Random(7).choices(
        ["Amt", "und", "(", ")", "Bauamt", ",", "M1:", "<u>", "?", "30.06.", "bis"], k=20_000
    )
    text = "Handlungsfeld 1:\nEmpfehlung 1, M1:\nM1: " + "\t".join([" ".join(words)] * 4) + "\n\n" + " ".join(words)

    assert seconds(text) < 5


def seconds(text: str) -> float:
    started = time.process_time()
    read(text, source="x", offices=TREE)
    return time.process_time() - started
