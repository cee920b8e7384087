"""What ends a command early: one clear sentence and an exit code."""


class Failure(Exception):
    """``str(failure)`` is the whole sentence for the person at the terminal."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
