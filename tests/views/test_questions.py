"""What is asked back where a question was not understood."""

from dataclasses import replace

from locales.translations import language
from registry.queries import Offer, Query, Understanding
from tests.views.test_listings import VOICE, shown
from views import questions

ENGLISH = replace(VOICE, say=language("en"))


def test_a_field_and_an_office_are_offered_in_the_readers_language() -> None:
    offers = (
        Offer(words="wonen", name="HF 1 · Wohnen", query=Query(field=1)),
        Offer(words="wonen", name="A51 · Jugendamt", query=Query(offices=("A51",))),
        Offer(words="wonen", name="HF 1 sofort", query=Query(field=1)),
    )

    asked = shown(questions.not_understood(Understanding(offers=offers), "wonen", ENGLISH))

    assert asked == [
        "What do you mean by “wonen”?",
        "[Field 1 · Wohnen]",
        "[A51 · Youth Welfare Office]",
        "[HF 1 sofort]",
        "[Search for “wonen”]",
        "[Help]",
    ]


def test_words_that_were_not_understood_are_not_asked_what_they_mean() -> None:
    offers = (Offer(words="setze, quark", name="offen A50", query=Query(offices=("A50",))),)
    understood = Understanding(not_understood=("setze", "quark"), offers=offers)

    asked = shown(questions.not_understood(understood, "setze offen A50 (quark)!", VOICE))

    assert asked[0] == "Nicht verstanden: „setze“, „(quark)“."
