"""kill -9 at any moment: what was said to be saved is there, and the book is sound (safety, promise 1).

CLUSTERBOOK_KILLS sets how often; 25 by default. This is the death of a process, not of the power supply.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.models.store.machine import FOLDER

KILLS = os.environ.get("CLUSTERBOOK_KILLS", "25")
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


@pytest.fixture(scope="module")
def told():
    """What was counted while honest children were killed, and lying ones."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.models.store.killer", folder, KILLS],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_nothing_that_was_said_to_be_saved_is_lost(told):
    counted = told["honest"]
    assert counted["kills"] == int(KILLS)
    assert counted["lost"] == 0
    assert counted["said"] >= counted["kills"]
    assert counted["recovered"] == counted["hot"] > 0, "some kills must come in the middle of a save"


def test_making_opening_and_saving_need_neither_alembic_nor_platformdirs(told):
    assert told["imported"] == []


def test_a_lie_about_saving_is_noticed(told):
    assert told["lying"]["lost"] > 0
