"""The fifth tab: who can help with what, and who asks for it (R-PPL-1). Nobody is ranked (R-PPL-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.queries.partnership_page import StrengthRow, strength_rows
from models.words import OfferKind
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, record_head
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.schools.fitted import Fit, FittedPane
from ui.pages.schools.forms import STRENGTH, StrengthForm
from ui.pages.schools.pieces import part, quiet, titled
from ui.widgets.layouts import rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from sqlmodel import Session

    from ui.context import AppContext
    from ui.forms.draft_form import DraftForm
    from ui.widgets.layouts import Item


def _rows(session: Session, _year: int) -> tuple[StrengthRow, ...]:
    return strength_rows(session)


def fits_words(row: StrengthRow) -> str:
    """Whom it fits, by name; an ask that nobody meets says so."""
    if row.unmet:
        return "nobody yet"
    return ", ".join(dict.fromkeys(one.name for one in row.fits))


def strengths_spec() -> ListSpec[StrengthRow]:
    """The directory."""
    return ListSpec(
        key="strengths",
        table="strength",
        noun="strength",
        plural="strengths",
        columns=(
            Column(
                "Topic", lambda r: r.fact.topic, lambda r: r.fact.topic.casefold(), Look.STRONG, stretch=True
            ),
            Column("Kind", lambda r: r.fact.kind.label, lambda r: r.fact.kind.label, Look.STATE),
            Column("Name", lambda r: r.fact.name, lambda r: r.fact.name.casefold()),
            Column("School", lambda r: r.fact.school, lambda r: r.fact.school.casefold()),
            Column("Fits", fits_words, fits_words, Look.MUTED),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.fact.topic,
        ask=_rows,
        empty=Empty(
            Icon.PEOPLE,
            "What teachers can help others with, and what they ask help for: look here before a provider "
            "is paid. An ask and an offer of the same topic find each other.",
            "Add the first strength",
        ),
        chips=(
            ChipSpec("Offers", lambda r: r.fact.kind is OfferKind.OFFER),
            ChipSpec("Asks", lambda r: r.fact.kind is OfferKind.ASK),
            ChipSpec("Unmet", lambda r: r.unmet),
        ),
        form=STRENGTH,
        form_class=StrengthForm,
        words=lambda r: " ".join((r.fact.topic, r.fact.name, r.fact.school, r.fact.kind.label, r.notes)),
    )


class StrengthPanel(DetailPanel):
    """One line of the directory, and whom it fits."""

    @override
    def show_record(self, record: StrengthRow | None) -> None:
        if record is None:
            self.say("Choose a topic to see whom it fits.")
            return
        one = record.fact
        who = " · ".join(x for x in (one.name, one.school) if x)
        items: list[Item] = [record_head(one.topic, one.kind.label, who)]
        if record.notes:
            items.append(Label(record.notes, wrap=True))
        offered = one.kind is OfferKind.OFFER
        head = "Asked for by" if offered else "Offered by"
        none = "Nobody asks for this now." if offered else "Nobody offers this yet: ask at the next meeting."
        lines: list[Item] = [] if record.fits else [quiet(none)]
        lines += [
            titled(fit.name, " · ".join(x for x in (fit.school, fit.topic) if x)) for fit in record.fits
        ]
        self.fill(*items, rule(), part(head, *lines, gap=8))


class StrengthsPane(FittedPane[StrengthRow]):
    """The directory."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            context, strengths_spec(), StrengthPanel("Strength"), fit=Fit(("School",), ("Fits",))
        )
        if self.editor is not None:
            self.editor.opened.connect(self._opened)

    def _opened(self, form: DraftForm) -> None:
        if isinstance(form, StrengthForm):
            form.watch([row.fact for row in self.records()])
