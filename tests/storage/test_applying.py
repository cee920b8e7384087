"""What a document does to the register: matched by number, harmless when repeated, nothing overwritten in silence."""

import sqlite3
from datetime import date

import pytest

from registry.applied import Act, Applied, KeptField, Outcome
from registry.desk import Event
from registry.inquiries import About, AboutKind, Contribution, InquiryStatus
from registry.measures import Measure, Status
from registry.papers import Consultation
from registry.queries import Kind
from registry.reading import Finding, FindingKind, Form, Reading, Title
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Visibility
from storage import history
from storage.database import Transaction
from storage.history import Change, Occasion
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    AS_OF,
    AT,
    CONTENT,
    PLAN,
    PUBLIC,
    a_list,
    a_mandate,
    a_measure,
    a_paper,
    a_programme,
    a_reading,
    an_application_deadline,
    an_inquiry,
)

EVERYTHING = a_reading(
    measures=(a_measure("1.1.M1", lead_offices=("A50",)), a_measure("1.1.M2")),
    inquiries=(an_inquiry(1, doubts=("1.1.M1",)), an_inquiry(2, offices=("A50", "A51"))),
    papers=(a_paper("0345/25", mandates=(a_mandate(),), milestones=(an_application_deadline(date(2026, 5, 1)),)),),
    programmes=(a_programme(),),
)


def outcomes(applied: Applied, *kinds: str) -> list[tuple[str, Act]]:
    return [(outcome.ref, outcome.act) for outcome in applied.outcomes if outcome.kind in kinds]


async def change_here(store: Store, number: str, **fields: object) -> None:
    """As an act of an editor will: the record, its version and its history together."""
    [(record, version)] = await store.database.read("SELECT id, version FROM measures WHERE number = ?", (number,))
    changes = [Change(Kind.MEASURE, record, version + 1, what, "", str(after)) for what, after in fields.items()]

    async def work(transaction: Transaction) -> None:
        for what, after in fields.items():
            await transaction.fetch(f"UPDATE measures SET {what} = ?, version = ?", (after, version + 1))
        await history.write(transaction, changes, Occasion(at=AT, who="A50"))

    await store.database.write(work)


async def test_everything_a_document_says_is_read_back_as_it_was_written(store: Store) -> None:
    await apply(store, EVERYTHING)
    register = store.register(CONTENT)

    public = {"visibility": Visibility.PUBLIC}
    [measure, other] = EVERYTHING.measures
    [inquiry, joint] = EVERYTHING.inquiries
    assert await register.measures() == (
        measure.model_copy(update=public | {"doubted_by": ("Q1",)}),
        other.model_copy(update=public),
    )
    assert await register.inquiries() == (
        inquiry.model_copy(update=public | {"number": "Q1", "contributions": (Contribution(office="A50"),)}),
        joint.model_copy(
            update=public | {"number": "Q2", "contributions": (Contribution(office="A50"), Contribution(office="A51"))}
        ),
    )
    assert await register.papers() == tuple(paper.model_copy(update=public) for paper in EVERYTHING.papers)
    assert await register.programmes() == tuple(one.model_copy(update=public) for one in EVERYTHING.programmes)
    assert await register.lists() == tuple(one.model_copy(update=public) for one in EVERYTHING.lists)


async def test_a_document_applied_twice_changes_nothing_the_second_time(store: Store) -> None:
    first = await apply(store, EVERYTHING)
    before = await dump(store)

    second = await apply(store, EVERYTHING)

    assert {outcome.act for outcome in first.outcomes} == {Act.ADDED}
    assert second == Applied(outcomes=tuple(one.model_copy(update={"act": Act.UNCHANGED}) for one in first.outcomes))
    assert await dump(store) == before


async def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = await store.database.read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        row["name"]: [tuple(found) for found in await store.database.read(f'SELECT * FROM "{row["name"]}"')]
        for row in tables
    }


async def test_a_preview_says_what_applying_would_do_and_writes_nothing(store: Store) -> None:
    before = await dump(store)

    previewed = await store.preview(EVERYTHING)

    assert await dump(store) == before
    assert [(one.kind, one.act) for one in previewed.outcomes] == [
        (one.kind, one.act) for one in (await apply(store, EVERYTHING, public=False)).outcomes
    ]


