"""CPD recharge notes: what each school pays of a fee above the limit, to the penny (R-CPD-1 to R-CPD-5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.formats import count, long_date, pounds, prose_pounds
from models.queries.papers.recharge import Recharge, RechargeLine
from models.rules.cpd import CpdSplit
from models.words import ExcessSplit, VatRecovery
from reports.kit import Col, Kit, TableLook, Text
from reports.kit.forms import asked
from reports.papers.common import build, contacts, entered, lines

TITLE = "CPD recharge note"
SHARED = {
    ExcessSplit.EQUAL: "equally by the {} active on the day",
    ExcessSplit.ATTENDING: "equally by the {} that came",
    ExcessSplit.BY_ROLL: "by the {} in proportion to the pupils on roll",
}


@dataclass(frozen=True)
class _Line:
    """A row of the table of who pays what, in pence."""

    what: str
    net_p: int
    vat_p: int


def build_recharge(data: Recharge, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """A note for each school; of several, a last page adds them up for the lead school."""
    kit = Kit(large_print=large_print)
    story: list[Flowable] = []
    for line in data.lines:
        story += [*(kit.turn() if story else []), *_note(kit, data, line)]
    if not data.lines:
        story = _nothing(kit, data)
    if len(data.lines) > 1:
        story += [*kit.turn(), *_sums(kit, data)]
    return build(kit, data.head, f"{TITLE} {data.code}", story, stamp=stamp)


def _facts(data: Recharge, line: RechargeLine | None) -> list[tuple[Text, Text]]:
    facts: list[tuple[Text, Text]] = [("To", line.share.school_name)] if line else []
    facts += [
        ("From", entered(data.payee)),
        ("Session", f"{data.title}, {long_date(data.held_on)}"),
        ("Provider", entered(data.provider)),
    ]
    if line is not None:
        came = count(line.people, "person", "people") if line.people else "Nobody is marked as having come"
        facts.append(("From your school", came))
    return facts


def _note(kit: Kit, data: Recharge, line: RechargeLine) -> list[Flowable]:
    share = line.share
    claim = f"{share.school_name} pays {prose_pounds(share.gross_p)}"
    if share.gross_p == 0:
        claim = f"{share.school_name} has nothing to pay"
    return [  # the page after it, if there is one, says whose it is
        *kit.head(share.school_name, f"{TITLE} {data.code}", claim, listed=False),
        kit.facts(_facts(data, line), first=112, width=kit.width),
        kit.heading("How the fee is shared"),
        _table(kit, data, line),
        kit.space(6),
        kit.text(_why(data)),
        kit.together(_payment(kit, data, line)),
    ]


def _payment(kit: Kit, data: Recharge, line: RechargeLine) -> list[Flowable]:
    """What to pay to whom; the lead school owes nothing to itself."""
    due, reference = line.share.gross_p, ("Reference", data.code)
    pay: list[tuple[Text, Text | Flowable]] = [
        ("Please pay", f"{prose_pounds(due)} to {data.payee.strip() or 'the lead school'}"),
        ("To account", ""),
        reference,
        ("By", ""),
        ("Questions to", lines(contacts(data.head))),
    ]
    if line.own:
        said = f"Nothing to send: your school paid the provider. Its part is {prose_pounds(due)}."
        pay = [("Please pay", said), reference]
    return [
        kit.heading("To pay"),
        asked(kit, pay, 112, kit.width, 4),
        *([] if line.own else [kit.text(_vat(line), "note")]),
    ]


def _table(kit: Kit, data: Recharge, line: RechargeLine | None) -> Flowable:
    split = data.split
    rows = [
        _Line("The provider’s fee", split.fee_p, split.vat_p),
        _Line("Paid by the cluster pot", split.pot_net_p, split.pot_vat_p),
        _Line(_sharers(split), split.excess_net_p, split.excess_vat_p),
    ]
    strong: list[int] = []
    if line is not None:
        rows.append(_Line("Your school’s part", line.share.net_p, line.share.vat_p))
        strong = [3]
    return kit.table(
        _columns("Who pays"), rows, look=TableLook(pad=4, roomy=True, strong=strong, rules=strong)
    )


def _sharers(split: CpdSplit) -> str:
    """Who pays what is above the limit."""
    return f"Shared by {count(len(split.shares), 'school')}" if split.shares else "Left for the schools"


def _columns(first: str) -> list[Col[_Line]]:
    return [
        Col(first, lambda row: row.what, 0),
        Col("Before VAT", lambda row: pounds(row.net_p), 84, "right"),
        Col("VAT", lambda row: pounds(row.vat_p), 74, "right"),
        Col("Together", lambda row: pounds(row.net_p + row.vat_p), 84, "right"),
    ]


def _why(data: Recharge) -> str:
    """The limit, and how what is above it falls on the schools (R-CPD-1 to R-CPD-5)."""
    split = data.split
    vat = " and its VAT" if split.vat_p else ""
    if split.cap_p is None:
        return f"There is no limit for this provider: the pot pays the whole fee{vat}."
    each = f" for {count(data.sessions, 'session')}" if data.sessions > 1 else " for a session"
    limit = f"The pot pays at most {prose_pounds(split.cap_p)}{vat}{each}."
    if not split.excess_p:
        return f"{limit} This fee is within it."
    if not split.shares:
        return (
            f"{limit} No school was active on the day to share the {prose_pounds(split.excess_p)} above it."
        )
    how = SHARED[split.how].format(count(len(split.shares), "school"))
    said = f"{limit} The {prose_pounds(split.excess_p)} above it is shared {how}."
    if len({(one.net_p, one.vat_p) for one in split.shares}) > 1 and split.how is not ExcessSplit.BY_ROLL:
        said += (
            " Fee and VAT are each shared out to the penny; "
            "where they do not divide, the first schools by name pay a penny more."
        )
    return " ".join([said, *split.notes])


def _vat(line: RechargeLine) -> str:
    known = {
        VatRecovery.YES: "Your school is entered as getting VAT back.",
        VatRecovery.NO: "Your school is entered as not getting VAT back.",
        VatRecovery.ASK: "Whether your school gets VAT back is not entered.",
    }[line.recovers]
    return f"This note asks for payment; it is no VAT invoice. {known} Ask your school business manager."


def _nothing(kit: Kit, data: Recharge) -> list[Flowable]:
    split = data.split
    claim = "No school has anything to pay"
    if split.excess_p:
        claim = f"{prose_pounds(split.excess_p)} is above the limit, and no school is there to share it"
    return [
        *kit.head(TITLE, f"{TITLE} {data.code}", claim, listed=False),
        kit.facts(_facts(data, None), width=kit.width),
        kit.heading("How the fee is shared"),
        _table(kit, data, None),
        kit.space(6),
        kit.text(_why(data)),
    ]


def _sums(kit: Kit, data: Recharge) -> list[Flowable]:
    """For the lead school: all parts, and that they add up to what is above the limit (R-CPD-3)."""
    rows = [_Line(one.share.school_name, one.share.net_p, one.share.vat_p) for one in data.lines]
    net, vat = sum(row.net_p for row in rows), sum(row.vat_p for row in rows)
    claim = (
        f"{count(len(rows), 'part')} add up to {prose_pounds(net + vat)}, the whole amount above the limit"
    )
    total = ["All schools", pounds(net), pounds(vat), pounds(net + vat)]
    cols: list[Col[_Line]] = [*_columns("School"), Col("Paid", lambda _: "", 40, "center", blank="tick")]
    return [
        *kit.head(TITLE, f"For the lead school: {data.code}", claim, listed=False),
        kit.facts(_facts(data, None), width=kit.width),
        kit.heading("Each school’s part"),
        kit.table(cols, rows, total=[*total, ""], look=TableLook(pad=4, roomy=True)),
        kit.space(6),
        kit.text(_why(data)),
    ]
