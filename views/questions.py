"""What was not understood of a question, and what may have been meant."""

from collections.abc import Iterable, Sequence

from locales.translations import Language
from registry.queries import Intent, Offer, Query, Understanding
from views import buttons, html
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_WORDS_LENGTH = 60
_MOST_WORDS = 5
_MOST_OFFERS = 5


def not_understood(understood: Understanding, asked: str, voice: Voice) -> Message:
    """Asks which meaning is wanted, offers the question without the words in the way, or a search for them."""
    say = voice.say
    offers = [offer for offer in understood.offers if not _is_search(offer)]
    searched = next((offer.words for offer in understood.offers if _is_search(offer)), asked)
    example = say("Ask for example: what is open for A50, overdue, deadlines in December, or search for a word.")
    return Message(
        html=html.lines(html.bold(_asked_back(understood, offers, asked, say)), "" if offers else example),
        buttons=buttons.rows(
            *_offers(offers, voice), buttons.row(_search(searched, say)), (buttons.command(say("Help"), "help"),)
        ),
    )


def _asked_back(understood: Understanding, offers: Sequence[Offer], asked: str, say: Language) -> str:
    doubted = [offer.words for offer in offers if offer.words not in understood.not_understood]
    if doubted:
        return say("What do you mean by {words}?", words=_quoted(doubted, say))
    if offers and all(offer.query.changed_since for offer in offers):
        return say("Changed since when?")
    return say("Not understood: {words}.", words=_quoted(understood.not_understood or (asked,), say))


def _is_search(offer: Offer) -> bool:
    return offer.query.intent is Intent.SEARCH and offer.query.words == offer.words


def with_leftovers(message: Message, understood: Understanding, voice: Voice) -> Message:
    """The answer, with the words it leaves out of account named at its end."""
    if not understood.not_understood:
        return message
    words = _quoted(understood.not_understood, voice.say)
    left_out = voice.say("Not understood: {words}.", words=words)
    return message.model_copy(
        update={
            "html": html.paragraphs(Html(message.html), left_out),
            "buttons": (*message.buttons, *_offers(understood.offers, voice)),
        }
    )


def empty(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("What would you like to know?")),
            say("Ask for example: what is open for A50, overdue, deadlines in December, or search for a word."),
        ),
        buttons=(buttons.row(buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def nothing_to_search(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("What shall I search for?")),
            say("Name one or more words, for example: search language course"),
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def no_reference(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Which record do you mean?")),
            say("Name its number, for example: 1.5.M1, Q12 or 0112/23"),
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def no_offices(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("No office is assigned to you yet.")),
            say("Please ask your administrators, or name an office: what is open for A50"),
        ),
        buttons=((buttons.command(say("What is open?"), "open"),),),
    )


def _quoted(words: Iterable[str], say: Language) -> str:
    """The words once each, in quotation marks; without what could disturb the sentence around them."""
    shown = tuple(dict.fromkeys(html.shortened(word, _WORDS_LENGTH) for word in words))
    return ", ".join(say("“{words}”", words=word) for word in shown[:_MOST_WORDS])


def _offers(offers: Sequence[Offer], voice: Voice) -> tuple[buttons.Row, ...]:
    return buttons.flowing([buttons.question(_name(offer, voice), offer.query) for offer in offers[:_MOST_OFFERS]])


def _name(offer: Offer, voice: Voice) -> str:
    """What an offer is called in the reader's language; words somebody wrote stay as they are."""
    if _is_search(offer):
        return voice.say("Search for “{words}”", words=offer.words)
    if offer.query.changed_since:
        return voice.say("changed since {day}", day=voice.say.short_date(offer.query.changed_since))
    offices = (
        office for office in voice.offices if offer.name in {office.name_de, f"{office.code} · {office.name_de}"}
    )
    return next((voice.office(office.code) for office in offices), offer.name)


def _search(words: str, say: Language) -> Button | None:
    """To search the register for words that are no question."""
    wanted = html.shortened(words, _WORDS_LENGTH)
    if not wanted:
        return None
    return buttons.question(say("Search for “{words}”", words=wanted), Query(intent=Intent.SEARCH, words=wanted))