async def test_each_changed_field_is_one_entry_of_history_and_all_are_one_version(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))

    applied = await apply(store, a_reading(measures=(a_measure("1.1.M1", text="Neu gefasst.", lead_offices=("A51",)),)))

    assert outcomes(applied, "measure") == [("1.1.M1", Act.CHANGED)]
    told = {"at": AT, "ref": "1.1.M1", "who": "coordinator", "why": "dokument.txt"}
    assert await store.register(PUBLIC).history("1.1.M1") == (
        Event(version=1, what="imported", **told),
        Event(version=1, what="visibility", before="nonpublic", after="public", **told),
        Event(version=2, what="text", before="Das Vorhaben 1.1.M1 wird umgesetzt.", after="Neu gefasst.", **told),
        Event(version=2, what="lead_offices", before="[]", after='["A51"]', **told),
    )


OPEN_STEP = Consultation(body="Stadtrat", on=date(2026, 2, 1), public=True)
CLOSED_STEP = Consultation(body="Hauptausschuss", on=date(2026, 1, 20), public=False)


@pytest.mark.parametrize(
    ("labels_and_steps", "expected"),
    [
        (((True, OPEN_STEP),), [("nonpublic", "public")]),
        (((True, CLOSED_STEP),), [("nonpublic", "nonpublic_step")]),
        (((False, CLOSED_STEP),), []),
        (((False, CLOSED_STEP), (True, CLOSED_STEP)), [("nonpublic", "nonpublic_step")]),
        (
            ((True, CLOSED_STEP), (True, OPEN_STEP), (True, CLOSED_STEP)),
            [("nonpublic", "nonpublic_step"), ("nonpublic_step", "public"), ("public", "nonpublic_step")],
        ),
        (
            ((True, CLOSED_STEP), (False, OPEN_STEP), (False, CLOSED_STEP)),
            [("nonpublic", "nonpublic_step"), ("nonpublic_step", "nonpublic")],
        ),
        (((False, CLOSED_STEP), (False, OPEN_STEP)), []),
    ],
)
async def test_history_says_who_may_see_a_paper_in_effect_and_not_what_its_label_says(
    store: Store, labels_and_steps: tuple[tuple[bool, Consultation], ...], expected: list[tuple[str, str]]
) -> None:
    for public, step in labels_and_steps:
        await apply(store, a_reading(papers=(a_paper("0345/25", consultations=(step,)),)), public=public)

    told = await store.register(CONTENT).history("0345/25")

    assert [(event.before, event.after) for event in told if event.what == "visibility"] == expected


async def test_history_is_never_edited(store: Store) -> None:
    await apply(store, EVERYTHING)

    for sql in ("UPDATE history SET who = 'nobody'", "DELETE FROM history"):
        with pytest.raises(Exception, match="append-only"):
            await store.database.write_rows((sql, [()]))


async def test_what_was_changed_here_stays_and_is_named(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))
    await change_here(store, "1.1.M1", title="Unser Titel")

    applied = await apply(store, a_reading(measures=(a_measure("1.1.M1", title="Anderer Titel", text="Anders."),)))

    measure = await store.register(PUBLIC).measure("1.1.M1")
    assert measure is not None
    assert applied.kept == (KeptField(ref="1.1.M1", field="title"),)
    assert (measure.title, measure.text, measure.version) == ("Unser Titel", "Anders.", 3)


@pytest.mark.parametrize(
    ("state", "status", "kept"),
    [
        (RoundState.CLOSED, Status.PARTLY, (KeptField(ref="1.1.M1", field="status"),)),
        (RoundState.OPEN, Status.FULLY, ()),
    ],
)
async def test_a_closed_round_keeps_its_reports_and_an_open_one_takes_corrections(
    store: Store, state: RoundState, status: Status, kept: tuple[KeptField, ...]
) -> None:
    rounds = (EvaluationRound(concept=PLAN, as_of=AS_OF, state=state),)
    await apply(store, a_reading(measures=(a_measure("1.1.M1", status=Status.PARTLY),), rounds=rounds))

    applied = await apply(store, a_reading(measures=(a_measure("1.1.M1", status=Status.FULLY),), rounds=rounds))

    measure = await store.register(PUBLIC).measure("1.1.M1")
    reports = await store.database.read("SELECT as_of, status FROM measure_reports")
    assert measure is not None
    assert (measure.status, applied.kept) == (status, kept)
    assert [tuple(report) for report in reports] == [(AS_OF.isoformat(), status.value)]


