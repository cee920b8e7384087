"""What a document that is not public does to what is, and what a public one makes of the rest."""

from datetime import date

import pytest

from registry.applied import Act, Applied
from registry.desk import OfficeCount
from registry.measures import FieldOfAction, Measure, Status
from registry.papers import Paper
from registry.queries import Intent, Kind, Query
from registry.reading import FindingKind, Form, Reading, Title
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Visibility
from storage import history
from storage.database import Transaction
from storage.history import Change, Occasion
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    AT,
    CONTENT,
    PLAN,
    PUBLIC,
    TODAY,
    a_list,
    a_measure,
    a_paper,
    a_programme,
    a_reading,
    an_inquiry,
)

STUB = Measure(number="1.1.M1", concept=PLAN, is_stub=True)
NEXT_ROUND = date(2026, 6, 30)
OWING = Query(intent=Intent.OWING)


def found(applied: Applied) -> list[tuple[FindingKind, str]]:
    return [(finding.kind, finding.ref) for finding in applied.findings]


async def is_public(store: Store, ref: str) -> bool:
    """Whether the public sees the record, which somebody has to see at all."""
    shown = []
    for reader in (PUBLIC, CONTENT):
        register = store.register(reader)
        shown.append(
            await register.measure(ref)
            or await register.inquiry(ref)
            or await register.paper(ref)
            or await register.programme(ref)
        )
    assert shown[1] is not None
    return shown[0] is not None


@pytest.mark.parametrize(
    ("kind", "before", "after", "ref"),
    [
        ("measures", a_measure(), a_measure(text="Geheim."), "1.1.M1"),
        ("measures", a_measure(), a_measure(as_of=NEXT_ROUND, status=Status.FULLY), "1.1.M1"),
        ("measures", STUB, a_measure(), "1.1.M1"),
        ("inquiries", an_inquiry(), an_inquiry(offices=("A50", "A51")), "Q1"),
        ("papers", a_paper(), a_paper(conclusion="Geheim."), "0345/25"),
        ("papers", Paper(number="0345/25", is_stub=True), a_paper(), "0345/25"),
        ("programmes", a_programme(), a_programme(sponsor="Geheim"), "StadtLab"),
    ],
)
async def test_what_a_non_public_document_changes_is_not_public_any_more_and_that_is_said(
    store: Store, kind: str, before: object, after: object, ref: str
) -> None:
    await apply(store, a_reading(**{kind: (before,)}))

    applied = await apply(store, a_reading(**{kind: (after,)}), public=False)
    hidden = await is_public(store, ref)
    released = await apply(store, a_reading(**{kind: (after,)}))

    assert found(applied) == [(FindingKind.MADE_NONPUBLIC, ref)]
    assert (hidden, await is_public(store, ref)) == (False, True)
    assert found(released) == []


async def test_a_public_document_releases_nothing_that_only_another_one_says(store: Store) -> None:
    later = a_measure(as_of=NEXT_ROUND, current_state="Das Haus wird geschlossen.")
    document = a_reading(measures=(a_measure(),))
    await apply(store, a_reading(measures=(later,)), public=False)

    applied = await apply(store, document)

    kept = await store.register(CONTENT).measure("1.1.M1")
    assert found(applied) == [(FindingKind.HELD_NONPUBLIC, "1.1.M1")]
    assert kept == later
    assert await store.register(PUBLIC).measure("1.1.M1") is None


async def test_a_closed_round_that_was_told_in_confidence_is_told_anew_in_public(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure(status=Status.FULLY, current_state="Entwurf."),)), public=False)

    applied = await apply(store, a_reading(measures=(a_measure(status=Status.PARTLY),)))

    measure = await store.register(PUBLIC).measure("1.1.M1")
    assert measure is not None
    assert (measure.status, measure.current_state, applied.kept, applied.findings) == (Status.PARTLY, "", (), ())


async def test_an_inquiry_that_stays_hidden_takes_its_public_number_all_the_same(store: Store) -> None:
    hidden = a_reading(inquiries=(an_inquiry(1, due_on=date(2026, 5, 1)),))
    await apply(store, hidden, public=False)

    applied = await apply(store, a_reading(inquiries=(an_inquiry(1), an_inquiry(2))))
    again = await apply(store, a_reading(inquiries=(an_inquiry(1), an_inquiry(2))))

    assert found(applied) == found(again) == [(FindingKind.HELD_NONPUBLIC, "Q1")]
    assert again.is_unchanged
    assert [one.number for one in await store.register(PUBLIC).inquiries()] == ["Q2"]


async def test_what_people_made_public_is_hidden_by_a_non_public_document_too(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure(),)), public=False)

    async def release(transaction: Transaction) -> None:
        await transaction.fetch("UPDATE measures SET visibility = 'public', version = 2")
        change = Change(Kind.MEASURE, 1, 2, "visibility", "nonpublic", "public")
        await history.write(transaction, [change], Occasion(at=AT, who="coordinator"))

    await store.database.write(release)
    shown = await is_public(store, "1.1.M1")
    applied = await apply(store, a_reading(measures=(a_measure(text="Geheim."),)), public=False)

    assert (shown, await is_public(store, "1.1.M1")) == (True, False)
    assert found(applied) == [(FindingKind.MADE_NONPUBLIC, "1.1.M1")]


