"""What stands against a digest, and what takes it back."""

from datetime import date, time

import pytest

from registry import rights
from registry.administered import Hindrance, NotGranted, ServedChat, Situation
from registry.administration import outcome, reverse
from registry.deeds import SetDigest
from registry.digests import MOST_IN_CHAT, Digest
from registry.offices import Office, OfficeKind, OfficeTree
from registry.people import Role
from registry.queries import Query
from registry.slots import Rule

GROUP, CHRIS = -100_500, 7_004
TREE = OfficeTree((Office(code="A50", name_de="Sozialamt", kind=OfficeKind.OFFICE),))
NEW = Digest(chat=GROUP)
KNOWN = Digest(id=4, chat=GROUP)


def met(before: Digest, *others: Digest, admitted: bool = True) -> Situation:
    return Situation(
        before=before,
        by=CHRIS,
        today=date(2026, 11, 23),
        offices=TREE,
        place=ServedChat(id=before.chat, admitted=admitted) if before.chat < 0 else None,
        digests=others,
    )


def ended(digest: Digest) -> Digest:
    return digest.model_copy(update={"is_ended": True})


def hindrance(wanted: Digest, at: Situation) -> Hindrance | None:
    try:
        outcome(SetDigest(digest=wanted), at)
    except NotGranted as error:
        return error.hindrance
    return None


def at_nine(number: int) -> Digest:
    return Digest(id=number, chat=GROUP, rule=Rule(at=time(9, number)))


@pytest.mark.parametrize(
    ("wanted", "at", "expected"),
    [
        (NEW, met(ended(NEW)), None),
        (NEW, met(ended(NEW), admitted=False), Hindrance.NO_CHAT),
        (Digest(chat=CHRIS), met(ended(Digest(chat=CHRIS))), None),
        (Digest(chat=CHRIS + 1), met(ended(Digest(chat=CHRIS + 1))), Hindrance.NO_CHAT),
        (KNOWN, met(Digest(id=4, chat=GROUP - 1)), Hindrance.NO_DIGEST),
        (KNOWN, met(Digest(id=4, chat=GROUP, thread=7)), Hindrance.NO_DIGEST),
        (KNOWN, met(KNOWN, KNOWN), Hindrance.NOTHING_CHANGES),
        (NEW, met(ended(NEW), KNOWN), Hindrance.SAME_DIGEST),
        (NEW, met(ended(NEW), KNOWN.model_copy(update={"is_paused": True})), Hindrance.SAME_DIGEST),
        (NEW, met(ended(NEW), KNOWN.model_copy(update={"thread": 7})), None),
        (Digest(chat=GROUP, scope=Query(offices=("A99",))), met(ended(NEW)), Hindrance.UNKNOWN_OFFICE),
        (NEW, met(ended(NEW), *map(at_nine, range(1, MOST_IN_CHAT + 1))), Hindrance.TOO_MANY_DIGESTS),
        (ended(KNOWN), met(KNOWN, KNOWN, *map(at_nine, range(10, 20))), None),
    ],
)
def test_a_digest_is_set_up_unless_something_stands_against_it(
    wanted: Digest, at: Situation, expected: Hindrance | None
) -> None:
    assert hindrance(wanted, at) == expected


def test_whatever_is_done_to_a_digest_is_taken_back_by_what_was_before() -> None:
    paused = KNOWN.model_copy(update={"is_paused": True})

    back = [
        reverse(SetDigest(digest=after, by_chat_admin=True), before, after)
        for before, after in ((ended(KNOWN), KNOWN), (KNOWN, paused), (paused, ended(paused)))
    ]

    assert back == [SetDigest(digest=before, by_chat_admin=True) for before in (ended(KNOWN), KNOWN, paused)]


def test_what_one_knows_of_a_new_digest_holds_when_it_gets_its_number() -> None:
    numbered = NEW.model_copy(update={"id": 5})

    assert met(ended(NEW)).version == met(ended(numbered)).version
    assert met(ended(NEW)).version != met(NEW).version


@pytest.mark.parametrize(
    ("deed", "least"),
    [
        (SetDigest(digest=NEW), Role.COORDINATOR),
        (SetDigest(digest=NEW, by_chat_admin=True), Role.READER),
        (SetDigest(digest=Digest(chat=CHRIS)), Role.READER),
    ],
)
def test_ones_own_and_a_group_one_looks_after_need_no_more_than_a_role(deed: SetDigest, least: Role) -> None:
    allowed = [role for role in Role if rights.may(role, (), deed, None, TREE)]

    assert allowed == [role for role in Role if role >= least]
