"""The book's state machine, as often as CLUSTERBOOK_EXAMPLES says (10 by default; try 200 after a change)."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.store.machine import BookMachine

EXAMPLES = int(os.environ.get("CLUSTERBOOK_EXAMPLES", "10"))


def test_any_sequence_of_actions_leaves_the_book_equal_to_its_model():
    """And enough must have happened: a machine that hardly undoes anything proves nothing."""
    BookMachine.ran.clear()
    run_state_machine_as_test(
        BookMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    ran = BookMachine.ran
    enough = EXAMPLES // 10  # by chance a short run has few of either, a test that has lost them has none
    assert ran["undo"] > enough
    assert ran["redo"] > enough
    assert len(ran) > 8, ran
