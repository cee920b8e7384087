"""``python -m bot`` is ``amtsbote``."""

from bot.cli import main

if __name__ == "__main__":
    main()
