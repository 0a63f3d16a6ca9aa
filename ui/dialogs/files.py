"""Choosing files, through the system's own dialog; the answer comes through a callback, later."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFileDialog, QWidget

BOOK = "Clusterbook files (*.clusterbook)"
WORKBOOK = "Workbooks (*.xlsx)"
PDF = "PDF papers (*.pdf)"
KEPT = "Files to keep (*.pdf *.jpg *.jpeg *.png *.webp *.docx *.xlsx *.txt *.eml);;All files (*)"
LISTS = "Workbooks (*.xlsx);;Comma-separated lists (*.csv)"


def safe_name(words: str) -> str:
    """Words as a file name that every system accepts, without a suffix; "" if nothing is left."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", words)
    return " ".join(plain.split()).strip(". ")[:100].rstrip(". ")


def choose_to_open(
    parent: QWidget, title: str, kind: str, folder: Path, got: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a file that exists."""
    return _choose(parent, title, kind, folder, got, saving=False)


def choose_to_save(
    parent: QWidget, title: str, kind: str, proposed: Path, got: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a place and a name; the system's dialog asks before a file is replaced."""
    return _choose(parent, title, kind, proposed, got, saving=True)


def choose_folder(parent: QWidget, title: str, folder: Path, got: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder."""
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: got(Path(name)))
    dialog.open()
    return dialog


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _choose(
    parent: QWidget, title: str, kind: str, where: Path, got: Callable[[Path], None], *, saving: bool
) -> QFileDialog:
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, title, str(where.parent if saving else where), kind)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if saving:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(_suffix(kind))
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
        dialog.selectFile(where.name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

    def selected(name: str) -> None:
        got(Path(name))

    dialog.fileSelected.connect(selected)
    dialog.open()
    return dialog


def _suffix(kinds: str) -> str:
    """The suffix of the first kind of file: "xlsx"."""
    return kinds.split(";;", maxsplit=1)[0].rsplit(".", 1)[-1].rstrip(")")
