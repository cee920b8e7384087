"""Whatever non-public documents say, and whenever, the public reads the register as if nobody had said it.

A record that a non-public document changed is withdrawn whole; what is public of everything else stays as it was.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registry.identity import ref_of
from registry.inquiries import About, AboutKind, Inquiry
from registry.measures import FieldOfAction, Measure, Recommendation, Status
from registry.papers import Paper
from registry.programmes import Programme
from registry.queries import Intent, Query
from registry.reading import Form, Reading, Title
from registry.records import Record
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Visibility
from storage import inquiries, measures, papers, programmes, sheaves
from storage.database import Transaction
from storage.rows import Stored
from storage.store import Store
from storage.visibility import EVERYTHING
from tests.storage.records import (
    AS_OF,
    AT,
    CONTENT,
    OFFICES,
    PLAN,
    PUBLIC,
    TODAY,
    a_list,
    a_mandate,
    a_measure,
    a_paper,
    a_programme,
    a_reading,
    an_inquiry,
)

SECRET = "Verschlusssache"
MONTH_LATER = AT + timedelta(days=30)
NEXT_ROUND = date(2026, 6, 30)
MEASURES = ("1.1.M1", "1.1.M2", "2.1.M1")
PAPERS = ("0345/25", "0346/25", "0345/25-E1")
REFS = {
    "measures": MEASURES,
    "inquiries": ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "QN1", "QN2", "QN3"),
    "papers": PAPERS,
    "programmes": ("StadtLab",),
}
EVERY_REF = tuple(ref for refs in REFS.values() for ref in refs)


class Document(NamedTuple):
    """One document on its way into a register."""

    reading: Reading
    public: bool


def words(*, public: bool) -> st.SearchStrategy[str]:
    """A non-public document repeats what the public knows, or says something else."""
    known = ("", "Ausbau der Kurse", "Umbau des Hauses")
    return st.sampled_from(known if public else (*known, f"{SECRET} Nordhaus", f"Ausbau der Kurse {SECRET}"))


def offices() -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from([(), ("A50",), ("A50", "A51"), ("D03",)])


def some_measures(*, public: bool, as_of: date) -> st.SearchStrategy[list[Measure]]:
    told = st.builds(
        a_measure,
        st.sampled_from(MEASURES),
        title=words(public=public),
        current_state=words(public=public),
        status=st.sampled_from([Status.PARTLY, Status.FULLY]),
        lead_offices=offices(),
        as_of=st.just(as_of),
    )
    mentioned = st.builds(Measure, number=st.sampled_from(MEASURES), concept=st.just(PLAN), is_stub=st.just(True))
    return st.lists(told | mentioned, min_size=1, max_size=3, unique_by=lambda one: one.number)


def some_inquiries(*, public: bool) -> st.SearchStrategy[list[Inquiry]]:
    texts = ["Wie viele Plätze gibt es?", "Wie viele freie Plätze gibt es?", "Wer zahlt das?", "Wann wird berichtet?"]
    texts += [] if public else [f"Wie viele Plätze gibt es ({SECRET})?", f"Wozu die {SECRET}?"]
    abouts = (About(), About(kind=AboutKind.MEASURE, field=1, recommendation=1, measures=("1.1.M1", "1.1.M2")))
    inquiry = st.builds(
        an_inquiry,
        text=st.sampled_from(texts),
        offices=offices(),
        about=st.sampled_from(abouts),
        doubts=st.sampled_from([(), ("1.1.M1",)]),
        due_on=st.sampled_from([None, date(2026, 5, 1)]),
    )
    return st.lists(inquiry, min_size=1, max_size=3).map(
        lambda found: [one.model_copy(update={"position": at}) for at, one in enumerate(found, 1)]
    )


def some_papers(*, public: bool) -> st.SearchStrategy[list[Paper]]:
    told = st.builds(
        a_paper,
        st.sampled_from(PAPERS),
        title=words(public=public),
        conclusion=words(public=public),
        related=st.sampled_from([(), ("0346/25",), ("0345/25", "0999/25")]),
        answers=st.sampled_from([None, "0345/25"]),
        mandates=st.sampled_from([(), (a_mandate(due_on=date(2026, 3, 1)),)]),
    )
    mentioned = st.builds(Paper, number=st.sampled_from(PAPERS), is_stub=st.just(True))
    return st.lists(told | mentioned, min_size=1, max_size=2, unique_by=lambda one: one.number)


def some_programmes(*, public: bool) -> st.SearchStrategy[list[Programme]]:
    return st.lists(
        st.builds(a_programme, title=words(public=public), sponsor=words(public=public)), min_size=1, max_size=1
    )


@st.composite
def documents(draw: st.DrawFn, subject: str, *, public: bool) -> Document:
    as_of = draw(st.sampled_from([AS_OF, NEXT_ROUND]))
    state = draw(st.sampled_from(RoundState))
    originator = st.sampled_from(["Fraktion Mitte"] if public else ["Fraktion Mitte", f"Fraktion {SECRET}"])
    told: dict[str, object] = {"source": "amtlich.txt" if public else f"{SECRET}.txt"}
    match subject:
        case "measures":
            title, text = draw(words(public=public)), draw(words(public=public))
            told["fields"] = [FieldOfAction(concept=PLAN, number=1, title=title)]
            told["recommendations"] = [Recommendation(concept=PLAN, field=1, number=1, text=text)]
            told["rounds"] = [EvaluationRound(concept=PLAN, as_of=as_of, state=state, due_on=date(2026, 3, 1))]
            told["measures"] = draw(some_measures(public=public, as_of=as_of))
        case "inquiries":
            told["lists"] = [a_list(originator=draw(originator))]
            told["inquiries"] = draw(some_inquiries(public=public))
        case "papers":
            told["papers"] = draw(some_papers(public=public))
        case _:
            told["programmes"] = draw(some_programmes(public=public))
    return Document(a_reading(**told), public)


@st.composite
def files_of_titles(draw: st.DrawFn, subject: str, *, public: bool) -> Document:
    titles = st.builds(
        Title,
        ref=st.sampled_from(REFS[subject]),
        language=st.sampled_from(["de", "en"]),
        text=words(public=public).filter(bool),
    )
    given = draw(st.lists(titles, min_size=1, max_size=2, unique_by=lambda title: (title.ref, title.language)))
    source = "titel.toml" if public else f"{SECRET}.toml"
    return Document(Reading(source=source, form=Form.TITLES, titles=tuple(given)), public)


@st.composite
def histories(draw: st.DrawFn) -> list[Document]:
    """Documents about the same few records, so that they meet; now and then about others besides."""
    subject = draw(st.sampled_from(sorted(REFS)))
    subjects = st.sampled_from([subject] * 4 + sorted(REFS))
    history = []
    for _ in range(draw(st.integers(2, 6))):
        about, public, is_titles = draw(subjects), draw(st.booleans()), draw(st.integers(0, 4)) == 0
        history.append(draw((files_of_titles if is_titles else documents)(about, public=public)))
    return history


QUESTIONS = (
    *(Query(intent=intent) for intent in Intent),
    *(Query(intent=Intent.SEARCH, words=asked) for asked in (SECRET.lower(), "kurse", "plätze", "haus")),
    Query(intent=Intent.SEARCH, changed_since=MONTH_LATER.date()),
    Query(intent=Intent.SEARCH, originator="Fraktion Mitte"),
    Query(intent=Intent.OPEN, offices=("A50",), page=1),
)


def measure_then(*later: Document) -> list[Document]:
    return [Document(a_reading(measures=(a_measure("1.1.M1"),)), True), *later]


def told(reading: Reading, *, public: bool) -> Document:
    return Document(reading, public)


OPEN_ROUND = EvaluationRound(concept=PLAN, as_of=NEXT_ROUND, state=RoundState.OPEN)


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@example(measure_then(told(a_reading(measures=(a_measure("1.1.M1", current_state=SECRET),)), public=False)))
@example(measure_then(told(a_reading(fields=(FieldOfAction(concept=PLAN, number=1, title=SECRET),)), public=False)))
@example(measure_then(told(a_reading(rounds=(OPEN_ROUND,)), public=False)))
@example(
    [
        told(a_reading(measures=(a_measure("1.1.M1", as_of=NEXT_ROUND, current_state=SECRET),)), public=False),
        told(a_reading(measures=(a_measure("1.1.M1"),)), public=True),
    ]
)
@example(
    [
        told(a_reading(inquiries=(an_inquiry(1), an_inquiry(2))), public=True),
        told(a_reading(inquiries=(an_inquiry(1, text=f"{an_inquiry(1).text} {SECRET}"),)), public=False),
        told(
            a_reading(inquiries=(an_inquiry(1, text="Wer zahlt das?"), an_inquiry(2, text=an_inquiry(1).text))),
            public=True,
        ),
    ]
)
@example(
    [
        told(a_reading(papers=(a_paper(), a_paper("0345/25-E1"))), public=True),
        told(a_reading(papers=(a_paper("0346/25", answers="0345/25"),)), public=False),
    ]
)
@example(
    [
        told(a_reading(measures=(a_measure("1.1.M1", title=SECRET),)), public=False),
        told(a_reading(measures=(a_measure("1.1.M1"),)), public=True),
    ]
)
@given(histories())
def test_non_public_documents_change_nothing_that_the_public_reads_but_what_is_withdrawn(
    history: list[Document],
) -> None:
    asyncio.run(_compare(history))


async def _compare(history: Sequence[Document]) -> None:
    with TemporaryDirectory() as folder:
        mixed, public = await _registers(Path(folder), history)
        try:
            withdrawn = await _hidden(mixed)
            assert withdrawn <= _spoken_of(history)
            await _withdraw(public, withdrawn)
            answers = await _answers(mixed)
            assert answers == await _answers(public)
            assert SECRET not in repr(answers)
            await _compare_histories(mixed, public)
        finally:
            await asyncio.gather(mixed.close(), public.close())


async def _registers(folder: Path, history: Sequence[Document]) -> tuple[Store, Store]:
    """All documents, and the public ones alone; the others come on a day of their own."""
    mixed, public = await Store.open(folder / "mixed.db"), await Store.open(folder / "public.db")
    offices = Document(Reading(source="offices.toml", form=Form.OFFICES, offices=OFFICES), True)
    for document in (offices, *history):
        at = AT if document.public else MONTH_LATER
        await mixed.apply(document.reading, public=document.public, by="coordinator", at=at)
        if document.public:
            await public.apply(document.reading, public=True, by="coordinator", at=at)
    return mixed, public


async def _hidden(store: Store) -> set[str]:
    """What only its own reader sees; inquiries that never were in a public document have numbers of their own."""
    register = store.register(CONTENT)
    groups = (await register.measures(), await register.inquiries(), await register.papers())
    records = (*(record for group in groups for record in group), *await register.programmes())
    return {ref_of(one) for one in records if one.visibility is Visibility.NONPUBLIC and "QN" not in ref_of(one)}


def _spoken_of(history: Sequence[Document]) -> set[str]:
    """What non-public documents speak of; which inquiry a paragraph is, only the register knows."""
    readings = [document.reading for document in history if not document.public]
    measured = {one.number for reading in readings for one in reading.measures}
    papered = {one.number for reading in readings for one in reading.papers}
    named = {one.name for reading in readings for one in reading.programmes}
    titled = {title.ref for reading in readings for title in reading.titles}
    numbered = set(REFS["inquiries"]) if any(one.inquiries for one in readings) else set()
    return measured | papered | named | titled | numbered


async def _withdraw(store: Store, refs: set[str]) -> None:
    """Hides records of a register whose documents were all public, as if a person had."""

    async def work(transaction: Transaction) -> None:
        for kind in (measures, inquiries, papers, programmes):
            found = await kind.load(transaction.fetch, EVERYTHING, {}, CONTENT.clearance)
            hidden = [
                Stored(one.id, one.record.model_copy(update={"visibility": Visibility.NONPUBLIC}))
                for one in found
                if ref_of(one.record) in refs
            ]
            await kind.save(transaction, hidden)
        await sheaves.lay_everything_anew(transaction, await store.offices())

    await store.database.write(work)


async def _answers(store: Store) -> list[object]:
    register = store.register(PUBLIC)
    answers: list[object] = [await register.names(), await register.lists()]
    for query in QUESTIONS:
        answers += [
            await register.listing(query, TODAY),
            await register.summary(query, TODAY),
            await register.owing(query, TODAY),
        ]
    for ref in EVERY_REF:
        answers += [
            await register.measure(ref),
            await register.inquiry(ref),
            await register.paper(ref),
            await register.programme(ref),
            *await register.inquiries_about(ref),
            *await register.results_of(ref),
        ]
    return [_without_version(answer) for answer in answers]


def _without_version(answer: object) -> object:
    """What was withdrawn and released again counts its versions on."""
    if isinstance(answer, Record) and "version" in type(answer).model_fields:
        return answer.model_copy(update={"version": 1})
    return answer


async def _compare_histories(mixed: Store, public: Store) -> None:
    """A record that was always public has the same history; one that was not begins with its release."""
    for ref in EVERY_REF:
        whole = await mixed.register(CONTENT).history(ref)
        shown = await mixed.register(PUBLIC).history(ref)
        assert SECRET not in repr(shown)
        was_hidden = [event.after for event in whole if event.what == "visibility"] != ["public"]
        if shown and (was_hidden or whole[1].version != 1):
            assert [(event.what, event.after) for event in shown[:1]] == [("visibility", "public")]
        elif shown:
            assert shown == await public.register(PUBLIC).history(ref)
