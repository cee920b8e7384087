"""What was not understood of a question, and what may have been meant."""

import re
from collections.abc import Iterable, Sequence

from locales.translations import Language
from registry.folding import tidy
from registry.people import Role
from registry.queries import Intent, Offer, Query, Understanding
from views import buttons, html, times
from views.errors import not_allowed_briefly
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_WORDS_LENGTH = 60
_MOST_WORDS = 5
_MOST_OFFERS = 5
_DATES = re.compile(r"\d\d\.\d\d\.\d{4}(?: – \d\d\.\d\d\.\d{4})?")
_LONGEST = 500  # what is longer is no question, and not searched for the words in doubt
# Whatever is neither a word nor the punctuation and quotation marks around one.
_SIGNS = r"""[^\s\w.,;:!?…„“”‚‘’'"»«]*"""


def not_understood(understood: Understanding, asked: str, voice: Voice) -> Message:
    """Asks which meaning is wanted, offers the question without the words in the way, or a search for them."""
    say = voice.say
    offers = [offer for offer in understood.offers if not _is_search(offer)]
    searched = next((_as_typed(offer.words, asked) for offer in understood.offers if _is_search(offer)), asked)
    example = say("Ask for example: what is open for A50, overdue, deadlines in December, or search for a word.")
    return Message(
        html=html.lines(html.bold(_asked_back(understood, offers, asked, say)), "" if offers else example),
        buttons=buttons.rows(
            *_offers(offers, asked, voice), buttons.row(_search(searched, say)), (buttons.command(say("Help"), "help"),)
        ),
    )


def _asked_back(understood: Understanding, offers: Sequence[Offer], asked: str, say: Language) -> str:
    named = understood.not_understood
    in_doubt = list(dict.fromkeys(offer.words for offer in offers if offer.words not in {*named, ", ".join(named)}))
    if len(in_doubt) == 1:
        return say("What do you mean by {words}?", words=_quoted(in_doubt, asked, say))
    if in_doubt:
        return say("This cannot be asked together: {words}.", words=_quoted(in_doubt, asked, say))
    if offers and all(offer.query.changed_since for offer in offers):
        return say("Changed since when?")
    return say("Not understood: {words}.", words=_quoted(named or (asked,), asked, say))


def _is_search(offer: Offer) -> bool:
    return offer.query.intent is Intent.SEARCH and offer.query.words == offer.words


def with_leftovers(message: Message, understood: Understanding, asked: str, voice: Voice) -> Message:
    """The answer, with the words it leaves out of account named at its end."""
    if not understood.not_understood:
        return message
    words = _quoted(understood.not_understood, asked, voice.say)
    left_out = voice.say("Not understood: {words}.", words=words)
    return message.model_copy(
        update={
            "html": html.paragraphs(Html(message.html), left_out),
            "buttons": (*message.buttons, *_offers(understood.offers, asked, voice)),
        }
    )


def instead_of_wish(message: Message, why: str) -> Message:
    """The answer to somebody whose wish to change a record is not granted: what it says now."""
    return message.model_copy(update={"html": html.paragraphs(html.bold(why), Html(message.html))})


def empty(say: Language) -> Message:
    return _example(say("What would you like to know?"), say)


def _example(headline: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(headline),
            say("Ask for example: what is open for A50, overdue, deadlines in December, or search for a word."),
        ),
        buttons=(buttons.row(buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def no_such_wish(role: Role, say: Language) -> Message:
    """The answer to a wish to change something that names nothing to show."""
    if role < Role.EDITOR:
        return _example(nothing_done(role, say), say)
    return Message(
        html=html.lines(
            html.bold(nothing_done(role, say)), say("Write for example: set 1.5.M1 to partly: places are reserved")
        ),
        buttons=(buttons.row(buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def nothing_done(role: Role, say: Language) -> str:
    if role < Role.EDITOR:
        return not_allowed_briefly(role, say)
    return say("I did not understand what to change. Nothing was changed.")


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


def _quoted(words: Iterable[str], asked: str, say: Language) -> str:
    """The words once each, as they were typed, in quotation marks."""
    shown = tuple(dict.fromkeys(html.shortened(_as_typed(word, asked), _WORDS_LENGTH) for word in words))
    return ", ".join(say("“{words}”", words=word) for word in shown[:_MOST_WORDS])


def _as_typed(words: str, asked: str) -> str:
    """The words with the signs that stand close around them in the question: ``<b>``, ``#1``, ``100%``."""
    found = re.search(f"{_SIGNS}{re.escape(words)}{_SIGNS}", tidy(asked)[:_LONGEST])
    return found[0] if found else words


def _offers(offers: Sequence[Offer], asked: str, voice: Voice) -> tuple[buttons.Row, ...]:
    named = ((_name(offer, asked, voice), offer.query) for offer in offers[:_MOST_OFFERS])
    return buttons.flowing([buttons.question(name, query) for name, query in named])


def _name(offer: Offer, asked: str, voice: Voice) -> str:
    """What an offer is called in the reader's language; words somebody wrote stay as they are."""
    query = offer.query
    if _is_search(offer):
        return voice.say("Search for “{words}”", words=_as_typed(offer.words, asked))
    if query.changed_since:
        return voice.say("changed since {day}", day=voice.say.short_date(query.changed_since))
    if query.field is not None and offer.name.startswith(f"HF {query.field} · "):
        return f"{voice.say('Field {number}', number=query.field)} · {offer.name.partition(' · ')[2]}"
    if query.period and _DATES.fullmatch(offer.name):
        return times.period(query.period, voice)
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
