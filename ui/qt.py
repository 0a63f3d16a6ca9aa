"""Qt, and Python's own way of importing kept.

PySide6 puts a way of importing in the place of Python’s that reads the source of every module imported
after it, to see whether it might say `from __feature__ import …`. Nothing here does, and the reading takes
a seventh of the time until the window is ready; so Python’s is put back. Import this before any other
part of Qt.
"""

from __future__ import annotations

import builtins

_python = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _python
