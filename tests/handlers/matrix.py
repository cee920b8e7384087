"""What everybody may do, said a second time: each command, button and deed with its least role and its records.

A command, button or deed without its row here fails the test that counts them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from registry.deeds import (
    AnswerDoubt,
    CloseRound,
    ConfirmUnchanged,
    Deed,
    EditMeasure,
    ImportDocument,
    MeasureField,
    NewMeasure,
    OpenRound,
    ReopenRound,
    ReportStatus,
    SetVisibility,
    Undo,
    WriteNote,
)
from registry.deeds.digests import SetDigest
from registry.deeds.inquiries import (
    DeliverContribution,
    HandBack,
    MergeContributions,
    NoteAnswered,
    Release,
    Route,
    SendBack,
    SetInquiryDue,
    Withdraw,
    WriteAnswer,
)
from registry.deeds.papers import (
    AddMandate,
    AddMilestone,
    AddStep,
    Decide,
    MilestoneKind,
    NoteResult,
    SetMandateDue,
)
from registry.deeds.people import (
    ChangeOffice,
    ClearChat,
    DeclineAccess,
    GiveChatOffices,
    GrantRole,
    Invite,
    LoadOffices,
    RevokeRole,
    WithdrawInvitation,
)
from registry.deeds.privacy import ForgetMe
from registry.deeds.questions import NewQuestions
from registry.deeds.reminders import AskForLonger, DecideLonger
from registry.digests import Digest
from registry.measures import Status
from registry.papers import ConsultationRole
from registry.people import Role
from registry.queries import Kind
from registry.reminders import What
from registry.routing import Routing
from registry.visibility import Clearance, Visibility
from tests.handlers.conversing import ADMIN, BOT, GROUP, Conversation, Json

GUEST, READER, EDITOR, COORDINATOR = Role.GUEST, Role.READER, Role.EDITOR, Role.COORDINATOR


@dataclass(frozen=True)
class Somebody:
    """``offices`` are given to everybody who has a role; they count for office staff alone."""

    id: int
    role: Role
    offices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.role.name.lower()} {'+'.join(self.offices)}".strip()


PEOPLE = (
    Somebody(7_100, Role.GUEST),
    Somebody(7_101, Role.READER, ("A50",)),
    Somebody(7_102, Role.EDITOR),
    Somebody(7_103, Role.EDITOR, ("A50",)),
    Somebody(7_104, Role.EDITOR, ("A51",)),
    Somebody(7_105, Role.EDITOR, ("D05",)),
    Somebody(7_106, Role.EDITOR, ("A11", "D01")),
    Somebody(7_107, Role.COORDINATOR),
    Somebody(ADMIN, Role.ADMIN),
)
BELOW = {"D05": ("A50", "A51"), "D01": ("A11",)}


@dataclass(frozen=True)
class Case:
    """A record as the matrix knows it: whose it is, and whether the public may see it."""

    ref: str
    kind: Kind
    places: tuple[str, ...] = ()
    is_public: bool = True


UNKNOWN = {Kind.MEASURE: "9.9.M9", Kind.INQUIRY: "Q77", Kind.PAPER: "9999/99", Kind.PROGRAMME: "Nirgends.1"}
RECORDS = (
    Case("1.5.M1", Kind.MEASURE, ("A50", "A11")),
    Case("2.1.M2", Kind.MEASURE, ("A51",)),
    Case("7.1.M1", Kind.MEASURE, ("A50",), is_public=False),
    Case("Q1", Kind.INQUIRY, ("A50",)),
    Case("Q8", Kind.INQUIRY, ("A51",)),
    Case("Q9", Kind.INQUIRY, ("D05",)),
    Case("QN1", Kind.INQUIRY, ("A50",), is_public=False),
    Case("0112/23", Kind.PAPER, ("A50",)),
    Case("0731/26", Kind.PAPER, is_public=False),
    Case("BeSta.1a", Kind.PROGRAMME),
    Case("GehProg.1", Kind.PROGRAMME, is_public=False),
)


@dataclass(frozen=True)
class Row:
    """``kinds`` are those of the record that a command meets, ``words`` what is said of it. Who only reads changes
    nothing, whoever they are; what is said in private alone changes nothing in a group."""

    who: Role
    words: str = ""
    kinds: tuple[Kind, ...] = ()
    reads: bool = False
    in_private: bool = False


MEASURE, INQUIRY, PAPER, PROGRAMME = Kind.MEASURE, Kind.INQUIRY, Kind.PAPER, Kind.PROGRAMME
ANY = (MEASURE, INQUIRY, PAPER, PROGRAMME)

COMMAND_ROWS = {
    "open": Row(READER, "A50", reads=True),
    "overdue": Row(READER, reads=True),
    "deadlines": Row(READER, "im Dezember", reads=True),
    "mine": Row(READER, reads=True),
    "show": Row(READER, "1.5.M1", reads=True),
    "search": Row(READER, "WLAN", reads=True),
    "summary": Row(READER, reads=True),
    "history": Row(READER, "1.5.M1", reads=True),
    "status": Row(EDITOR, "{ref} voll Alles fertig", (MEASURE,)),
    "note": Row(EDITOR, "{ref} bitte anrufen", ANY),
    "answer": Row(EDITOR, "{ref} Wir liefern.", (INQUIRY,)),
    "notmine": Row(EDITOR, "{ref} gehört nicht zu uns", (INQUIRY,)),
    "assign": Row(COORDINATOR, "{ref} A11", (INQUIRY,)),
    "due": Row(COORDINATOR, "{ref} 18.12.2026", (INQUIRY,)),
    "return": Row(COORDINATOR, "{ref} bitte genauer", (INQUIRY,)),
    "merge": Row(COORDINATOR, "{ref}", (INQUIRY,)),
    "draft": Row(COORDINATOR, "{ref} Die Antwort lautet so.", (INQUIRY,)),
    "release": Row(COORDINATOR, "{ref}", (INQUIRY,)),
    "answered": Row(COORDINATOR, "{ref} 20.11.2026", (INQUIRY,)),
    "withdraw": Row(COORDINATOR, "{ref} hat sich erledigt", (INQUIRY,)),
    "visibility": Row(COORDINATOR, "{ref} nonpublic", ANY, in_private=True),
    "review": Row(COORDINATOR, reads=True),
    "round": Row(EDITOR, reads=True),
    "edit": Row(COORDINATOR, "{ref} titel Neuer Name", (MEASURE,)),
    "doubt": Row(COORDINATOR, "{ref} 1.5.M1 Das ist geklärt.", (INQUIRY,)),
    "mandate": Row(COORDINATOR, "{ref} ergebnis Geprüft", (PAPER,)),
    "new": Row(COORDINATOR, "auftrag {ref} Die Bewerbung ist zu prüfen", (PAPER,)),
    "decision": Row(COORDINATOR, "{ref} Die Stadt nimmt teil", (PROGRAMME,)),
    "import": Row(COORDINATOR),
    "mydata": Row(GUEST, reads=True),
    "forgetme": Row(GUEST),
    "reminders": Row(READER, reads=True),
    "digest": Row(READER),
    "away": Row(EDITOR, "bis 04.12.2026", in_private=True),
    "back": Row(EDITOR, in_private=True),
    "undo": Row(EDITOR),
    "cancel": Row(READER),
    "start": Row(GUEST),
    "help": Row(GUEST, reads=True),
    "language": Row(GUEST, reads=True),
    "privacy": Row(GUEST, reads=True),
    "offices": Row(READER, reads=True),
    "people": Row(Role.ADMIN),
    "grant": Row(Role.ADMIN, "7009 editor A50"),
    "revoke": Row(Role.ADMIN, "7103"),
    "invite": Row(Role.ADMIN, "reader"),
    "chats": Row(Role.ADMIN),
    "admit": Row(Role.ADMIN),
}

# The least role of each kind of button, and data that such a button carries.
PRESS_ROWS: dict[str, tuple[Role, str]] = {
    "q": (READER, "qo"),
    "d": (READER, "d.s--1.5.M1"),
    "h": (READER, "h.s--1.5.M1"),
    "c": (GUEST, "chelp"),
    "l": (GUEST, "lde"),
    "t": (READER, "tyAAAAAAAAAAAAAAAAAAAAAAAA"),
    "i": (COORDINATOR, f"ia{'x' * 24}"),
    "r": (READER, "roc.Q1"),
    "b": (READER, "bd.s--1.5.M1"),
    "f": (GUEST, "f"),
    "g": (GUEST, "g"),
    "a": (Role.ADMIN, "a"),
    "x": (Role.ADMIN, "x"),
}

# Each deed as it might be forged, with its least role: said of a record, or of none.
DEED_ROWS: dict[type[Deed], tuple[Role, tuple[Kind, ...], Callable[[str], Deed]]] = {
    ReportStatus: (EDITOR, (MEASURE,), lambda ref: ReportStatus(ref=ref, status=Status.FULLY, text="Fertig")),
    WriteNote: (EDITOR, ANY, lambda ref: WriteNote(ref=ref, text="bitte anrufen")),
    SetVisibility: (COORDINATOR, ANY, lambda ref: SetVisibility(ref=ref, to=Visibility.NONPUBLIC)),
    DeliverContribution: (EDITOR, (INQUIRY,), lambda ref: DeliverContribution(ref=ref, office="A50", text="Fertig.")),
    HandBack: (EDITOR, (INQUIRY,), lambda ref: HandBack(ref=ref, office="A50", reason="nicht unseres")),
    SendBack: (COORDINATOR, (INQUIRY,), lambda ref: SendBack(ref=ref, office="A50", remark="bitte genauer")),
    Route: (
        COORDINATOR,
        (INQUIRY,),
        lambda ref: Route(ref=ref, words="A11", routing=Routing(text="A11", offices=("A11",))),
    ),
    SetInquiryDue: (COORDINATOR, (INQUIRY,), lambda ref: SetInquiryDue(ref=ref, words="x", on=date(2026, 12, 18))),
    MergeContributions: (COORDINATOR, (INQUIRY,), lambda ref: MergeContributions(ref=ref)),
    WriteAnswer: (COORDINATOR, (INQUIRY,), lambda ref: WriteAnswer(ref=ref, text="So ist es.")),
    Release: (COORDINATOR, (INQUIRY,), lambda ref: Release(ref=ref, as_it_is=True)),
    NoteAnswered: (COORDINATOR, (INQUIRY,), lambda ref: NoteAnswered(ref=ref, words="x", on=date(2026, 11, 20))),
    Withdraw: (COORDINATOR, (INQUIRY,), lambda ref: Withdraw(ref=ref, reason="erledigt")),
    ConfirmUnchanged: (EDITOR, (MEASURE,), lambda ref: ConfirmUnchanged(ref=ref)),
    EditMeasure: (
        COORDINATOR,
        (MEASURE,),
        lambda ref: EditMeasure(ref=ref, field=MeasureField.TITLE, words="Neuer Name"),
    ),
    AnswerDoubt: (COORDINATOR, (INQUIRY,), lambda ref: AnswerDoubt(ref=ref, measure="1.5.M1", text="geklärt")),
    NewMeasure: (COORDINATOR, (), lambda _: NewMeasure(ref="9.9.M9", concept="Integrationskonzept", title="Neu")),
    OpenRound: (COORDINATOR, (), lambda _: OpenRound(concept="Integrationskonzept", as_of=date(2026, 10, 31))),
    CloseRound: (COORDINATOR, (), lambda _: CloseRound(concept="Integrationskonzept", as_of=date(2026, 10, 31))),
    ReopenRound: (COORDINATOR, (), lambda _: ReopenRound(concept="Integrationskonzept", as_of=date(2026, 10, 31))),
    GrantRole: (Role.ADMIN, (), lambda _: GrantRole(person=7_009, role=READER)),
    RevokeRole: (Role.ADMIN, (), lambda _: RevokeRole(person=7_103)),
    Invite: (Role.ADMIN, (), lambda _: Invite(role=READER, code_hash="x")),
    WithdrawInvitation: (Role.ADMIN, (), lambda _: WithdrawInvitation(code_hash="x")),
    DeclineAccess: (Role.ADMIN, (), lambda _: DeclineAccess(person=7_009)),
    ChangeOffice: (Role.ADMIN, (), lambda _: ChangeOffice(code="A50", name_de="Anders")),
    LoadOffices: (Role.ADMIN, (), lambda _: LoadOffices(offices=())),
    ClearChat: (Role.ADMIN, (), lambda _: ClearChat(chat=GROUP, to=Clearance.CONTENT)),
    GiveChatOffices: (Role.ADMIN, (), lambda _: GiveChatOffices(chat=GROUP, offices=("A50",))),
    AddStep: (
        COORDINATOR,
        (PAPER,),
        lambda ref: AddStep(ref=ref, words="Stadtrat 20.12.2026", role=ConsultationRole.DECISION, public=True),
    ),
    AddMandate: (COORDINATOR, (PAPER,), lambda ref: AddMandate(ref=ref, text="Bitte prüfen.")),
    AddMilestone: (
        COORDINATOR,
        (PAPER, PROGRAMME),
        lambda ref: AddMilestone(ref=ref, words="20.12.2026 Ende", kind=MilestoneKind.EVENT),
    ),
    SetMandateDue: (COORDINATOR, (PAPER,), lambda ref: SetMandateDue(ref=ref, number=1, words="20.12.2026")),
    NoteResult: (COORDINATOR, (PAPER,), lambda ref: NoteResult(ref=ref, number=1, text="Geprüft")),
    Decide: (COORDINATOR, (PROGRAMME,), lambda ref: Decide(ref=ref, text="Die Stadt nimmt teil")),
    SetDigest: (COORDINATOR, (), lambda _: SetDigest(digest=Digest(chat=GROUP))),
    AskForLonger: (EDITOR, (), lambda _: AskForLonger(ref="Q1", what=What.CONTRIBUTION, until=date(2026, 12, 18))),
    DecideLonger: (
        COORDINATOR,
        (),
        lambda _: DecideLonger(ref="Q1", asked=AskForLonger(ref="Q1", what=What.CONTRIBUTION), chat=GROUP, grants=True),
    ),
    Undo: (EDITOR, (), lambda _: Undo(of="nobody's")),
    ForgetMe: (GUEST, (), lambda _: ForgetMe()),
    ImportDocument: (COORDINATOR, (), lambda _: ImportDocument(draft="none", source="x.txt")),
    NewQuestions: (COORDINATOR, (), lambda _: NewQuestions(title="Fragen", originator="Fraktion")),
}


def all_deeds() -> set[type[Deed]]:
    return set(get_args(Deed))


def stands_for(somebody: Somebody, places: tuple[str, ...]) -> bool:
    """Whether they may do to a record of these places what their role allows."""
    if somebody.role >= Role.COORDINATOR:
        return True
    own = {place for office in somebody.offices for place in (office, *BELOW.get(office, ()))}
    return bool(own & set(places))


def shapes(chat: Conversation, text: str) -> Iterator[tuple[str, Json]]:
    """A command as nobody may send it, though the sender were an administrator: the eight and their kin."""
    plain = chat.message(text)
    somebody = {"id": ADMIN, "is_bot": False, "first_name": "Robin"}
    channel: Json = {"id": GROUP - 1, "type": "channel", "title": "Neues"}
    origin = {"type": "user", "date": 1, "sender_user": somebody}
    yield "edited", {"edited_message": plain | {"edit_date": 2}}
    yield "forwarded", {"message": plain | {"forward_origin": origin}}
    yield "via a bot", {"message": plain | {"via_bot": BOT | {"id": 4343}}}
    yield "by another bot", {"message": plain | {"from": BOT | {"id": ADMIN}}}
    yield (
        "by an anonymous administrator",
        {
            "message": plain
            | {
                "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
                "sender_chat": chat.place(),
            }
        },
    )
    yield (
        "in the name of a channel",
        {
            "message": plain
            | {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}, "sender_chat": channel}
        },
    )
    yield (
        "as a channel's post",
        {"channel_post": {key: plain[key] for key in plain if key != "from"} | {"chat": channel}},
    )
    yield (
        "from the linked channel",
        {
            "message": plain
            | {
                "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
                "sender_chat": channel,
                "is_automatic_forward": True,
            }
        },
    )
    yield "as a stand-in without a chat", {"message": plain | {"from": {**somebody, "id": 1087968824}}}
    yield "as an edited post", {"edited_channel_post": plain | {"chat": channel, "edit_date": 2}}
    yield "for a business", {"business_message": plain | {"business_connection_id": "b"}}
    yield (
        "to another bot",
        {"message": chat.message(text.replace(" ", "@other_bot ", 1) if " " in text else f"{text}@other_bot")},
    )


def press_shapes(chat: Conversation, data: str) -> Iterator[tuple[str, Json]]:
    plain = chat.press(data)
    inline = {key: plain[key] for key in plain if key != "message"} | {"inline_message_id": "i"}
    yield "by another bot", {"callback_query": plain | {"from": BOT | {"id": ADMIN}}}
    for stand_in in (1087968824, 136817688, 777000):
        yield (
            f"by {stand_in}",
            {"callback_query": plain | {"from": {"id": stand_in, "is_bot": False, "first_name": "X"}}},
        )
    yield "in another chat's name", {"callback_query": inline}
    yield (
        "of a game",
        {"callback_query": {key: plain[key] for key in plain if key != "data"} | {"game_short_name": "g"}},
    )
