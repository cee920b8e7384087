"""What people ask for themselves."""

from typing import Literal

from registry.records import Record


class ForgetMe(Record):
    """Erases what is stored about the person who asks."""

    deed: Literal["forget_me"] = "forget_me"
