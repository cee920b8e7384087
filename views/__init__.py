"""Records turned into what people see; pure."""
