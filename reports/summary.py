"""The headline figures as text and as JSON, for scripts and for checking (architecture, command line)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from models.calendar import year_code, year_label
from models.formats import NOT_ENTERED, count, long_date, pounds
from models.queries.headline import Headline
from models.rules.lead_funds import LeadYear
from models.rules.verdict import Verdict
from models.words import FundKind


def _lead(line: LeadYear | None) -> dict[str, int | None]:
    if line is None:
        return {"allowance": None, "spent": None, "left": None}
    return {"allowance": line.available_p, "spent": line.spent_p, "left": line.left_p}


def figures(now: Headline, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The figures by key. Amounts are pence; None (null) is “not entered” and never zero (R-REV-5)."""
    pot, cells = now.pot, now.attendance.cells
    return {
        "cluster": now.cluster,
        "school_year": year_code(now.year),
        "schools": now.schools,
        "meetings": {
            "held": now.meetings.held,
            "counted": now.meetings.counted,
            "minimum": now.meetings.minimum,
            "target": now.meetings.target,
        },
        "attendance": {
            "cells": cells,
            "present": now.attendance.present,
            "percent": int(now.attendance.percent.removesuffix("%")) if cells else None,
        },
        "cover": {
            "half_days": now.cover.half_days,
            "cost": now.cover.cost_p,
            "recognised": now.cover.recognised_p,
            "school_share": now.cover.school_share_p,
            "allowance": now.allowance_p,
            "left": now.allowance_left_p,
        },
        "pot": {
            "opening": pot.opening_p if pot else None,
            "income": pot.income_p if pot else None,
            "spent": pot.spent_p if pot else None,
            "closing": pot.closing_p if pot else None,
        },
        "lead_time": _lead(now.lead_fund(FundKind.LEAD_TIME)),
        "lead_admin": _lead(now.lead_fund(FundKind.LEAD_ADMIN)),
        "cpd": {
            "sessions": now.cpd.sessions,
            "attendances": now.cpd.attendances,
            "people": now.cpd.people,
            "pot_net": now.cpd.pot_net_p,
            "pot_vat": now.cpd.pot_vat_p,
            "excess_net": now.cpd.excess_net_p,
            "excess_vat": now.cpd.excess_vat_p,
        },
        "resources": {
            "items": now.bank.items,
            "loans": now.bank.use.loans,
            "borrowing_schools": now.bank.use.schools,
            "overdue": now.bank.overdue,
            "missing": now.bank.missing,
        },
        "warnings": [{"rule": one.rule, "text": one.text} for one in verdicts],
    }


def as_json(now: Headline, verdicts: Sequence[Verdict]) -> str:
    """The figures as JSON text, in a fixed order."""
    return json.dumps(figures(now, verdicts), indent=2, ensure_ascii=False)


def as_text(now: Headline, verdicts: Sequence[Verdict]) -> str:
    """The figures in words, one subject a line."""
    pot = now.pot
    lines = [
        ("Schools", count(now.schools, "school")),
        ("Meetings in school time", f"{now.meetings.text}; {now.meetings.held} held"),
        ("Attendance", f"{now.attendance.text} ({now.attendance.percent})"),
        (
            "Supply cover",
            f"{count(now.cover.half_days, 'half-day')}: {pounds(now.cover.cost_p)} cost = "
            f"{pounds(now.cover.recognised_p)} recognised + {pounds(now.cover.school_share_p)} school share",
        ),
        ("Release allowances", f"{pounds(now.allowance_left_p)} left of {pounds(now.allowance_p)}"),
        (
            "Cluster pot",
            _account(pot.opening_p, pot.income_p, pot.spent_p, pot.closing_p) if pot else NOT_ENTERED,
        ),
    ]
    lines += [
        (
            line.kind.label,
            f"{pounds(line.spent_p)} spent of {pounds(line.available_p)}, {pounds(line.left_p)} left",
        )
        for line in now.lead
    ]
    lines += [
        (
            "CPD",
            f"{count(now.cpd.sessions, 'session')}, {count(now.cpd.people, 'person', 'people')}, "
            f"{count(now.cpd.attendances, 'attendance')}",
        ),
        (
            "Resource bank",
            f"{count(now.bank.items, 'resource')}, {now.bank.use.text}, {now.bank.overdue} overdue",
        ),
    ]
    width = max(len(name) for name, _ in lines) + 2
    head = f"{now.cluster or NOT_ENTERED}, {year_label(now.year)}, data to {long_date(now.data_to)}"
    body = [f"{name + ':':<{width}} {words}" for name, words in lines]
    warnings = [f"{one.rule}: {one.text}" for one in verdicts]
    tail = (
        ["", count(len(warnings), "thing to look at", "things to look at") + ":", *warnings]
        if warnings
        else []
    )
    return "\n".join([head, *body, *tail])


def _account(opening_p: int, income_p: int, spent_p: int, closing_p: int) -> str:
    return f"{pounds(opening_p)} + {pounds(income_p)} in − {pounds(spent_p)} out = {pounds(closing_p)}"
