"""The work on inquiries: what offices deliver or hand back, and what coordination makes of it."""

from collections.abc import Callable
from dataclasses import replace

from handlers import asking, deeds
from handlers.context import Answer, Handler, Request
from handlers.reporting import first_reference
from locales.phrases import phrase, term
from registry.deeds import RecordDeed
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
from registry.offices import Office, OfficeTree
from registry.people import Role
from views import inquiry_work as views

_LONGEST_NAME = 8  # words in the name of an office
_IN_REVIEW = term("question", "in review")


def _command(example: str, make: Callable[[str, str, OfficeTree], RecordDeed]) -> Handler:
    """A command on one inquiry; ``make`` is given its reference and the words after it."""

    async def does(request: Request) -> Answer:
        ref, words = first_reference(request.words)
        if ref is None:
            coordinates = request.reader.role >= Role.COORDINATOR
            return Answer(views.which_inquiry(example, request.say, in_review=coordinates))
        return await deeds.propose(request, make(ref, words.strip(), request.offices))

    return does


def _hand_back(ref: str, words: str, tree: OfficeTree) -> HandBack:
    """``/notmine Q40 Das liegt bei A51``: an office that the reason ends with is the one that is responsible."""
    better, is_all = _office_behind(words, tree)
    return HandBack(ref=ref, reason=None if is_all else words or None, better=better.code if better else None)


def _send_back(ref: str, words: str, tree: OfficeTree) -> SendBack:
    """``/return Q40 A50 Zahlen fehlen``: an office in front of the remark is the one whose contribution it is."""
    office, remark = _office_in_front(words, tree)
    return SendBack(ref=ref, office=office.code if office else None, remark=remark or None)


def _office_behind(words: str, tree: OfficeTree) -> tuple[Office | None, bool]:
    """The office that words end with, and whether they say nothing else."""
    parts = words.rstrip(" .!").split()
    for length in range(min(len(parts), _LONGEST_NAME), 0, -1):
        if office := tree.find(" ".join(parts[-length:])):
            return office, length == len(parts)
    return None, False


def _office_in_front(words: str, tree: OfficeTree) -> tuple[Office | None, str]:
    parts = words.split()
    for length in range(min(len(parts), _LONGEST_NAME), 0, -1):
        if office := tree.find(" ".join(parts[:length]).rstrip(":,")):
            return office, words.split(maxsplit=length)[length] if len(parts) > length else ""
    return None, words


deliver = _command(
    phrase("For example: /answer Q12 The homes have Wi-Fi."),
    lambda ref, words, _: DeliverContribution(ref=ref, text=words or None),
)
hand_back = _command(phrase("For example: /notmine Q12 The youth office does that A51"), _hand_back)
send_back = _command(phrase("For example: /return Q12 A50 The figures are missing"), _send_back)
assign = _command(
    phrase("For example: /assign Q12 D05/ A50"), lambda ref, words, _: Route(ref=ref, words=words or None)
)
due = _command(
    phrase("For example: /due Q12 31.12."), lambda ref, words, _: SetInquiryDue(ref=ref, words=words or None)
)
merge = _command(phrase("For example: /merge Q12"), lambda ref, *_: MergeContributions(ref=ref))
draft = _command(
    phrase("For example: /draft Q12 The homes have Wi-Fi."),
    lambda ref, words, _: WriteAnswer(ref=ref, text=words or None),
)
release = _command(phrase("For example: /release Q12"), lambda ref, *_: Release(ref=ref))
answered = _command(
    phrase("For example: /answered Q12 20.11."), lambda ref, words, _: NoteAnswered(ref=ref, words=words or None)
)
withdraw = _command(
    phrase("For example: /withdraw Q12 The faction no longer asks it."),
    lambda ref, words, _: Withdraw(ref=ref, reason=words or None),
)


async def review(request: Request) -> Answer:
    """What waits to be released; with words, only of what they name."""
    words = f"{request.say.of(*_IN_REVIEW)} {request.words}".strip()
    return await asking.ask(replace(request, words=words))
