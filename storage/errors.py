"""Why a file cannot be used as the register, as facts."""

from pathlib import Path


class RegisterUnusable(Exception):
    """The file is left exactly as it was found."""

    def __init__(self, path: Path, fact: str) -> None:
        super().__init__(f"{path}: {fact}")
        self.path = path
        self.fact = fact


class NotADatabase(RegisterUnusable):
    """The file is empty, or no SQLite database at all."""


class ForeignDatabase(RegisterUnusable):
    """The file belongs to another program."""

    def __init__(self, path: Path, application_id: int) -> None:
        super().__init__(path, f"belongs to another program (application id {application_id})")
        self.application_id = application_id


class DamagedDatabase(RegisterUnusable):
    """SQLite itself finds the file damaged; ``finding`` is what it says first."""

    def __init__(self, path: Path, finding: str) -> None:
        super().__init__(path, f"is damaged ({finding})")
        self.finding = finding


class NewerSchema(RegisterUnusable):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(path, f"has schema {found}, this program knows up to {known}")
        self.found = found
        self.known = known


class KeyUnusable(Exception):
    """The key that seals the history can be neither read nor made."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class KeyMissing(KeyUnusable):
    """The key that sealed the history is not there. A new one would hide that, so none is made unasked."""


class BackupFailed(Exception):
    """The copy does not hold what the original holds; it was removed."""

    def __init__(self, path: Path, fact: str) -> None:
        super().__init__(f"{path}: {fact}")
        self.path = path
        self.fact = fact


class ChangedMeanwhile(Exception):
    """Between reading and writing something changed that the decision rested on: it has to be made anew."""


class NotAllowed(ChangedMeanwhile):
    """At the moment of writing, the person no longer had the right to."""

    def __init__(self, person: int) -> None:
        super().__init__(str(person))
        self.person = person
