"""The evidence tab: what changed and how it is known, with photographs and where it comes from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.kept_pictures import read_chosen
from models.queries.evidence_page import EvidenceRow, evidence_rows
from models.services import evidence
from models.services.evidence import File
from models.words import EvidenceKind, PermissionBasis
from ui.dialogs.asking import Asking
from ui.dialogs.files import KEPT, choose_to_open
from ui.format import count, long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.around import EvidenceForm, permission_words
from ui.pages.impact.evidence_panel import EvidencePanel
from ui.pages.impact.forms import EVIDENCE
from ui.pages.impact.pieces import dated, one_line
from ui.pages.impact.wrapped import Wrapped
from ui.records.files import KeptFiles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from sqlmodel import Session

    from models.queries.attachments import FileLine
    from ui.context import AppContext
    from ui.copies import PrivateCopies
    from ui.dialogs.asking import Typed
    from ui.pages.impact.doing import Verbs

WIDE, NARROW = 125, 80  # ems
WORDS, LINES = 2, 2  # the column of what changed, and how many lines it has
KINDS = {EvidenceKind.PHOTO: "Photo"}
"""Kinds in fewer words: the list needs the room for what changed."""


def kind_word(row: EvidenceRow) -> str:
    """The kind in a word."""
    return KINDS.get(row.kind, row.kind.label)


def _words(row: EvidenceRow) -> str:
    parts = (
        row.code, row.text, row.by_whom, row.school, row.kind.label, row.state, long_date(row.on),
        row.reach.label if row.reach else "", " ".join(row.serves.full),
        " ".join(f"{one.code} {one.title}" for one in row.sources), row.file.name if row.file else "",
    )  # fmt: skip
    return " ".join(parts)


def _shows(row: EvidenceRow) -> str:
    """`Aim 1, Aim 4 and 1 area`: the areas by name stand in the panel."""
    areas = len(row.serves.brief) - len(row.serves.aims)
    parts = [*row.serves.aims, *([count(areas, "area")] if areas else [])]
    return ", ".join(parts) or "–"


REGISTER = ListSpec[EvidenceRow](
    key="impact-evidence",
    table="evidence",
    noun="evidence",
    plural="evidence",
    columns=(
        Column("No.", lambda r: r.code, lambda r: r.code, Look.STRONG, sample="EV-0000"),
        Column("Date", lambda r: dated(r.on), lambda r: r.on, sample="30 May 2025"),
        Column(
            "What changed", lambda r: one_line(r.text), lambda r: r.text.casefold(), stretch=True,
            tip=lambda r: one_line(r.text),
        ),
        Column("Kind", kind_word, lambda r: r.kind.label),
        Column("School", lambda r: r.school or "Cluster", lambda r: r.school.casefold()),
        Column("Shows", _shows, lambda r: r.serves.brief),
        Column("In the pack", lambda r: r.state, lambda r: r.state, Look.STATE, sample="No permission"),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.code,
    ask=evidence_rows,
    empty=Empty(
        Icon.IMPACT,
        "Evidence is what changed for teachers and children, and how you know: a sentence, somebody’s own "
        "words, a photograph or a file. The pack prints it beside the aims it shows.",
        "Enter the first evidence",
    ),
    chips=(
        ChipSpec("Words", lambda r: r.kind in {EvidenceKind.WORDS, EvidenceKind.QUOTE}),
        ChipSpec("Photographs", lambda r: r.kind is EvidenceKind.PHOTO),
        ChipSpec("No permission", lambda r: r.needs_permission),
        ChipSpec("Shows no aim", lambda r: not r.serves.brief),
    ),
    form=EVIDENCE,
    form_class=EvidenceForm,
    words=_words,
)  # fmt: skip


class EvidencePane(ListPane[EvidenceRow]):
    """The evidence of a year.

    Args:
        context: the shared things.
        verbs: makes the verbs for this list.
        copies: where copies to be opened are written.
        today: what day it is; in the sample the day that it is told from.
    """

    def __init__(
        self,
        context: AppContext,
        verbs: Callable[[ListPane[EvidenceRow]], Verbs],
        copies: PrivateCopies,
        today: Callable[[], dt.date],
    ) -> None:
        self.panel = EvidencePanel(context)
        super().__init__(context, REGISTER, self.panel)
        self.verbs, self._today = verbs(self), today
        self.files = KeptFiles(context, self, copies)
        self._lines = Wrapped(self.table, (WORDS,), LINES)
        self._verbs = {
            "attach": self.add_action("attach", "Add a photograph or file…", "Ctrl+J", self.choose_file),
            "permit": self.add_action("permit", "Permission…", "Ctrl+G", self.permit),
            "serve": self.add_action("serve", "Aims and focus areas…", "Ctrl+L", self.serve),
            "pack": self.add_action("pack", "Leave out of the pack", "Ctrl+R", self.toggle_pack),
        }
        self.panel.acted.connect(self._act)
        self.panel.place_wanted.connect(self.verbs.show)
        self.panel.dropped.connect(self.attach)
        self.chosen.connect(self._on_row)
        if self.editor is not None:
            self.editor.opened.connect(self._tie_form)

    def dress(self) -> None:
        """Give the rows room for what changed."""
        self._lines.dress()

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        few = ("Kind", "School", "Shows", "Date")  # the panel has them
        self._arrangement.squeeze(few[: sum(ems < bound for bound in (WIDE, WIDE, NARROW, NARROW))])

    # -- what can be done

    @override
    def new(self) -> None:
        if self.editor is not None:
            self.editor.new({"on": self._today()})

    @override
    def delete(self) -> None:
        row = self.current()
        if row is not None:
            action = partial(evidence.remove, evidence_id=row.id)
            self.context.book.change(f"Delete evidence {row.code}", action)

    def serve(self) -> None:
        """Say which aims and focus areas it shows."""
        row = self.current()
        if row is not None:
            self.verbs.serve("evidence", row.id, f"Aims of {row.code}", row.on)

    def choose_file(self) -> None:
        """Ask for a photograph or file to go with it."""
        if self.current() is not None:
            folder = self.context.documents
            choose_to_open(self.window(), "Choose a photograph or file", KEPT, folder, self.attach)

    def attach(self, path: Path) -> None:
        """Keep a photograph or file with it, in the place of the one there is."""
        row = self.current()
        if row is None:
            return

        def action(session: Session) -> int:
            return evidence.attach(session, row.id, File(read_chosen(path), path.name))

        self.context.book.change(f"Add a file to {row.code}", action)

    def take_file(self) -> None:
        """Take its photograph or file away."""
        row = self.current()
        if row is not None and row.file is not None:
            action = partial(evidence.take_file, evidence_id=row.id)
            self.context.book.change(f"Remove the file of {row.code}", action)

    def permit(self) -> None:
        """Ask on what basis its photograph may be used (R-DATA-3)."""
        row = self.current()
        if row is None or row.kind is not EvidenceKind.PHOTO:
            return
        dialog = Asking(self.window(), f"May {row.code} be printed?", "Save", self._today())
        pick = dialog.pick(
            "basis", "Why it may be used", [(basis.label, basis) for basis in PermissionBasis], row.permission
        )
        dialog.day("until", "Consent ends", row.consent_until, "Its last day; empty if it has none.")
        note = dialog.say(" ")

        def tell() -> None:
            basis = pick.value()
            dialog.show_row("until", on=basis is PermissionBasis.CONSENT)
            words, tone = permission_words(row.kind, basis, dialog.typed("until"), self._today())
            note.setText(words)
            note.set_tone(tone)

        dialog.changed.connect(tell)
        tell()

        def action(session: Session, typed: Typed) -> None:
            evidence.permit(session, row.id, typed["basis"], typed.get("until"))

        dialog.does(self.context, f"Permission for {row.code}", action)

    def toggle_pack(self) -> None:
        """Leave it out of the pack, or put it back."""
        row = self.current()
        if row is not None:
            words = "Leave {} out of the pack" if row.in_pack else "Put {} into the pack"
            action = partial(evidence.show_in_pack, evidence_id=row.id, shown=not row.in_pack)
            self.context.book.change(words.format(row.code), action)

    # -- inside

    def _tie_form(self, form: EvidenceForm) -> None:
        form.tie(self.context)

    def _act(self, verb: str, file: FileLine | None) -> None:
        if file is not None and verb in {"open", "save"}:
            (self.files.open if verb == "open" else self.files.save)(file)
            return
        {
            "attach": self.choose_file,
            "permit": self.permit,
            "serve": self.serve,
            "pack": self.toggle_pack,
            "take": self.take_file,
        }[verb]()

    def _on_row(self, row: EvidenceRow | None) -> None:
        for key in ("attach", "serve", "pack"):
            self._verbs[key].setEnabled(row is not None)
        self._verbs["permit"].setEnabled(row is not None and row.kind is EvidenceKind.PHOTO)
        out = row is not None and not row.in_pack
        self._verbs["pack"].setText("Put into the pack" if out else "Leave out of the pack")
