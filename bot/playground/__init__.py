"""A phone chat in the browser and a Telegram of our own on loopback: for trying things out and for tests."""