async def test_the_latest_round_speaks_for_a_measure_whichever_document_comes_last(store: Store) -> None:
    older, newer = date(2024, 12, 31), AS_OF
    for as_of, status in ((newer, Status.FULLY), (older, Status.NOT_IMPLEMENTED)):
        document = a_measure("1.1.M1", as_of=as_of, status=status, text=f"Fassung {as_of}")
        await apply(store, a_reading(measures=(document,), rounds=(EvaluationRound(concept=PLAN, as_of=as_of),)))

    measure = await store.register(PUBLIC).measure("1.1.M1")
    reports = await store.database.read("SELECT as_of, status FROM measure_reports ORDER BY as_of")
    assert measure is not None
    assert (measure.status, measure.as_of, measure.text) == (Status.FULLY, newer, f"Fassung {newer}")
    assert [tuple(report) for report in reports] == [
        (older.isoformat(), "not_implemented"),
        (newer.isoformat(), "fully"),
    ]


async def test_a_stub_is_filled_and_never_empties_what_is_known(store: Store) -> None:
    stub = Measure(number="1.1.M1", concept=PLAN, is_stub=True)
    filled = a_measure("1.1.M1", lead_offices=("A50",))

    acts = [
        outcomes(await apply(store, a_reading(measures=(measure,))), "measure")
        for measure in (stub, stub, filled, stub)
    ]

    assert acts == [[("1.1.M1", act)] for act in (Act.ADDED, Act.UNCHANGED, Act.CHANGED, Act.UNCHANGED)]
    assert await store.register(PUBLIC).measure("1.1.M1") == filled.model_copy(
        update={"visibility": Visibility.PUBLIC, "version": 2}
    )


async def test_two_concepts_may_use_the_same_number(store: Store) -> None:
    other = a_measure("1.1.M1", concept="Klimaplan", as_of=date(2026, 1, 31), title="Bäume")

    await apply(store, a_reading(measures=(a_measure("1.1.M1"), other)))

    assert [measure.concept for measure in await store.register(PUBLIC).measures()] == ["Klimaplan", PLAN]
    latest = await store.register(PUBLIC).measure("1.1.M1")
    assert latest is not None
    assert latest.title == "Bäume"


async def test_inquiries_are_numbered_in_order_and_on_from_list_to_list(store: Store) -> None:
    await apply(store, a_reading(inquiries=(an_inquiry(1), an_inquiry(2))))
    await apply(store, a_reading(inquiries=(an_inquiry(1, list="liste-2"),), lists=(a_list("liste-2"),)))

    inquiries = await store.register(PUBLIC).inquiries()
    assert [(one.number, one.list, one.position) for one in inquiries] == [
        ("Q1", "liste-1", 1),
        ("Q2", "liste-1", 2),
        ("Q3", "liste-2", 1),
    ]


async def test_a_reordered_list_names_the_same_inquiries(store: Store) -> None:
    texts = ("Wie viele Plätze gibt es?", "Wer trägt die Kosten?", "Wann wird berichtet?")
    await apply(store, a_reading(inquiries=tuple(an_inquiry(at, text=text) for at, text in enumerate(texts, 1))))

    again = [an_inquiry(at, text=f" {text.upper()} ") for at, text in enumerate(reversed(texts), 1)]
    applied = await apply(store, a_reading(inquiries=tuple(again)))

    assert outcomes(applied, "inquiry") == [("Q3", Act.CHANGED), ("Q2", Act.CHANGED), ("Q1", Act.CHANGED)]
    assert [one.text.strip().casefold() for one in await store.register(PUBLIC).inquiries()] == [
        text.casefold() for text in texts
    ]


async def test_a_reworded_paragraph_stays_its_inquiry_and_another_one_is_new(store: Store) -> None:
    await apply(
        store,
        a_reading(inquiries=(an_inquiry(1, text="Wie viele Plätze gibt es?"), an_inquiry(2, text="Wer zahlt das?"))),
    )

    applied = await apply(
        store,
        a_reading(
            inquiries=(
                an_inquiry(1, text="Wie viele freie Plätze gibt es denn?"),
                an_inquiry(2, text="Weshalb fehlt ein Zeitplan für den Umbau?"),
            )
        ),
    )

    assert outcomes(applied, "inquiry") == [("Q1", Act.CHANGED), ("Q3", Act.ADDED)]
    assert [one.text for one in await store.register(PUBLIC).inquiries()] == [
        "Wie viele freie Plätze gibt es denn?",
        "Wer zahlt das?",
        "Weshalb fehlt ein Zeitplan für den Umbau?",
    ]


