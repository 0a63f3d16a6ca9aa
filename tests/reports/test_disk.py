"""A file that leaves is whole or not there, and a writer that was killed leaves nothing for long (T05)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reports.disk import LEFT_AFTER, write_atomic

KILLED = """
import os, pathlib, signal, sys
from reports import disk
disk.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
disk.write_atomic(pathlib.Path(sys.argv[1]), b"new")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_the_next_export_clears_away_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "Brindlemere, all of it.xlsx"
    target.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.glob(".*.part")
    assert target.read_bytes() == b"old"

    write_atomic(target, b"newer")
    assert left.exists()  # it may still be being written

    random = left.name[-13:]
    names = (
        f".{target.name}.part",
        left.name[1:],
        f"{left.name}.part",
        f".Other.xlsx.{random}",
        f".{target.name}.Letters8.part",
        f".{target.name}.abc.part",
    )
    others = [tmp_path / name for name in names]
    for other in others:
        other.write_bytes(b"somebody's")
    for one in (left, *others):
        os.utime(one, (time.time() - LEFT_AFTER - 60,) * 2)
    write_atomic(target, b"newest")
    assert {one.name for one in tmp_path.iterdir()} == {target.name, *names}
    assert target.read_bytes() == b"newest"
