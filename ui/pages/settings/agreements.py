"""The agreements with the sponsor, one a stage (R-AGR-1 to R-AGR-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.rules.agreement import MEANINGS
from ui.format import long_date
from ui.forms.spec import FormSpec
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override

if TYPE_CHECKING:
    from models.queries.settings_page import AgreementRow
    from ui.context import AppContext

FORM = FormSpec(
    "agreement",
    "agreement",
    rows=(("stage",), ("stage_label",), ("starts_on", "ends_on"), ("pilot",)),
    more=(
        ("report_on", "review_result"),
        ("application_on", "application_result"),
        ("transition_approved_on",),
    ),
    labels={"stage": "Stage, 1 to 4", "stage_label": "Called"},
    helps={
        "stage": ". ".join(f"{number}: {words}" for number, words in MEANINGS.items()) + ".",
        "stage_label": "Only if the cover shall say it in other words.",
    },
)


class AgreementPanel(DetailPanel):
    """What is known of an agreement."""

    @override
    def show_record(self, record: Any) -> None:
        if record is None:
            self.say("Choose an agreement to see how far it is.")
            return
        row: AgreementRow = record
        self.fill(
            record_head(f"Stage {row.stage}", row.state, row.label),
            facts(
                [
                    ("Starts", long_date(row.starts_on)),
                    ("Ends", long_date(row.ends_on)),
                    ("Pilot year", "Yes" if row.pilot else ""),
                    ("Report sent", long_date(row.report_on)),
                    ("Review", row.review),
                    ("Application", long_date(row.application_on)),
                    ("Its result", row.application),
                    ("Next stage", long_date(row.transition_on)),
                ]
            ),
        )


def agreements_pane(context: AppContext) -> ListPane[AgreementRow]:
    """The list of agreements."""
    from models.queries.settings_page import agreement_rows

    spec: ListSpec[AgreementRow] = ListSpec(
        key="settings-agreements",
        table="agreement",
        noun="agreement",
        plural="agreements",
        columns=(
            Column("Stage", lambda row: str(row.stage), lambda row: row.stage, Look.STRONG),
            Column("Called", lambda row: row.label, lambda row: row.label.casefold(), stretch=True),
            Column("Starts", lambda row: long_date(row.starts_on), lambda row: row.starts_on),
            Column("Ends", lambda row: long_date(row.ends_on), lambda row: row.ends_on),
            Column("State", lambda row: row.state, lambda row: row.state, Look.STATE),
        ),
        identity=lambda row: row.id,
        title=lambda row: row.title,
        ask=lambda session, _year: agreement_rows(session, context.today()),
        empty=Empty(
            Icon.PACK,
            "An agreement is what the cluster and its sponsor have signed: usually two years. Its dates give "
            "the year of the stage, the countdown to its end, and when a report is due.",
            "Enter the agreement",
        ),
        form=FORM,
    )
    return ListPane(context, spec, AgreementPanel("Agreement"))
