"""Choosing files, through the system's own dialog; the answer comes through a callback, later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

BOOK = "Clusterbook files (*.clusterbook)"
WORKBOOK = "Workbooks (*.xlsx)"
PDF = "PDF papers (*.pdf)"


def choose_to_open(
    parent: QWidget, title: str, kind: str, folder: Path, got: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a file that exists."""
    return _choose(parent, title, kind, folder, got, QFileDialog.AcceptMode.AcceptOpen)


def choose_to_save(
    parent: QWidget, title: str, kind: str, proposed: Path, got: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a place and a name; the system's dialog asks before a file is replaced."""
    return _choose(parent, title, kind, proposed, got, QFileDialog.AcceptMode.AcceptSave)


def _choose(
    parent: QWidget,
    title: str,
    kind: str,
    where: Path,
    got: Callable[[Path], None],
    mode: QFileDialog.AcceptMode,
) -> QFileDialog:
    saving = mode is QFileDialog.AcceptMode.AcceptSave
    folder = where.parent if saving else where
    dialog = QFileDialog(parent, title, str(folder), kind)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(mode)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile if saving else QFileDialog.FileMode.ExistingFile)
    if saving:
        dialog.setDefaultSuffix(kind.rsplit(".", 1)[-1].rstrip(")"))
        dialog.selectFile(where.name)

    def selected(name: str) -> None:
        got(Path(name))

    dialog.fileSelected.connect(selected)
    dialog.open()
    return dialog