async def test_equal_paragraphs_of_one_list_stay_apart(store: Store) -> None:
    twice = a_reading(inquiries=(an_inquiry(1, text="Und warum?"), an_inquiry(2, text="Und warum?")))

    await apply(store, twice)
    applied = await apply(store, twice)

    assert outcomes(applied, "inquiry") == [("Q1", Act.UNCHANGED), ("Q2", Act.UNCHANGED)]


async def test_a_routing_that_arrives_later_opens_the_inquiry(store: Store) -> None:
    await apply(store, a_reading(inquiries=(an_inquiry(1, offices=()),)))

    await apply(store, a_reading(inquiries=(an_inquiry(1, offices=("A50", "A51")),)))

    inquiry = await store.register(PUBLIC).inquiry("Q1")
    assert inquiry is not None
    assert (inquiry.status, inquiry.contributions) == (
        InquiryStatus.OPEN,
        (Contribution(office="A50"), Contribution(office="A51")),
    )


async def test_without_saying_so_nothing_becomes_public_and_what_says_the_same_hides_nothing(store: Store) -> None:
    document = a_reading(measures=(a_measure("1.1.M1"),), inquiries=(an_inquiry(1),), papers=(a_paper(),))

    await apply(store, document, public=False)
    hidden = await labels(store)
    await apply(store, document, public=True)
    shown = await labels(store)
    applied = await apply(store, document, public=False)

    assert hidden == [Visibility.NONPUBLIC] * 4
    assert shown == await labels(store) == [Visibility.PUBLIC] * 4
    assert applied.is_unchanged


async def labels(store: Store) -> list[Visibility]:
    register = store.register(CONTENT)
    groups = (await register.measures(), await register.inquiries(), await register.papers(), await register.lists())
    return [record.visibility for records in groups for record in records]


async def test_a_document_that_mentions_a_measure_does_not_make_it_public(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)), public=False)

    mention = Measure(number="1.1.M1", concept=PLAN, is_stub=True)
    await apply(store, a_reading(measures=(mention,)), public=True)

    assert await store.register(PUBLIC).measure("1.1.M1") is None


async def test_a_paper_with_a_step_that_is_not_public_stays_nonpublic_and_that_is_said(store: Store) -> None:
    closed = Consultation(body="Hauptausschuss", on=date(2026, 1, 12), public=False)
    silent = Consultation(body="Beirat")
    papers = (
        a_paper("0345/25", consultations=(closed, *a_paper().consultations)),
        a_paper("0346/25", consultations=(silent,)),
        a_paper("0347/25"),
    )

    applied = await apply(store, a_reading(papers=papers))

    assert applied.findings == (
        Finding(kind=FindingKind.STAYS_NONPUBLIC, line=1, ref="0345/25"),
        Finding(kind=FindingKind.STAYS_NONPUBLIC, line=1, ref="0346/25"),
    )
    assert [paper.number for paper in await store.register(PUBLIC).papers()] == ["0347/25"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["the paper first", "the result first"])
async def test_a_late_result_is_found_when_the_second_of_both_papers_arrives(
    store: Store, order: tuple[int, int]
) -> None:
    paper = a_paper(mandates=(a_mandate(),), milestones=(an_application_deadline(date(2026, 2, 15)),))
    result = a_paper("0345/25-E1", answers="0345/25", signed_on=date(2026, 3, 1))
    documents = [a_reading(papers=(paper,)), a_reading(papers=(result,), form=Form.RESULT)]

    found = [(await apply(store, documents[at])).findings for at in order]

    late = Finding(kind=FindingKind.LATE_RESULT, line=1, ref="0345/25-E1", words="2026-02-15")
    assert found == [(), (late,)]
    assert [one.number for one in await store.register(PUBLIC).results_of("0345/25")] == ["0345/25-E1"]


