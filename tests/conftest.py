"""Fixtures and settings that tests in several folders share."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.kit.databases", "tests.kit.codes"]

# A busy machine is no reason to fail. Built on Hypothesis's own default, so that CI tries new examples each time too.
settings.register_profile(
    "tests", settings.get_profile("default"), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: it needn't be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
