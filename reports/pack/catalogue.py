"""The parts of the review pack in their order (domain, part C): number, title, question, answer, body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.queries.pack import PackData
from models.queries.readiness import TITLES
from models.rules.review import SectionState
from reports.pack import (
    account,
    aims,
    attendance,
    bank,
    claims,
    classrooms,
    coming,
    confidence,
    cover,
    cpd,
    focus,
    inclusion,
    issues,
    lead,
    meetings,
    members,
    openends,
    partners,
    people,
    projects,
    psqm,
    release,
    signatures,
    stage,
    summary,
    transition,
    workings,
)
from reports.pack.sheet import Sheet, tied

COVER, SUMMARY, APPENDICES = 1, 2, 24
BEGINNING = 3
"""What stands together at the beginning of a part: its question, its headline, and the chart below."""
WHOLE = frozenset({COVER, SUMMARY, APPENDICES})
"""Parts that keep their own pages, whatever is entered."""


@dataclass(frozen=True)
class Part:
    """One part of the pack.

    Attributes:
        number: as the domain numbers the parts; the appendices share one.
        title: for the header, the bookmarks and the contents page.
        question: the Steering Group's question that its headline answers.
        answer: the headline, a sentence made from the data.
        body: what proves it, below the headline.
        short: belongs to the short form.
        landscape: stands on landscape pages.
        brief: takes a third of a page, and shares one with others like it.
        blank: whether nothing is entered for it: then it shares a page too.
        closes: stands below the part before it, where that leaves room for all of it.
        goes_on: begins below the part before it, where the last page of that has room for its first chart.
        due: whether a pack has this part at all.
    """

    number: int
    title: str
    question: str
    answer: Callable[[PackData], str]
    body: Callable[[Sheet], list[Flowable]]
    short: bool = False
    landscape: bool = False
    brief: bool = False
    blank: Callable[[PackData], bool] | None = None
    closes: bool = False
    goes_on: bool = False
    due: Callable[[PackData], bool] = lambda _data: True

    def shares(self, data: PackData) -> bool:
        """Whether it may stand on a page with others: a pack of white pages is nothing to hand over."""
        return self.brief or self._is_blank(data)

    def _is_blank(self, data: PackData) -> bool:
        if self.blank is not None:
            return self.blank(data)
        missing = {one.number for one in data.readiness if one.state is SectionState.MISSING}
        return self.number in missing - WHOLE

    def is_wide(self, data: PackData) -> bool:
        """Whether it stands on landscape pages."""
        return self.landscape and not self._is_blank(data)

    def follows(self, before: Part, data: PackData) -> bool:
        """Whether it stands below the part before it, where that leaves room for all of it."""
        if before.number in {COVER, SUMMARY} or before.is_wide(data):
            return False
        return self.closes or self._is_blank(data) or (self.brief and before.shares(data))

    def goes_on_from(self, before: Part) -> bool:
        """Whether its beginning may fill the last page of that part: two on one subject, both upright."""
        return self.goes_on and before.number == self.number - 1 and not before.landscape

    def story(self, sheet: Sheet, *, follows: bool = False, goes_on: bool = False) -> list[Flowable]:
        """The part from its new page on; the cover has neither question nor headline.

        Args:
            sheet: the kit and the data.
            follows: it may share the page of the part before.
            goes_on: its beginning may stand below the part before.
        """
        if self.number == COVER:
            return self.body(sheet)
        kit, data = sheet.kit, sheet.data
        wide = self.is_wide(data)
        width = kit.wide if wide else kit.width
        own = [*kit.head(self.title, self.question, self.answer(data), width=width), *tied(self.body(sheet))]
        if goes_on and not follows:
            return [*kit.after(own[:BEGINNING]), *own[BEGINNING:]]
        return kit.after(own) if follows else [*kit.turn("landscape" if wide else "portrait"), *own]


def _appendix(letter: str, title: str) -> str:
    return f"Appendix {letter}: {title}"


PARTS = (
    Part(
        1, TITLES[1], "Which cluster, which year, who answers for it?", cover.answer, cover.body, short=True
    ),
    Part(
        2, TITLES[2], "Did it work, and what do you want from us?", summary.answer, summary.body, short=True
    ),
    Part(3, TITLES[3], "Who is in it; is it stable?", members.answer, members.body),
    Part(4, TITLES[4], "Have the agreed aims been met?", aims.answer, aims.body, short=True),
    Part(5, TITLES[5], "Where is the effort going; what is untouched?", focus.answer, focus.body),
    Part(6, TITLES[6], "Is the partnership agreement upheld?", meetings.answer, meetings.body, short=True),
    Part(
        7,
        TITLES[7],
        "Is every school taking part?",
        attendance.answer,
        attendance.body,
        short=True,
        landscape=True,
        blank=lambda data: not data.meetings.matrix.columns,
    ),
    Part(8, TITLES[8], "Are schools giving what they promised?", release.answer, release.body, short=True),
    Part(
        9,
        TITLES[9],
        "Is the money spent properly; what is left?",
        account.answer,
        account.body,
        short=True,
        goes_on=True,
    ),
    Part(10, TITLES[10], "Was prior approval sought?", lead.answer, lead.body),
    Part(11, TITLES[11], "Is CPD good value and needed?", cpd.answer, cpd.body, short=True),
    Part(12, TITLES[12], "Are teachers more confident?", confidence.answer, confidence.body, short=True),
    Part(
        13,
        TITLES[13],
        "What do children meet that is different; beyond those who attended?",
        classrooms.answer,
        classrooms.body,
    ),
    Part(14, TITLES[14], "Is there a balance; what was learnt?", projects.answer, projects.body),
    Part(15, TITLES[15], "Are resources used and shared?", bank.answer, bank.body),
    Part(16, TITLES[16], "Is quality-mark money used as allowed?", psqm.answer, psqm.body, brief=True),
    Part(
        17, TITLES[17], "Is the step from KS2 to KS3 helped?", transition.answer, transition.body, brief=True
    ),
    Part(18, TITLES[18], "Who benefits?", inclusion.answer, inclusion.body, brief=True),
    Part(19, TITLES[19], "Will it last without one person?", people.answer, people.body),
    Part(20, TITLES[20], "Who else supports this?", partners.answer, partners.body),
    Part(21, TITLES[21], "Were problems raised early?", issues.answer, issues.body),
    Part(22, TITLES[22], "What next?", coming.answer, coming.body, short=True),
    Part(23, TITLES[23], "Ready for the next stage?", stage.answer, stage.body, due=stage.is_due),
    Part(
        APPENDICES,
        _appendix("A", "claims"),
        "Which claims stand behind the figures?",
        claims.answer,
        claims.body,
        landscape=True,
        blank=lambda data: not data.cover.claims,
    ),
    Part(
        APPENDICES,
        _appendix("B", "workings"),
        "How were the figures worked out?",
        workings.answer,
        workings.body,
    ),
    Part(
        APPENDICES,
        _appendix("C", "open ends"),
        "What is missing, and what is unusual?",
        openends.answer,
        openends.body,
    ),
    Part(
        APPENDICES,
        _appendix("D", "signatures"),
        "Who answers for this pack?",
        signatures.answer,
        signatures.body,
        closes=True,
    ),
)


def parts(data: PackData | None = None, *, short: bool = False) -> tuple[Part, ...]:
    """The parts of a pack in the order that the lead gave them, or those of its short form.

    Without data all that there may be, in the usual order.
    """
    found = [part for part in PARTS if part.short or not short]
    if data is None:
        return tuple(found)
    printed = data.arrangement.printed
    due = [part for part in found if part.number in printed and part.due(data)]
    return tuple(sorted(due, key=lambda part: printed.index(part.number)))
