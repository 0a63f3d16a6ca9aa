"""What a rule says: a value that the window, the pack and `check` show alike (R-REV-4)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a verdict weighs. WARN never blocks; REFUSE needs a recorded override."""

    INFO = "info"
    WARN = "warn"
    REFUSE = "refuse"


class About(Struct, frozen=True, order=True):
    """The record a verdict is about: its table's name and its id; id 0 is the book as a whole."""

    table: str = "cluster"
    id: int = 0


BOOK = About()


class Verdict(Struct, frozen=True):
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


def unless_allowed(verdict: Verdict, allowed_because: str) -> Verdict:
    """The verdict, or, where somebody recorded why a refusal may pass, a note that says so."""
    if verdict.severity is not Severity.REFUSE or not allowed_because.strip():
        return verdict
    reason = allowed_because.strip().rstrip(".")
    return Verdict(verdict.rule, Severity.INFO, f"{verdict.text} Allowed because: {reason}.", verdict.about)


def refused(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those of the verdicts that block."""
    return [verdict for verdict in verdicts if verdict.severity is Severity.REFUSE]
