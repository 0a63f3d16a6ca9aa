"""The successor book: how things stand today, for whoever takes over the cluster (R-CLU-12, F1.14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, date_range, long_date, prose_pounds
from models.queries.papers.successor import SuccessorBook
from models.queries.todo import TodoLine
from models.rules.agreement import stage_label
from models.words import FundKind
from reports.kit import BREAK, Bold, Col, Kit, Muted, TableLook, Text
from reports.papers.common import build, entered
from reports.papers.successor_parts import dates, kits, money, notes, people, promises

TITLE = "Successor book"


def headline(data: SuccessorBook) -> str:
    """Money, promises and kits in one sentence."""
    pot = next((one for one in data.funds if one.kind is FundKind.POT), None)
    out = [one for one in data.kits if one.out]
    kind = "kit" if all(one.is_kit for one in out) else "thing"
    away = count(len(out), f"{kind} out", f"{kind}s out")
    rest = f"{count(len(data.actions), 'open action')} and {away}"
    if pot is None:
        return f"You take over {rest}; no pot is entered yet"
    if not (pot.account.opening_p or pot.account.closing_p or pot.entries or pot.previous):
        return f"You take over {rest}; no money is entered in the pot yet"
    return f"You take over {prose_pounds(pot.account.closing_p)} in the pot, {rest}"


def build_successor_book(data: SuccessorBook, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The book as a PDF: where things stand, then a part each for money, promises, kits, dates and people."""
    kit = Kit(large_print=large_print)
    story: list[Flowable] = [
        *kit.head("Start here", "What do I take over?", headline(data)),
        kit.facts(_facts(data), first=112, width=kit.width),
        kit.heading("In this book"),
        kit.contents(),
        *kit.turn(),
        *kit.head("To do", "What needs doing now?", _first(data.todo)),
        _todo(kit, data.todo),
    ]
    for part in (money, promises, kits, dates, people):
        story += kit.after(part(kit, data))
    story += [*kit.turn(), *notes(kit, data)]
    return build(kit, data.head, TITLE, story, stamp=stamp)


def _facts(data: SuccessorBook) -> list[tuple[Text, Text]]:
    who, agreement = data.profile, data.profile.agreement
    stage = NOT_ENTERED
    if agreement is not None:
        words = stage_label(agreement.stage, agreement.stage_label)
        stage = f"{words}, {date_range(agreement.starts_on, agreement.ends_on)}"
    return [
        ("Lead school", entered(who.lead_school)),
        ("Cluster leads", entered(", ".join(who.leads))),
        ("Cluster Advisor", entered(who.advisor)),
        ("Sponsor", entered(who.sponsor)),
        ("Agreement", stage),
        ("As of", long_date(data.head.today)),
    ]


def _first(lines: Sequence[TodoLine]) -> str:
    late = sum(one.late for one in lines)
    if not lines:
        return "Nothing needs doing today"
    said = f"{count(len(lines), 'thing')} to do"
    return f"{said}, {late} of them late" if late else said


def _todo(kit: Kit, lines: Sequence[TodoLine]) -> Flowable:
    def words(one: TodoLine) -> Text:
        late = [Bold("Late. ")] if one.late else []
        return [*late, one.title, BREAK, Muted(one.detail)] if one.detail else [*late, one.title]

    cols: list[Col[TodoLine]] = [
        Col("To do", words, 0),
        Col("Done", lambda _: "", 36, "center", blank="tick"),
    ]
    look = TableLook(pad=4, roomy=True, empty="Nothing needs doing today.")
    return kit.table(cols, lines, look=look)
