"""The book's state machine, run as often as CLUSTERBOOK_EXAMPLES says (12 by default; try 200 after a change)."""

import os

from hypothesis import HealthCheck, settings

from tests.models.store.machine import BookMachine

EXAMPLES = int(os.environ.get("CLUSTERBOOK_EXAMPLES", "12"))
TestAnySequence = BookMachine.TestCase
TestAnySequence.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
