"""Who is measured, and what each is asked."""

import sys
from pathlib import Path

from tests.benchmarks import cache
from tests.benchmarks.contest import Contestant

HERE = Path(__file__).parent
SCRIPTS = HERE / "contestants"
ECHOED = HERE / "echoed.json"

OURS = "Amtsbote, everything durable"
OURS_ANEW = "Amtsbote, each answer composed anew"
AIOGRAM_DESK = "aiogram + aiosqlite, nothing durable"
AIOGRAM_ECHO = "aiogram echo, polling"
OUR_CHANGES = "Amtsbote, each change durable"
AIOGRAM_CHANGES = "aiogram + aiosqlite, each change durable"
AIOGRAM_HASTY = "aiogram + aiosqlite, the last changes may be lost"

SLOW = 0.2
# The same of all: which measures were changed since the register was made, into what, and how often.
KEPT = "SELECT number, status, current_state, version - 1 FROM measures WHERE version > 1"


def lineup(records: int) -> list[Contestant]:
    """The echoes first, then those that answer from a register of so many records, then those that change it."""
    register = cache.register(records)
    aiogram = cache.aiogram_python()
    aiogram_echo, ptb_echo = (aiogram, SCRIPTS / "aiogram_echo.py"), (sys.executable, SCRIPTS / "ptb_echo.py")
    aiogram_changes, changes = (aiogram, SCRIPTS / "aiogram_changes.py"), register.changes_of_records
    ours = (sys.executable, "-m", "tests.benchmarks.contestants.amtsbote")
    return [
        Contestant("PTB echo, default", ptb_echo, ECHOED, share_of_burst=SLOW),
        Contestant("PTB echo, concurrent updates", (*ptb_echo, "--concurrent"), ECHOED, share_of_burst=SLOW),
        Contestant("aiogram echo, one by one", (*aiogram_echo, "--one-by-one"), ECHOED),
        Contestant(AIOGRAM_ECHO, aiogram_echo, ECHOED),
        Contestant(AIOGRAM_DESK, (aiogram, SCRIPTS / "aiogram_desk.py"), register.questions_to_desk, register.desk),
        Contestant(OURS_ANEW, (*ours, "--nothing-kept"), register.questions_to_us, register.ours, share_of_burst=SLOW),
        Contestant(OURS, ours, register.questions_to_us, register.ours),
        Contestant(AIOGRAM_HASTY, (*aiogram_changes, "--may-lose-the-last"), changes, register.records, KEPT),
        Contestant(AIOGRAM_CHANGES, aiogram_changes, changes, register.records, KEPT),
        Contestant(OUR_CHANGES, ours, register.changes_by_us, register.ours, KEPT),
    ]
