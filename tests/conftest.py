"""What holds for every test."""

import os

from hypothesis import settings

# On a build machine the generated examples are the same in every run; elsewhere each run tries new ones.
settings.register_profile("build", derandomize=True, print_blob=True)
if "CI" in os.environ:
    settings.load_profile("build")
