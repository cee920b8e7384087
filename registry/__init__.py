"""The vocabulary of the office and its rules: no I/O, no clock, no chat."""
