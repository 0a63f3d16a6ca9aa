"""What any record has: its history, the Bin it goes to, and lists that leave as files.

`open_history`, `open_bin` and `export_shown` are the doors; what is behind them is imported when it is
wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext


def open_history(context: AppContext, window: QWidget, table: str, record_id: int, title: str) -> None:
    """Show what happened to a record, beside the work.

    Args:
        context: the window's shared things.
        window: the dialog belongs to it.
        table: the record's table.
        record_id: the record.
        title: what it is called: “claim SC-0012”.
    """
    from ui.records.history import HistoryDialog

    HistoryDialog(context, window, table, record_id, title).show()


def open_bin(context: AppContext, window: QWidget, tables: Sequence[str] = ()) -> None:
    """Show what was deleted, to bring it back; of some tables, or of all when none is named."""
    from ui.records.bin import BinDialog

    BinDialog(context, window, tables).show()


def export_shown(
    context: AppContext, window: QWidget, title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Ask where, then write a list as it is shown, as a workbook or as comma-separated text.

    Args:
        context: the window's shared things.
        window: the file dialog belongs to it.
        title: the list's name; the file is called after it.
        heads: the headings of the columns.
        rows: a value for each column: text, a whole number, a date, a time, `reports.listing.Money`, yes or
            no as a bool, or None for nothing.
    """
    from ui.records.export import Export

    Export(context, window, title, heads, rows).ask()
