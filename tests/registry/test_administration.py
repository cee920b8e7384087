"""What administrators may make of people, invitations, offices and chats."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.administered import (
    AGREED_LASTS,
    AccessRequest,
    AdminSubject,
    Hindrance,
    Invitation,
    NotGranted,
    Offices,
    ServedChat,
    Situation,
    version_of,
)
from registry.administration import lacking, needs_second, outcome, reverse
from registry.deeds import (
    AdminDeed,
    ChangeOffice,
    ClearChat,
    DeclineAccess,
    GiveChatOffices,
    GrantRole,
    Invite,
    LoadOffices,
    RevokeRole,
    WithdrawInvitation,
    read,
    written,
)
from registry.offices import Office, OfficeKind, OfficeTree
from registry.people import PSEUDO_SENDERS, Role, Staff
from registry.visibility import Clearance

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
ADMIN, OTHER, KIM, LEE = 1, 2, 3, 4
D05 = Office(code="D05", name_de="Soziales", kind=OfficeKind.DEPARTMENT)
A50 = Office(code="A50", name_de="Amt für Soziales", kind=OfficeKind.OFFICE, parent="D05")
TREE = OfficeTree((D05, A50))
EDITS = Staff(number=KIM, role=Role.EDITOR, offices=("A50",))


def an_admin(number: int = ADMIN, **more: object) -> Staff:
    return Staff.model_validate({"number": number, "role": Role.ADMIN, **more})


def at(before: AdminSubject, *admins: Staff, by: int = ADMIN, stood_in_for: Staff | None = None) -> Situation:
    return Situation(before, by, TODAY, TREE, admins or (an_admin(),), stood_in_for)


def hindrance(deed: AdminDeed, situation: Situation) -> Hindrance | None:
    try:
        outcome(deed, situation)
    except NotGranted as error:
        return error.hindrance
    return None


def test_a_role_is_given_with_all_that_belongs_to_it() -> None:
    deed = GrantRole(person=KIM, role=Role.EDITOR, offices=("A50",), until=TODAY)

    assert outcome(deed, at(Staff(number=KIM))) == Staff(number=KIM, role=Role.EDITOR, offices=("A50",), until=TODAY)


HINDERED: dict[str, tuple[AdminDeed, Situation, Hindrance]] = {
    "oneself": (
        GrantRole(person=ADMIN, role=Role.READER),
        at(an_admin(), an_admin(), an_admin(OTHER)),
        Hindrance.SELF,
    ),
    "an administrator of the settings": (
        GrantRole(person=OTHER, role=Role.READER),
        at(an_admin(OTHER, is_set=True)),
        Hindrance.BY_SETTINGS,
    ),
    "revoking an administrator of the settings": (
        RevokeRole(person=OTHER),
        at(an_admin(OTHER, is_set=True)),
        Hindrance.BY_SETTINGS,
    ),
    "the same again": (
        GrantRole(person=KIM, role=Role.EDITOR, offices=("A50",)),
        at(EDITS),
        Hindrance.NOTHING_CHANGES,
    ),
    "an unknown office": (
        GrantRole(person=KIM, role=Role.EDITOR, offices=("A99",)),
        at(Staff(number=KIM)),
        Hindrance.UNKNOWN_OFFICE,
    ),
    "a day that has passed": (
        GrantRole(person=KIM, role=Role.READER, until=YESTERDAY),
        at(Staff(number=KIM)),
        Hindrance.PAST,
    ),
    "revoking what nobody has": (RevokeRole(person=KIM), at(Staff(number=KIM)), Hindrance.NO_ROLE),
    "standing in for oneself": (
        GrantRole(person=KIM, role=Role.READER, stands_in_for=KIM, stands_in_until=TODAY),
        at(Staff(number=KIM), stood_in_for=EDITS),
        Hindrance.NOBODY_TO_STAND_IN_FOR,
    ),
    "standing in for somebody without offices": (
        GrantRole(person=KIM, role=Role.READER, stands_in_for=LEE, stands_in_until=TODAY),
        at(Staff(number=KIM), stood_in_for=Staff(number=LEE, role=Role.COORDINATOR)),
        Hindrance.NOBODY_TO_STAND_IN_FOR,
    ),
    "standing in for somebody whose role has ended": (
        GrantRole(person=KIM, role=Role.READER, stands_in_for=LEE, stands_in_until=TODAY),
        at(Staff(number=KIM), stood_in_for=EDITS.model_copy(update={"number": LEE, "until": YESTERDAY})),
        Hindrance.NOBODY_TO_STAND_IN_FOR,
    ),
    "agreeing to one's own proposal": (
        GrantRole(person=KIM, role=Role.ADMIN, proposed_by=ADMIN),
        at(Staff(number=KIM), an_admin(), an_admin(OTHER)),
        Hindrance.SECOND_IS_FIRST,
    ),
    "agreeing to what somebody proposed who is administrator no more": (
        GrantRole(person=KIM, role=Role.ADMIN, proposed_by=LEE),
        at(Staff(number=KIM), an_admin(), an_admin(OTHER)),
        Hindrance.ASK_A_SECOND,
    ),
    "proposing oneself through another": (
        GrantRole(person=OTHER, role=Role.ADMIN, proposed_by=OTHER),
        at(Staff(number=OTHER), an_admin(), an_admin(OTHER)),
        Hindrance.SELF,
    ),
    "a link for an administrator where there are two": (
        Invite(role=Role.ADMIN),
        at(Invitation(), an_admin(), an_admin(OTHER)),
        Hindrance.ASK_A_SECOND,
    ),
    "withdrawing what was used": (
        WithdrawInvitation(code_hash="x"),
        at(Invitation(code_hash="x", role=Role.READER, is_used=True)),
        Hindrance.NO_INVITATION,
    ),
    "declining what nobody asked": (DeclineAccess(person=KIM), at(AccessRequest(person=KIM)), Hindrance.NO_REQUEST),
    "a chat that is not served": (
        ClearChat(chat=-5, to=Clearance.CONTENT),
        at(ServedChat(id=-5)),
        Hindrance.NO_CHAT,
    ),
    "an office below itself": (
        ChangeOffice(code="D05", parent="A50"),
        at(Offices(offices=TREE.offices)),
        Hindrance.NO_PLACE,
    ),
    "an office without a name": (
        ChangeOffice(code="D05", name_de=" "),
        at(Offices(offices=TREE.offices)),
        Hindrance.BAD_NAME,
    ),
    "an office below an unknown one": (
        ChangeOffice(code="A50", parent="D99"),
        at(Offices(offices=TREE.offices)),
        Hindrance.UNKNOWN_OFFICE,
    ),
    "an unknown office's name": (
        ChangeOffice(code="A99", name_de="X"),
        at(Offices(offices=TREE.offices)),
        Hindrance.UNKNOWN_OFFICE,
    ),
}


@pytest.mark.parametrize("case", HINDERED)
def test_is_not_possible(case: str) -> None:
    deed, situation, expected = HINDERED[case]

    assert hindrance(deed, situation) is expected


@pytest.mark.parametrize("number", [*PSEUDO_SENDERS, 0, -100, 2**52])
@pytest.mark.parametrize("role", [role for role in Role if role])
def test_stand_ins_and_chats_never_get_a_role(number: int, role: Role) -> None:
    assert hindrance(GrantRole(person=number, role=role), at(Staff(number=number))) is Hindrance.NO_PERSON


@pytest.mark.parametrize("deed", [RevokeRole(person=ADMIN), GrantRole(person=ADMIN, role=Role.COORDINATOR)])
def test_the_last_administrator_stays(deed: AdminDeed) -> None:
    by = ADMIN if isinstance(deed, RevokeRole) else OTHER

    assert hindrance(deed, at(an_admin(), an_admin(), by=by)) is Hindrance.LAST_ADMIN


def test_an_administrator_may_leave_to_one_whose_role_ends_for_that_goes_on() -> None:
    other = an_admin(OTHER, until=TODAY)

    assert hindrance(RevokeRole(person=ADMIN), at(an_admin(), an_admin(), other)) is None
    assert other.model_copy(update={"is_last": True}).role_on(TODAY + timedelta(days=1)) is Role.ADMIN
    assert other.role_on(TODAY + timedelta(days=1)) is Role.GUEST


@pytest.mark.parametrize(
    ("said", "until"),
    [
        (None, TODAY + AGREED_LASTS),
        (TODAY + timedelta(days=7), TODAY + timedelta(days=7)),
        (TODAY + timedelta(days=365), TODAY + AGREED_LASTS),
    ],
)
def test_whom_others_make_administrator_is_so_for_ninety_days_at_most(said: date | None, until: date) -> None:
    after = outcome(GrantRole(person=KIM, role=Role.ADMIN, until=said), at(Staff(number=KIM)))

    assert isinstance(after, Staff)
    assert after.until == until


def test_a_chat_is_cleared_for_ninety_days_and_cleared_anew_for_as_long() -> None:
    chat = ServedChat(id=-5, admitted=True)
    clear = ClearChat(chat=-5, to=Clearance.CONTENT)

    cleared = outcome(clear, at(chat))
    assert isinstance(cleared, ServedChat)
    renewed = outcome(clear, replace(at(cleared), today=TODAY + timedelta(days=80)))

    assert cleared.cleared_until == TODAY + AGREED_LASTS
    assert isinstance(renewed, ServedChat)
    assert renewed.cleared_until == TODAY + timedelta(days=80) + AGREED_LASTS
    assert reverse(clear, cleared, renewed) is None
    assert needs_second(clear, at(cleared, an_admin(), an_admin(OTHER)))
    assert [renewed.clearance_on(renewed.cleared_until + timedelta(days=more)) for more in (0, 1)] == [
        Clearance.CONTENT,
        Clearance.PUBLIC,
    ]


@pytest.mark.parametrize("other", [an_admin(OTHER), an_admin(OTHER, is_set=True, role=Role.GUEST)])
def test_an_administrator_may_leave_where_another_stays(other: Staff) -> None:
    assert outcome(RevokeRole(person=ADMIN), at(an_admin(), an_admin(), other)) == Staff(number=ADMIN)


def test_new_administrators_and_clearances_need_a_second_where_there_is_one() -> None:
    grave: tuple[tuple[AdminDeed, AdminSubject], ...] = (
        (GrantRole(person=KIM, role=Role.ADMIN), Staff(number=KIM)),
        (ClearChat(chat=-5, to=Clearance.REFERENCE), ServedChat(id=-5)),
    )
    for deed, before in grave:
        assert needs_second(deed, at(before, an_admin(), an_admin(OTHER)))
        assert not needs_second(deed, at(before, an_admin()))
        assert not needs_second(deed.model_copy(update={"proposed_by": OTHER}), at(before, an_admin(), an_admin(OTHER)))


def test_nothing_else_needs_a_second() -> None:
    easy: tuple[tuple[AdminDeed, AdminSubject], ...] = (
        (GrantRole(person=KIM, role=Role.COORDINATOR), Staff(number=KIM)),
        (RevokeRole(person=KIM), EDITS),
        (ClearChat(chat=-5, to=Clearance.PUBLIC), ServedChat(id=-5)),
        (GiveChatOffices(chat=-5, offices=("A50",)), ServedChat(id=-5)),
    )
    for deed, before in easy:
        assert not needs_second(deed, at(before, an_admin(), an_admin(OTHER)))


def test_the_one_it_is_about_is_no_second() -> None:
    deed = GrantRole(person=OTHER, role=Role.ADMIN, until=TODAY)

    assert not needs_second(deed, at(an_admin(OTHER), an_admin(), an_admin(OTHER)))


def test_what_still_has_to_be_said_is_asked_in_order() -> None:
    assert lacking(GrantRole(person=KIM)) == "role"
    assert lacking(GrantRole(person=KIM, role=Role.EDITOR)) == "offices"
    assert lacking(GrantRole(person=KIM, role=Role.EDITOR, stands_in_for=LEE)) == "stands_in_until"
    assert lacking(GrantRole(person=KIM, role=Role.READER)) is None
    assert lacking(Invite(role=Role.EDITOR)) == "offices"
    assert lacking(ClearChat(chat=-5)) == "to"
    assert lacking(GiveChatOffices(chat=-5)) is None


CLEARED = ServedChat(id=-5, admitted=True, clearance=Clearance.CONTENT, cleared_until=TODAY + AGREED_LASTS)
REVERSIBLE: tuple[tuple[AdminDeed, AdminSubject], ...] = (
    (GrantRole(person=KIM, role=Role.READER), Staff(number=KIM)),
    (GrantRole(person=KIM, role=Role.READER), EDITS),
    (RevokeRole(person=KIM), EDITS.model_copy(update={"until": TODAY})),
    (GiveChatOffices(chat=-5, offices=("A50",)), ServedChat(id=-5, admitted=True)),
    (ClearChat(chat=-5, to=Clearance.PUBLIC), CLEARED),
    (ChangeOffice(code="A50", name_de="Neu", parent=""), Offices(offices=TREE.offices)),
)


@pytest.mark.parametrize(("deed", "before"), REVERSIBLE)
def test_what_was_done_can_be_taken_back(deed: AdminDeed, before: AdminSubject) -> None:
    after = outcome(deed, at(before))
    back = reverse(deed, before, after)

    assert back is not None
    assert outcome(back, at(after)) == before
    assert read(written(back)) == back


def test_an_office_that_was_added_is_taken_away_again() -> None:
    before = Offices(offices=TREE.offices)
    new = Office(code="A99", name_de="Neu", kind=OfficeKind.OFFICE)
    after = outcome(LoadOffices(offices=(new,)), at(before))

    assert after == Offices(offices=(*TREE.offices, new))
    back = reverse(LoadOffices(offices=(new,)), before, after)
    assert back == LoadOffices(offices=(), without=("A99",))
    assert outcome(back, at(after)) == before


def test_an_office_that_others_stand_below_by_now_stays() -> None:
    new = Office(code="A99", name_de="Neu", kind=OfficeKind.OFFICE)
    below = Office(code="A99.1", name_de="Darunter", kind=OfficeKind.UNIT, parent="A99")
    after = Offices(offices=(*TREE.offices, new, below))

    with pytest.raises(NotGranted) as refused:
        outcome(LoadOffices(offices=(), without=("A99",)), at(after))

    assert refused.value.hindrance is Hindrance.UNKNOWN_OFFICE


def test_a_loaded_text_changes_what_it_names_and_leaves_the_rest() -> None:
    renamed = A50.model_copy(update={"name_de": "Sozialamt"})

    after = outcome(LoadOffices(offices=(renamed,)), at(Offices(offices=TREE.offices)))

    assert after == Offices(offices=(D05, renamed))


def test_a_version_differs_with_all_that_can_be_read() -> None:
    assert version_of(EDITS) == version_of(EDITS.model_copy(update={"pseudonym": "abc"}))
    assert version_of(EDITS) != version_of(EDITS.model_copy(update={"until": TODAY}))


def test_a_role_ends_after_its_last_day() -> None:
    until = EDITS.model_copy(update={"until": TODAY})

    assert (until.role_on(TODAY), until.role_on(date(2026, 11, 24))) == (Role.EDITOR, Role.GUEST)
    assert until.offices_on(date(2026, 11, 24), None) == ()


def test_a_deputy_has_the_offices_of_the_other_as_long_as_both_hold() -> None:
    deputy = Staff(number=LEE, role=Role.READER, offices=("D05",), stands_in_for=KIM, stands_in_until=TODAY)
    later = date(2026, 11, 24)

    assert (deputy.acting_role_on(TODAY, EDITS), deputy.offices_on(TODAY, EDITS)) == (Role.EDITOR, ("D05", "A50"))
    assert (deputy.acting_role_on(later, EDITS), deputy.offices_on(later, EDITS)) == (Role.READER, ("D05",))
    ended = EDITS.model_copy(update={"until": YESTERDAY})
    assert (deputy.acting_role_on(TODAY, ended), deputy.offices_on(TODAY, ended)) == (Role.READER, ("D05",))
    guest = deputy.model_copy(update={"until": YESTERDAY})
    assert (guest.acting_role_on(TODAY, EDITS), guest.offices_on(TODAY, EDITS)) == (Role.GUEST, ())
