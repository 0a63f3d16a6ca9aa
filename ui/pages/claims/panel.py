"""One claim beside the list: its split, what can be done now, its files and its trail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from models.errors import AppError
from models.queries.claim_detail import ClaimDetail, claim_detail
from models.rules.verdict import Severity
from ui.format import NOT_ENTERED, file_size, long_date, pounds, prose_pounds
from ui.icons import Icon
from ui.lists.detail import DetailPanel, facts, record_head
from ui.overrides import override
from ui.pages.claims import words
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Flow, column, row, rule
from ui.widgets.meters import Split
from ui.widgets.painted import IconMark
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from models.queries.attachments import FileLine
    from models.queries.claims_page import ClaimRow
    from ui.context import AppContext
    from ui.pages.claims.files import ClaimFiles
    from ui.widgets.layouts import Box, Item

PAUSE_MS = 60  # running down the list asks only for the claim at which it stops
TRAIL_DAY = 112  # pixels at 100 % text size: "22 September 2026"
CHOOSE = "Choose a claim to see its split, its evidence and its trail."
TONES = {Severity.REFUSE: "bad", Severity.WARN: "warn", Severity.INFO: "muted"}


class ClaimPanel(DetailPanel):
    """The panel. What the list knows is shown at once, the rest as soon as it is asked.

    Args:
        context: the shared things.

    Attributes:
        wanted: a button was pressed: (the verb, the claim).
        costed: the button for what the cover cost was pressed: (the claim's id,).
    """

    wanted = Signal(object, object)
    costed = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__("Claim")
        self._context = context
        self._row: ClaimRow | None = None
        self._detail: ClaimDetail | None = None
        self.files: ClaimFiles | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.setAcceptDrops(True)
        self.say(CHOOSE)

    def detail(self) -> ClaimDetail | None:
        """What is shown; None while it is asked."""
        return self._detail

    @override
    def show_record(self, record: ClaimRow | None) -> None:
        before, self._row = self._row, record
        if record is None:
            self._pause.stop()
            self._detail = None
            self.say(CHOOSE)
            return
        if record != before:
            self._detail = None
            self.fill(*self._head(record), *self._split(record))
        self._pause.start()

    # -- asking

    def _ask(self) -> None:
        if self._row is not None:
            question = partial(claim_detail, claim_id=self._row.id, today=self._context.today())
            self._context.book.ask(question, self._show, self._gone, key="claim")

    def _show(self, detail: ClaimDetail) -> None:
        if self._row is None or detail.row.id != self._row.id or detail == self._detail:
            return
        self._detail = detail
        row_ = detail.row
        self.fill(
            *self._head(row_),
            *self._split(row_, detail),
            rule(),
            self._facts(detail),
            *self._said(detail),
            rule(),
            self._papers(detail),
            rule(),
            self._trail(detail),
        )

    def _gone(self, error: Exception) -> None:
        """It was deleted meanwhile: the list says so as soon as it has asked again."""
        if not isinstance(error, AppError):
            raise error

    # -- what is shown

    def _head(self, claim: ClaimRow) -> list[Item]:
        head: list[Item] = [record_head(claim.code, claim.state.label, words.waiting_line(claim))]
        made = [self._cost_button(claim)] if claim.lacks_cost and claim.can_edit else []
        made += [
            self._button(verb, claim, number) for number, verb in enumerate(words.verbs_for(claim), len(made))
        ]
        if made:
            head.append(Flow(made))
        return [*head, rule()]

    def _button(self, verb: words.Verb, claim: ClaimRow, number: int) -> Button:
        keys = words.VERBS[verb].keys
        text = words.button_words(verb, claim)
        kind = Kind.PRIMARY if number == 0 and verb in words.FORWARD else Kind.PLAIN
        made = Button(text, kind, tip=f"{text} ({keys})" if keys else "")
        made.setObjectName(f"verb-{verb}")
        made.clicked.connect(partial(self.wanted.emit, verb, claim))
        return made

    def _cost_button(self, claim: ClaimRow) -> Button:
        made = Button("Enter the cost…", Kind.PRIMARY)  # without it, submitting is only refused
        made.setObjectName("enter-cost")
        made.clicked.connect(partial(self.costed.emit, claim.id))
        return made

    def _split(self, claim: ClaimRow, detail: ClaimDetail | None = None) -> list[Item]:
        if not claim.counts:
            return [_pair("Cost of cover", pounds(claim.cost_p)), _pair("Not counted in any total", "")]
        if claim.lacks_cost:
            asked = Label("Enter what the cover cost before it is submitted.", "caption", "muted", wrap=True)
            return [column(_pair("Cost of cover", NOT_ENTERED), asked, gap=6)]
        spoken = f"{pounds(claim.recognised_p)} recognised, {pounds(claim.school_share_p)} school share"
        lines: list[Item] = [
            _pair("Cost of cover", pounds(claim.cost_p)),
            Split(spoken, abs(claim.recognised_p), abs(claim.cost_p)),
            _pair("Recognised", pounds(claim.recognised_p), "accent"),
            _pair("School share", pounds(claim.school_share_p)),
        ]
        if detail is not None and detail.explained:
            lines.append(Label(" ".join(detail.explained), "caption", "muted", wrap=True))
        return [column(*lines, gap=6)]

    def _facts(self, one: ClaimDetail) -> Box:
        claim = one.row
        role = f", {one.role}" if one.role else ""
        vat = f", VAT {prose_pounds(one.vat_p)}" if one.vat_p else ""
        cost = f"cost {NOT_ENTERED}" if claim.lacks_cost else prose_pounds(one.net_p)
        evidence = claim.evidence_ref or ("still to be found" if claim.to_evidence else "")
        return facts(
            [
                ("Person", f"{claim.person}{role}"),
                ("School", claim.school_name),
                ("Cover", words.when_long(claim)),
                ("For", claim.meeting or claim.purpose.label),
                ("Method", f"{one.method.label}, {cost}{vat}"),
                ("From", words.source_words(one)),
                ("Evidence", evidence),
                ("Claimed", words.dated(one.claimant, one.claimed_on)),
                ("Approved", words.dated(one.approved_by, one.approved_on)),
                ("Paid", words.dated(one.paid_ref, one.paid_on)),
                ("Takes back", one.reverses),
                ("Taken back", f"by {one.reversed_by}" if one.reversed_by else ""),
                ("Allowed", f"because: {one.why_allowed}" if one.why_allowed else ""),
                ("Notes", one.notes),
            ]
        )

    def _said(self, one: ClaimDetail) -> list[Item]:
        """What the rules say of it, except what the buttons and facts say already."""
        lines = []
        for said in one.said:
            text = Label(said.text, "caption", "" if said.severity is Severity.INFO else TONES[said.severity])
            text.setWordWrap(True)
            icon = Icon.INFO if said.severity is Severity.INFO else Icon.ALERT
            mark = column(IconMark(icon, TONES[said.severity], 16), 1)
            line = row(mark, text, gap=8)
            line.setStretchFactor(text, 1)
            lines.append(line)
        return [rule(), column(*lines, gap=8)] if lines else []

    def _papers(self, one: ClaimDetail) -> Box:
        attach = Button("Attach a file…", Kind.QUIET, tip="Or drop files onto this panel")
        attach.clicked.connect(self._attach)
        head = row(Label("Files", "section"), 1, attach)
        if not one.files:
            none = Label("No invoice or timesheet is attached.", "caption", "muted", wrap=True)
            return column(head, none, gap=4)
        return column(head, *(self._paper(file) for file in one.files), gap=8)

    def _paper(self, file: FileLine) -> Box:
        name = column(
            ElidedLabel(file.caption or file.name, "strong"),
            ElidedLabel(f"{file.kind}, {file_size(file.size)}", "caption", "muted"),
        )
        made: list[QWidget] = []
        if self.files is not None:
            for text, spoken, do in (
                ("Open", f"Open {file.name}", self.files.open),
                ("Save…", f"Save a copy of {file.name}", self.files.save),
                ("Remove", f"Remove {file.name}; it goes to the Bin", self.files.remove),
            ):
                link = Button(text, Kind.QUIET if text == "Open" else Kind.LINK, tip=spoken)
                link.clicked.connect(partial(do, file))
                made.append(link)
        line = row(IconMark(Icon.CLIP, "good"), name, *made, gap=10)
        line.setStretchFactor(name, 1)
        return line

    def _trail(self, one: ClaimDetail) -> Box:
        lines: list[Item] = []
        for event in one.trail:
            by = f" ({event.by})" if event.by else ""
            when = Label(long_date(event.on), "caption", "muted", width=TRAIL_DAY)
            words = Label(f"{event.words}{by}", "caption", wrap=True)
            lines.append(row(column(when, 1), words, gap=8))
        if not lines:
            lines.append(Label("Nothing has happened to it yet.", "caption", "muted"))
        return column(Label("Trail", "section"), *lines, gap=6)

    # -- files

    def _attach(self) -> None:
        if self.files is not None and self._row is not None:
            self.files.choose(self._row)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._row is not None and _paths(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths(event)
        if self.files is not None and self._row is not None and paths:
            event.acceptProposedAction()
            self.files.attach(self._row, *paths)


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _pair(name: str, value: str, tone: str = "") -> Box:
    strong = "strong" if tone else "body"
    return row(Label(name, strong, tone), 1, Label(value, strong, tone))
