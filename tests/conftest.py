"""For all tests: random examples are the same each time in CI, and a busy machine is no failure."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("pyfix", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("pyfix")
