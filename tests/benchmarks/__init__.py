"""How fast the bot is beside others: a command of its own, so that no test depends on the clock."""
