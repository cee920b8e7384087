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


def lineup(records: int) -> list[Contestant]:
    """The echoes first, then the two that answer from a register of so many records."""
    register = cache.register(records)
    aiogram = cache.aiogram_python()
    aiogram_echo, ptb_echo = (aiogram, SCRIPTS / "aiogram_echo.py"), (sys.executable, SCRIPTS / "ptb_echo.py")
    ours = (sys.executable, "-m", "tests.benchmarks.contestants.amtsbote")
    return [
        Contestant("PTB echo, default", ptb_echo, ECHOED),
        Contestant("PTB echo, concurrent updates", (*ptb_echo, "--concurrent"), ECHOED),
        Contestant("aiogram echo, one by one", (*aiogram_echo, "--one-by-one"), ECHOED),
        Contestant(AIOGRAM_ECHO, aiogram_echo, ECHOED),
        Contestant(AIOGRAM_DESK, (aiogram, SCRIPTS / "aiogram_desk.py"), register.questions_to_desk, register.desk),
        Contestant(OURS_ANEW, (*ours, "--nothing-kept"), register.questions_to_us, register.ours),
        Contestant(OURS, ours, register.questions_to_us, register.ours),
    ]
