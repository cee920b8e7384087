"""The playground: its Bot API, its page, its demo."""
