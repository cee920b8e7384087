"""What ends a command early: one clear sentence, perhaps the next step, and an exit code."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the playground's page is there before Babel is loaded
    from locales.translations import Language


class Failure(Exception):
    """Phrases and their facts; ``str(failure)`` is English, ``said(say)`` is what the person at the terminal reads.

    ``reason`` is a phrase of its own that stands in the sentence as ``{reason}``.
    """

    def __init__(
        self, sentence: str, *, advice: str = "", reason: str = "", exit_code: int = 1, **facts: object
    ) -> None:
        super().__init__(" ".join(part.format(reason=reason, **facts) for part in (sentence, advice) if part))
        self.sentence = sentence
        self.advice = advice
        self.reason = reason
        self.exit_code = exit_code
        self._facts = facts

    def said(self, say: "Language") -> str:
        return " ".join(part for part in (self.found(say), self.next_step(say)) if part)

    def found(self, say: "Language") -> str:
        return self._phrase(self.sentence, say)

    def next_step(self, say: "Language") -> str:
        return self._phrase(self.advice, say)

    def _phrase(self, phrase: str, say: "Language") -> str:
        return say(phrase, reason=say(self.reason) if self.reason else "", **self._facts) if phrase else ""
