"""The program: settings, wiring, command line, the post room and the playground."""

import sys

# python-telegram-bot loads httpx, and httpx its own command line, with rich and pygments: half a second of every start.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None makes that import fail, as httpx expects
