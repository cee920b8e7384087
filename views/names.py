"""What a status, a kind and a number of things are called."""

from locales.phrases import plural, term
from locales.translations import Language
from registry.desk import Counts
from registry.inquiries import ContributionStatus, InquiryStatus
from registry.measures import Status
from registry.papers import ConsultationRole
from registry.queries import Kind

MEASURE_STATUS = {
    Status.FULLY: ("●", term("measure status", "fully implemented")),
    Status.PARTLY: ("◐", term("measure status", "partly implemented")),
    Status.NOT_IMPLEMENTED: ("○", term("measure status", "not implemented")),
    Status.DISCARDED: ("✕", term("measure status", "discarded")),
    Status.UNCLEAR: ("◌", term("measure status", "status unclear")),
    Status.UNKNOWN: ("–", term("measure status", "not reported yet")),
}
INQUIRY_STATUS = {
    InquiryStatus.UNROUTED: ("!", term("inquiry status", "no office assigned")),
    InquiryStatus.OPEN: ("○", term("inquiry status", "open")),
    InquiryStatus.IN_REVIEW: ("◐", term("inquiry status", "in review")),
    InquiryStatus.RELEASED: ("◕", term("inquiry status", "released")),
    InquiryStatus.ANSWERED: ("●", term("inquiry status", "answered")),
    InquiryStatus.WITHDRAWN: ("✕", term("inquiry status", "withdrawn")),
}
CONTRIBUTION_STATUS = {
    ContributionStatus.PENDING: ("○", term("contribution status", "pending")),
    ContributionStatus.DELIVERED: ("◐", term("contribution status", "delivered")),
    ContributionStatus.ACCEPTED: ("●", term("contribution status", "accepted")),
    ContributionStatus.NOT_RESPONSIBLE: ("✕", term("contribution status", "not responsible")),
}
CONSULTATION_ROLE = {
    ConsultationRole.PRELIMINARY: term("consultation role", "preliminary consultation"),
    ConsultationRole.DECISION: term("consultation role", "decision"),
    ConsultationRole.HEARING: term("consultation role", "hearing"),
    ConsultationRole.INFORMATION: term("consultation role", "for information"),
    ConsultationRole.UNKNOWN: term("consultation role", "consultation"),
}
KIND = {
    Kind.INQUIRY: term("kinds", "inquiries"),
    Kind.MEASURE: term("kinds", "measures"),
    Kind.PAPER: term("kinds", "council papers"),
    Kind.MANDATE: term("kinds", "mandates"),
    Kind.MILESTONE: term("kinds", "milestones"),
    Kind.PROGRAMME: term("kinds", "programmes"),
}
COUNTED = {
    "inquiries": plural("{n} inquiry", "{n} inquiries"),
    "measures": plural("{n} measure", "{n} measures"),
    "papers": plural("{n} council paper", "{n} council papers"),
    "mandates": plural("{n} mandate", "{n} mandates"),
    "milestones": plural("{n} milestone", "{n} milestones"),
    "programmes": plural("{n} programme", "{n} programmes"),
}


def measure_status(status: Status, say: Language) -> str:
    symbol, word = MEASURE_STATUS[status]
    return f"{symbol} {say.of(*word)}"


def inquiry_status(status: InquiryStatus, say: Language) -> str:
    symbol, word = INQUIRY_STATUS[status]
    return f"{symbol} {say.of(*word)}"


def contribution_status(status: ContributionStatus, say: Language) -> str:
    symbol, word = CONTRIBUTION_STATUS[status]
    return f"{symbol} {say.of(*word)}"


def language_name(code: str, say: Language) -> str:
    """What the language of that code is called."""
    return str(say.locale.languages.get(code, code))


def counts(counted: Counts, say: Language) -> str:
    """``12 Fragen, 1 Maßnahme``: the kinds there are any of."""
    numbers = {name: getattr(counted, name) for name in COUNTED}
    return ", ".join(say.plural(*COUNTED[name], n) for name, n in numbers.items() if n)
