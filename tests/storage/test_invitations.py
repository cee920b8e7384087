"""What a link gives to somebody who has something already."""

from datetime import date

from registry.administered import Invitation
from registry.people import Role, Staff
from storage.invitations import given_by

TODAY = date(2026, 3, 16)
ENDS, LATER = date(2026, 4, 1), date(2026, 12, 31)


def a_link(role: Role = Role.EDITOR, *offices: str, until: date | None = None) -> Invitation:
    return Invitation(code_hash="x", role=role, offices=offices, until=until)


def test_a_link_does_not_prolong_what_it_does_not_give() -> None:
    editor = Staff(number=1, role=Role.EDITOR, offices=("A50",), until=ENDS)

    given = given_by(a_link(Role.EDITOR, "A51", until=LATER), editor, TODAY)

    assert given == editor.model_copy(update={"offices": ("A50", "A51")})


def test_a_link_that_never_ends_leaves_a_role_its_end() -> None:
    editor = Staff(number=1, role=Role.EDITOR, offices=("A50",), until=ENDS)

    given = given_by(a_link(Role.EDITOR, "A51"), editor, TODAY)

    assert given is not None
    assert given.until == ENDS


def test_no_link_ends_the_role_of_an_administrator() -> None:
    assert given_by(a_link(Role.ADMIN, "A50", until=ENDS), Staff(number=1, role=Role.ADMIN), TODAY) is None


def test_who_stood_in_for_somebody_does_so_no_more_once_their_role_has_ended() -> None:
    former = Staff(
        number=1,
        role=Role.EDITOR,
        offices=("A50",),
        until=date(2026, 3, 1),
        stands_in_for=2,
        stands_in_until=LATER,
    )

    assert given_by(a_link(Role.READER), former, TODAY) == Staff(number=1, role=Role.READER)
