"""The head of what is shown of a fund: the purses to choose from, and the account of the one chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from ui import theme
from ui.format import count, day_month, pounds, year_label
from ui.overrides import override
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.layouts import Flow, column, exchange, holder, row
from ui.widgets.painted import RADIUS, draw_focus
from ui.widgets.plain import Label, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from models.queries.fund_page import FundPage, FundView, Purse

Align = Qt.AlignmentFlag
PAD, GAP = 12, 8  # pixels at 100 % text size
NOTHING_YET = "nothing entered"
BY_ITSELF = "Running"  # the state of a year that needs no word


class Chosen(QObject):
    """The purse that the tabs show: one for all of them.

    Attributes:
        changed: another one was chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fund_id: int | None = None

    def choose(self, fund_id: int) -> None:
        """Show another purse."""
        if fund_id != self.fund_id:
            self.fund_id = fund_id
            self.changed.emit()


class PurseTile(Choice):
    """One purse: its name, and what is in it."""

    def __init__(self, purse: Purse) -> None:
        super().__init__(purse.name)
        self.purse = purse
        self._note = f"{purse.waiting} waiting" if purse.waiting else ""
        self._amount = pounds(purse.closing_p) if purse.entered else NOTHING_YET
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(words for words in (purse.name, self._amount, self._note) if words))

    @override
    def sizeHint(self) -> QSize:
        now = theme.now()
        second = text_width(self._amount, self._role())
        if self._note:
            second += now.px(GAP) + text_width(self._note, "caption")
        wide = max(text_width(self.text(), "strong"), second)
        return QSize(wide + 2 * now.px(PAD) + 2, now.fs(13 + 15) + now.px(20))

    def _role(self) -> str:
        """The type style of what is in it; words are quieter than a figure."""
        return "section" if self.purse.entered else "body"

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on = theme.now(), self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(now.c("accent_soft" if on else "hover"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if on:
            painter.setBrush(now.c("accent"))
            painter.drawRoundedRect(QRectF(0, 8, 3, rect.height() - 16), 1.5, 1.5)
        inner = rect.adjusted(now.px(PAD), now.px(6), 0, -now.px(6))
        painter.setFont(now.font("strong" if on else "body"))
        painter.setPen(now.c("text" if on else "muted"))
        painter.drawText(inner, Align.AlignTop | Align.AlignLeft, self.text())
        painter.setFont(now.font(self._role()))
        painter.setPen(now.c("text" if self.purse.entered else "muted"))
        painter.drawText(inner, Align.AlignBottom | Align.AlignLeft, self._amount)
        if self._note:
            left = text_width(self._amount, self._role()) + now.px(GAP)
            painter.setFont(now.font("caption"))
            painter.setPen(now.c("warn"))
            painter.drawText(inner.adjusted(left, 0, 0, 0), Align.AlignBottom | Align.AlignLeft, self._note)
        if self.hasFocus():
            draw_focus(painter, rect)


class PurseBar(QWidget):
    """The purses of the year, side by side, in as many lines as they need. Arrow keys move between them.

    Attributes:
        chosen: another one was chosen: (its id,).
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Funds")
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._on_toggled)
        self._tiles: list[PurseTile] = []
        self._line = holder(Flow((), GAP))
        self.setLayout(column(self._line))

    def show_purses(self, purses: tuple[Purse, ...], fund_id: int) -> None:
        """Show these, and one of them as the one chosen."""
        blocker = QSignalBlocker(self._group)
        if [tile.purse for tile in self._tiles] != list(purses):
            focused = any(tile.hasFocus() for tile in self._tiles)
            self._tiles = [PurseTile(purse) for purse in purses]
            self._line = exchange(self._line, Flow(self._tiles, GAP))
            for tile in self._tiles:
                self._group.addButton(tile, tile.purse.id)
            if focused:
                self._tile(fund_id).setFocus()
        self._tile(fund_id).setChecked(True)
        blocker.unblock()

    def tiles(self) -> tuple[PurseTile, ...]:
        """The purses shown."""
        return tuple(self._tiles)

    def _tile(self, fund_id: int) -> PurseTile:
        return next(tile for tile in self._tiles if tile.purse.id == fund_id)

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit(number)


class Part(QWidget):
    """One figure of an account, with its name above and the sign that joins it to the next."""

    def __init__(self, name: str, value: str, sign: str = "", role: str = "strong", tone: str = "") -> None:
        super().__init__()
        words = column(Label(name, "caption", "muted"), Label(value, role, tone), gap=1)
        line = row(words, gap=10)
        if sign:
            mark = Label(sign, "body", "muted")
            mark.setAlignment(Align.AlignBottom)
            line.add(mark)
        self.setLayout(line)
        self.setAccessibleName(f"{name}: {value}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Gap(QWidget):
    """A little room between the account and what stands beside it."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(GAP), 1)


class AccountLine(QWidget):
    """Opening + in − out = closing, as one line that can be read aloud.

    Attributes:
        leads: a figure that has moved leads to the years; not where they are on show already.
        years_wanted: the state of the year was asked about.
    """

    years_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = holder(column())
        self.setLayout(column(self._lines))
        self.words = ""
        self.leads = True

    def show_account(self, page: FundPage) -> None:
        """Show the account of the purse chosen."""
        if page.view is None:
            return
        account, purse = page.view.now.account, page.view.purse
        when = f"At the end of {year_label(page.year)}" if page.over else f"In it on {day_month(page.until)}"
        parts: list[QWidget] = [
            Part("Opening", pounds(account.opening_p), "+"),
            Part("Came in", pounds(account.income_p), "−"),
            Part("Went out", pounds(account.spent_p), "="),
            Part(when, pounds(account.closing_p), tone="bad" if account.closing_p < 0 else ""),
        ]
        self.words = (
            f"{pounds(account.opening_p)} + {pounds(account.income_p)} − {pounds(account.spent_p)} = "
            f"{pounds(account.closing_p)}"
        )
        if not purse.entered:  # nobody has said that there was no money in it (R-REV-5)
            parts, self.words = [Part(when, NOTHING_YET)], NOTHING_YET
        parts += [Gap(), *_beside(page.view)]
        if purse.state != BY_ITSELF:
            parts.append(Badge(purse.state))
        lines = column(Flow(parts, 14), gap=6)
        if moved := _moved(page):
            line = row(Label(moved, "caption", "warn"), gap=8)
            if self.leads:
                button = Button("Look at the years", Kind.LINK, role="caption")
                button.clicked.connect(self.years_wanted)
                line.add(button)
            line.add(1)
            lines.add(line)
        self._lines = exchange(self._lines, lines)
        self.setAccessibleName(f"{purse.name}: {self.words}")


def _beside(view: FundView) -> list[QWidget]:
    """What stands beside the account: what is planned, and what a lead fund may use (R-LEAD-1, R-LEAD-2)."""
    found: list[QWidget] = []
    planned = [one for one in view.entries if one.balance_p is None and one.out_p]
    if planned:
        amount = pounds(sum(one.out_p or 0 for one in planned))
        found.append(Part(count(len(planned), "payment planned", "payments planned"), amount))
    if view.lead is not None:
        name = (
            "The scheme allows, with what was left" if view.lead.carried_p else "The scheme allows this year"
        )
        found.append(Part(name, pounds(view.lead.available_p)))
        found.append(
            Part("Not spent of that", pounds(view.lead.left_p), tone="bad" if view.lead.left_p < 0 else "")
        )
    return found


def _moved(page: FundPage) -> str:
    """What became of the figure that was carried over; "" where it stands (R-POT-3)."""
    year = next((one for one in page.view.years if one.year == page.year), None) if page.view else None
    if year is None or not year.moved_p:
        return ""
    return f"Carried figure was {pounds(year.carried_p)}, now {pounds(year.closing_p)}."


class PurseHead(QWidget):
    """Purses and account together, for the tabs that show one fund.

    Attributes:
        chosen: another purse was chosen: (its id,).
        years_wanted: the state of the year was asked about.
    """

    chosen = Signal(int)
    years_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar, self.account = PurseBar(), AccountLine()
        self.bar.chosen.connect(self.chosen)
        self.account.years_wanted.connect(self.years_wanted)
        account = column(self.account, margins=(PAD, 0, 0, 0))
        self.setLayout(column(self.bar, account, gap=10))

    def show_page(self, page: FundPage) -> None:
        """Show the purses of a page; nothing where there are none."""
        self.setVisible(page.view is not None)
        if page.view is not None:
            self.bar.show_purses(page.purses, page.view.purse.id)
            self.account.show_account(page)
