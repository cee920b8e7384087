"""The bots that are measured: each a script run in a process of its own."""
