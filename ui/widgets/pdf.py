"""PDFs as Qt reads them."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument


def loaded(pdf: bytes) -> QPdfDocument:
    """A PDF as a document of Qt.

    It has no parent: as a child of its view it would be closed while the view is being taken apart, and tell
    a view that is gone. What it reads from lives and dies with it.
    """
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document
