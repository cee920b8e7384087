"""The program: settings, wiring, command line, the post room and the playground."""
