"""The real window on the sample."""

from tests.e2e.conftest import make_window, on_sample, sample

__all__ = ["make_window", "on_sample", "sample"]
