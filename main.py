"""Clusterbook's front door: read the command line, put the parts together, run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def window(file: Path | None) -> int:
    """Open the window on a file, on the last one used, or on the welcome screen; its exit code."""
    from ui import terminal

    if not terminal.can_show():
        sys.stderr.write("There is no screen here to open a window on. Try “main.py --help”.\n")
        return 1
    try:
        from ui.composition import run_window
    except ImportError as error:
        sys.stderr.write(f"The window needs a part that is missing on this computer: {error}.\n")
        return 1
    return run_window(file)


def main(argv: list[str]) -> int:
    """Run one command, or the window."""
    if not argv:
        return window(None)  # the shortest way to the first paint
    from ui import terminal

    return terminal.run(argv, window)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
