"""What a rule says: a value that the window, the pack and `check` show alike (R-REV-4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a verdict weighs. WARN never blocks; REFUSE needs a recorded override."""

    INFO = "info"
    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True, order=True)
class About:
    """The record a verdict is about: its table's name and its id; id 0 is the book as a whole."""

    table: str = "cluster"
    id: int = 0


BOOK = About()


@dataclass(frozen=True)
class Verdict:
    """One rule's finding.

    Attributes:
        rule: the rule id, such as "R-MEET-1".
        severity: info, warn or refuse.
        text: one sentence for the user that names the thing.
        about: the record to jump to.
    """

    rule: str
    severity: Severity
    text: str
    about: About = BOOK


def warn(rule: str, text: str, about: About = BOOK) -> Verdict:
    """A verdict that never blocks."""
    return Verdict(rule, Severity.WARN, text, about)


def refuse(rule: str, text: str, about: About = BOOK) -> Verdict:
    """A verdict that blocks until somebody records why it may pass."""
    return Verdict(rule, Severity.REFUSE, text, about)


def answered(response: str, rule: str, text: str, about: About = BOOK) -> Verdict | None:
    """A verdict with the weight that the scheme setting `ignore`, `warn` or `refuse` gives it."""
    return None if response == "ignore" else Verdict(rule, Severity(response), text, about)
