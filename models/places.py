"""Where the app keeps its own files. Imports next to nothing: the window asks before its first paint."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER_VARIABLE = "CLUSTERBOOK_DATA"


def data_folder() -> Path:
    """The app's own folder for this user; another one if CLUSTERBOOK_DATA names it."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("Clusterbook", appauthor=False)