async def test_titles_from_a_file_that_is_not_public_are_left_behind_when_a_record_is_released(store: Store) -> None:
    title = Title(ref="1.1.M1", language="en", text="Secret house")
    document = a_reading(measures=(a_measure(title="Haus"),))
    await apply(store, document, public=False)
    await apply(store, Reading(source="titles.toml", form=Form.TITLES, titles=(title,)), public=False)
    cleared = await store.register(CONTENT).measure("1.1.M1")

    applied = await apply(store, document)

    measure = await store.register(PUBLIC).measure("1.1.M1")
    assert cleared and measure
    assert (cleared.title_en, measure.title, measure.title_en, applied.findings) == ("Secret house", "Haus", "", ())


async def test_titles_that_came_before_their_record_are_used_as_far_as_they_are_public(store: Store) -> None:
    titles = (Title(ref="1.1.M1", language="en", text="Secret house"),)
    await apply(store, Reading(source="titles.toml", form=Form.TITLES, titles=titles), public=False)

    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))
    await apply(store, a_reading(measures=(a_measure("1.1.M2"),)), public=False)

    measure = await store.register(PUBLIC).measure("1.1.M1")
    assert measure is not None
    assert measure.title_en == ""


async def test_titles_of_fields_from_a_non_public_document_are_read_by_those_who_may(store: Store) -> None:
    public, secret = (FieldOfAction(concept=PLAN, number=1, title=title) for title in ("Sprache", "Geheim"))
    document = a_reading(measures=(a_measure(),), fields=(public,))
    await apply(store, document)

    applied = await apply(store, a_reading(fields=(secret,)), public=False)
    told = [(await store.register(reader).names()).fields for reader in (PUBLIC, CONTENT)]
    again = await apply(store, document)
    afterwards = [(await store.register(reader).names()).fields for reader in (PUBLIC, CONTENT)]

    assert [outcome.act for outcome in applied.outcomes] == [Act.CHANGED]
    assert told == [(public,), (secret,)]
    assert [outcome.act for outcome in again.outcomes if outcome.kind == "field"] == [Act.CHANGED]
    assert afterwards == [(public,), (public,)]
    assert (await apply(store, document)).is_unchanged


async def test_a_public_list_stays_what_it_is_against_a_document_that_is_not(store: Store) -> None:
    await apply(store, a_reading(inquiries=(an_inquiry(),)))

    other = a_reading(inquiries=(an_inquiry(),), lists=(a_list(originator="Geheime Fraktion"),))
    applied = await apply(store, other, public=False)

    assert found(applied) == [(FindingKind.LIST_STAYS, "liste-1")]
    assert (await store.register(PUBLIC).names()).originators == ("Fraktion Mitte",)
    assert [one.visibility for one in await store.register(PUBLIC).lists()] == [Visibility.PUBLIC]


async def test_a_round_that_only_a_non_public_document_opens_asks_the_public_for_nothing(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure(lead_offices=("A50",)),)))
    opened = EvaluationRound(concept=PLAN, as_of=NEXT_ROUND, state=RoundState.OPEN)

    await apply(store, a_reading(rounds=(opened,)), public=False)
    secretly = await store.register(PUBLIC).owing(OWING, TODAY)
    await apply(store, a_reading(rounds=(opened,)))

    assert secretly == ()
    assert await store.register(PUBLIC).owing(OWING, TODAY) == (OfficeCount(office="A50", measures=1),)


async def test_the_history_of_a_record_begins_with_its_last_release_and_names_no_hidden_paper(store: Store) -> None:
    await apply(store, a_reading(papers=(a_paper(title="Schließung Haus Nord"),)), public=False)
    await apply(store, a_reading(papers=(a_paper(title="Platzzahlen"),)))
    await apply(store, a_reading(papers=(a_paper(title="Platzzahlen", related=("0999/25",)),)))

    told = [(one.what, one.before, one.after) for one in await store.register(PUBLIC).history("0345/25")]
    cleared = [(one.what, one.before, one.after) for one in await store.register(CONTENT).history("0345/25")]

    assert told == [("visibility", "nonpublic", "public"), ("related", "", "")]
    assert cleared == [
        ("imported", "", ""),
        ("title", "Schließung Haus Nord", "Platzzahlen"),
        ("visibility", "nonpublic", "public"),
        ("related", "[]", '["0999/25"]'),
    ]


async def test_a_paper_did_not_change_on_the_day_a_hidden_result_came(store: Store) -> None:
    await apply(store, a_reading(papers=(a_paper(),)))
    later = date(2026, 4, 1)

    result = a_reading(papers=(a_paper("0345/25-E1", answers="0345/25"),), form=Form.RESULT)
    await store.apply(result, public=False, by="coordinator", at=AT.replace(month=4))

    since = Query(intent=Intent.SEARCH, changed_since=later)
    assert (await store.register(PUBLIC).listing(since, later)).lines == ()
    assert [line.ref for line in (await store.register(CONTENT).listing(since, later)).lines] == ["0345/25-E1"]


async def test_names_are_read_again_once_another_opening_has_changed_the_register(store: Store) -> None:
    register = store.register(PUBLIC)
    before = (await register.names()).programmes
    other = await Store.open(store.database.path)

    await apply(other, a_reading(programmes=(a_programme(),)))
    await other.close()

    assert (before, (await register.names()).programmes) == ((), ("StadtLab",))


async def test_a_preview_says_what_a_document_that_is_not_public_would_hide(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure(),)))
    changed = a_reading(measures=(a_measure(text="Geheim."),))

    assert found(await store.preview(changed)) == [(FindingKind.MADE_NONPUBLIC, "1.1.M1")]
    assert found(await store.preview(changed, public=True)) == []