async def test_the_citys_own_titles_win_over_the_documents_words_whichever_comes_first(store: Store) -> None:
    titles = Reading(
        source="titles.toml",
        form=Form.TITLES,
        titles=(
            Title(ref="1.1.M1", language="en", text="Housing help"),
            Title(ref="Q1", language="de", text="Plätze"),
            Title(ref="StadtLab", language="en", text="City lab"),
        ),
    )
    document = a_reading(
        measures=(a_measure("1.1.M1", title="Wohnhilfe"),), inquiries=(an_inquiry(1),), programmes=(a_programme(),)
    )

    await apply(store, titles)
    await apply(store, document)
    again = await apply(store, titles)

    register = store.register(PUBLIC)
    measure, inquiry, programme = (
        await register.measure("1.1.M1"),
        await register.inquiry("Q1"),
        await register.programme("StadtLab"),
    )
    assert measure and inquiry and programme
    assert (measure.title, measure.title_en) == ("Wohnhilfe", "Housing help")
    assert (inquiry.title, programme.title_en) == ("Plätze", "City lab")
    assert again.is_unchanged


async def test_titles_given_later_reach_records_that_are_there_and_publish_none(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)), public=False)

    title = Title(ref="1.1.M1", language="en", text="Housing help")
    applied = await apply(store, Reading(source="titles.toml", form=Form.TITLES, titles=(title,)), public=True)

    measure = await store.register(CONTENT).measure("1.1.M1")
    assert applied.outcomes == (
        Outcome(kind="title", ref="1.1.M1 en", act=Act.ADDED),
        Outcome(kind="measure", ref="1.1.M1", act=Act.CHANGED),
    )
    assert measure is not None
    assert (measure.title_en, measure.visibility, measure.version) == ("Housing help", Visibility.NONPUBLIC, 2)


async def test_a_document_that_fails_half_way_leaves_nothing(store: Store) -> None:
    before = await dump(store)
    orphan = an_inquiry(1, list="no such list")

    with pytest.raises(sqlite3.IntegrityError):
        await apply(store, a_reading(measures=(a_measure(),), inquiries=(orphan,), lists=()))

    assert await dump(store) == before


async def test_what_an_inquiry_is_about_is_kept_with_its_measures(store: Store) -> None:
    about = About(kind=AboutKind.MEASURE, field=1, recommendation=1, measures=("1.1.M1", "1.1.M2"))
    document = a_reading(
        measures=(a_measure("1.1.M1"), a_measure("1.1.M2"), a_measure("1.1.M3")),
        inquiries=(an_inquiry(1, about=about, doubts=("1.1.M2",)), an_inquiry(2)),
    )

    await apply(store, document)

    register = store.register(PUBLIC)
    assert [one.about for one in await register.inquiries_about("1.1.M1")] == [about]
    assert [[one.number for one in await register.inquiries_about(f"1.1.M{n}")] for n in (2, 3)] == [["Q1"], []]
    assert [measure.doubted_by for measure in await register.measures()] == [(), ("Q1",), ()]


async def test_another_opening_of_the_register_learns_of_new_offices(store: Store) -> None:
    other = await Store.open(store.database.path)
    before = [office.code for office in await other.offices()]
    [first, *_] = (await store.offices()).offices

    renamed = first.model_copy(update={"name_de": "Neuer Name"})
    await apply(store, Reading(source="offices.toml", form=Form.OFFICES, offices=(renamed,)))
    after = await other.offices()
    await other.close()

    assert [office.code for office in after] == before
    assert after[first.code].name_de == "Neuer Name"


async def test_a_non_public_inquiry_counts_for_itself_and_takes_a_public_number_when_it_is_released(
    store: Store,
) -> None:
    document = a_reading(inquiries=(an_inquiry(1), an_inquiry(2)))
    await apply(store, document, public=False)
    cleared, uncleared = store.register(CONTENT), store.register(PUBLIC)

    hidden = [inquiry.number for inquiry in await cleared.inquiries()]
    by_either_name = [await cleared.inquiry("QN2"), await cleared.inquiry("Q2")]
    unknown = [await uncleared.inquiry("QN2"), await uncleared.inquiry("Q2")]
    await apply(store, document, public=True)

    assert hidden == ["QN1", "QN2"]
    assert [found and found.position for found in by_either_name] == [2, 2]
    assert unknown == [None, None]
    assert [inquiry.number for inquiry in await uncleared.inquiries()] == ["Q1", "Q2"]
