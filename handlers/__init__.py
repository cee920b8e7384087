"""The chat edge: what people say, turned into answers."""
