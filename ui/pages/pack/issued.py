"""The issued tab: every pack that was handed over, to be looked at, saved, printed and compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.pack_page import Comparison, IssuedRow, compare, issued_paper, issued_tab
from ui.dialogs.files import safe_name
from ui.format import file_size, short_date, year_code, year_label
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.papers.output import PaperOut
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlmodel import Session

    from ui.context import AppContext
    from ui.widgets.layouts import Item


def _dated(day: dt.date) -> str:
    return f"{short_date(day)} {day.year}"


def _changes(row: IssuedRow) -> str:
    if row.version == 1:
        return "First version"
    return "; ".join(row.changes) or "Nothing"


def _all(session: Session, _year: int) -> Sequence[IssuedRow]:
    return issued_tab(session)


SPEC = ListSpec[IssuedRow](
    key="pack-issued",
    table="issued_pack",
    noun="issued pack",
    plural="issued packs",
    columns=(
        Column("Pack", lambda r: str(r.pack_number), lambda r: r.pack_number, Look.STRONG, right=True),
        Column("School year", lambda r: year_label(r.year), lambda r: r.year),
        Column("Version", lambda r: str(r.version), lambda r: r.version, right=True),
        Column("Issued", lambda r: _dated(r.issued_on), lambda r: r.issued_on, sample="30 May 2025"),
        Column("Data to", lambda r: _dated(r.data_to), lambda r: r.data_to, sample="30 May 2025"),
        Column("What changed", _changes, _changes, stretch=True, tip=_changes),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.title,
    ask=_all,
    empty=Empty(
        Icon.LOCK,
        "Nothing has been issued yet. On the Pack tab, Issue… gives the pack a number and keeps it here with "
        "its figures, as it was handed over.",
    ),
    words=lambda r: f"{r.title} {year_label(r.year)} version {r.version} {_changes(r)}",
    can_delete=lambda _record: False,
)


class IssuedPanel(DetailPanel):
    """One issued pack: what can be done with it, and its frozen figures."""

    def __init__(self, pane: IssuedPane) -> None:
        super().__init__("Issued pack")
        self._list = pane

    @override
    def show_record(self, record: IssuedRow | None) -> None:
        if record is None:
            self.say("Choose a pack to see its figures as they were.")
            return
        made = [
            _button("Open", "Open (Enter)", self._list.look, Kind.PRIMARY),
            _button("Save PDF…", "", self._list.save),
            _button("Print…", "", self._list.print),
            _button("Compare with now…", "Compare with now (Ctrl+R)", self._list.compare_now),
        ]
        known = [
            ("Issued", _dated(record.issued_on)),
            ("Data to", _dated(record.data_to)),
            ("Size", file_size(record.size)),
        ]
        where = f"{year_label(record.year)}, version {record.version}"
        head = record_head(f"Pack {record.pack_number}", "", where)
        parts: list[Item] = [head, buttons(*made), rule(), facts(known)]
        if record.changes:
            lines = [Label(line, wrap=True) for line in record.changes]
            parts.append(column(Label(f"Since version {record.version - 1}", "strong"), *lines, gap=4))
        figures = facts(record.figures, width=170)
        parts.append(column(Label("Figures as they were", "strong"), figures, gap=6))
        self.fill(*parts)


class IssuedPane(ListPane[IssuedRow]):
    """Every issued pack of the book.

    Args:
        context: the shared things.
        documents: the folder proposed for a PDF.
    """

    def __init__(self, context: AppContext, documents: Path) -> None:
        super().__init__(context, SPEC, IssuedPanel(self))
        self._documents = documents
        self._out = PaperOut(context, self)
        self.add_action("compare", "Compare with now…", "Ctrl+R", self.compare_now)
        self.opened.connect(lambda _record: self.look())

    def look(self) -> None:
        """Open the paper as it was handed over."""
        self._with_paper(self._open)

    def save(self) -> None:
        """Write the paper as a PDF."""
        self._with_paper(
            lambda row, pdf: self._out.ask_place("Save the issued pack", self._documents / _name(row), pdf)
        )

    def print(self) -> None:
        """Print the paper."""
        from ui.widgets.pdf import loaded

        self._with_paper(
            lambda row, pdf: self._out.ask_printer(
                _name(row).removesuffix(".pdf"), pdf, loaded(pdf).pageCount()
            )
        )

    def compare_now(self) -> None:
        """Hold its figures against those of now."""
        record = self.current()
        if record is not None:
            question = partial(compare, pack_id=record.id, clock=self.context.today)
            self.context.book.ask(question, self._show_comparison, key="pack-compare")

    # -- inside

    def _with_paper(self, do: Callable[[IssuedRow, bytes], None]) -> None:
        record = self.current()
        if record is not None:
            question = partial(issued_paper, pack_id=record.id)
            self.context.book.ask(question, partial(do, record), key="pack-paper")

    def _open(self, record: IssuedRow, pdf: bytes) -> None:
        from ui.pages.pack.windows import IssuedWindow

        IssuedWindow(self.context, self.window(), record.title, pdf, self._documents / _name(record)).show()

    def _show_comparison(self, found: Comparison) -> None:
        from ui.pages.pack.windows import CompareDialog

        CompareDialog(self.window(), found).open()


def _name(row: IssuedRow) -> str:
    return f"{safe_name(f'Review pack {year_code(row.year)} version {row.version}')}.pdf"


def _button(words: str, tip: str, do: Callable[[], None], kind: Kind = Kind.PLAIN) -> Button:
    made = Button(words, kind, tip=tip)
    made.clicked.connect(do)
    return made
