"""The clock edge: what happens because time passes."""
