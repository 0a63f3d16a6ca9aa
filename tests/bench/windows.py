"""What a fresh process takes to show a window, measured from its start to its first paint or its data."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time() - float(os.environ["STARTED"]), flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
IMPORTS = """
import os, time
import PySide6.QtWidgets, sqlmodel
print(time.time() - float(os.environ["STARTED"]), flush=True)
"""
OURS = """
import os, sys, time
from pathlib import Path
def tell():
    print(time.time() - float(os.environ["STARTED"]), flush=True)
from ui import composition
def ready():
    tell()
    os._exit(0)
wanted = os.environ["WANTED"]
file = Path(os.environ["BOOK"])
if wanted == "paint":
    composition.run_window(file, painted=ready)
else:
    composition.run_window(file, ready=ready)
"""


def seconds(script: str, data: Path, **more: str) -> float:
    """The time that a script prints, in a fresh process with bytecode cached."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "CLUSTERBOOK_DATA": str(data),
        "PYTHONPYCACHEPREFIX": str(data / "bytecode"),  # as on a machine where it was started before
        "STARTED": str(time.time()),
        **more,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if not run.stdout.strip():
        raise RuntimeError(run.stderr or "the window printed nothing")
    return float(run.stdout.split()[0])
