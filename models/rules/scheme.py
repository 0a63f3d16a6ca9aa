"""The scheme: every amount and limit, dated, with the guidance sentence it comes from (D1–D30, R-AGR-6).

The catalogue is data (resources/scheme.json). `Scheme` is the typed view of it on one day: the values
entered for the cluster where there are any, else the defaults. A changed value has a start date, so it
never rewrites an older claim.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from msgspec import Struct

import resources
from models.errors import BadInput
from models.formats import parse_pounds, prose_pounds

RULE = "rule"  # the kind of a setting that is only a response


class Response(StrEnum):
    """What a rule does when it is broken."""

    IGNORE = "ignore"
    WARN = "warn"
    REFUSE = "refuse"


class SettingSpec(Struct, frozen=True):
    """One setting of the catalogue: its kind, default, words, source and the rules that use it.

    `labels` are the words on screen for `choices`.
    """

    key: str
    kind: str  # pence, optional_pence, count, optional_count, percent, flag, choice or rule (no value)
    default: Any
    label: str
    guidance: str
    source: str
    rules: tuple[str, ...]
    response: Response
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def read(self, text: str) -> Any:
        """The typed value of a stored or typed text.

        Raises:
            BadInput: the text does not fit this setting; the sentence says what to enter.
        """
        typed = text.strip()
        if self.kind == RULE:
            return None
        if self.kind.startswith("optional_") and not typed:
            return None
        if self.kind.endswith("pence"):
            pence = parse_pounds(typed, self.key)
            if pence < 0:
                raise BadInput(f"{self.label}: write an amount of £0 or more, not “{typed}”.", self.key)
            return pence
        if self.kind == "flag":
            if typed.lower() in {"yes", "no"}:
                return typed.lower() == "yes"
            raise BadInput(f"{self.label}: write yes or no, not “{typed}”.", self.key)
        if self.kind == "choice":
            if typed in self.choices:
                return typed
            raise BadInput(f"{self.label}: write {' or '.join(self.choices)}.", self.key)
        percent = self.kind == "percent"
        number = typed.removesuffix("%").rstrip() if percent else typed
        if number.isascii() and number.isdigit() and int(number) <= (100 if percent else 10_000):
            return int(number)
        wanted = "a whole number from 0 to 100" if percent else "a whole number"
        raise BadInput(f"{self.label}: write {wanted}, not “{typed}”.", self.key)

    def words(self, value: Any) -> str:
        """A typed value as it is shown, in its unit: `£100`, `50%`, `yes`, `none`."""
        if self.kind == RULE:
            return ""
        if value is None:
            return "none"
        if self.kind.endswith("pence"):
            return prose_pounds(value)
        if self.kind == "choice":
            return dict(zip(self.choices, self.labels, strict=True))[value]
        text = self.write(value)
        return f"{text}%" if self.kind == "percent" else text

    def write(self, value: Any) -> str:
        """The stored text of a typed value; `read` takes it back."""
        if value is None or self.kind == RULE:
            return ""
        if self.kind == "flag":
            return "yes" if value else "no"
        if self.kind.endswith("pence"):
            return f"{value // 100}.{value % 100:02}"
        return str(value)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, SettingSpec]:
    """All settings by key, in the order they are shown."""
    rows = json.loads(resources.path("scheme.json").read_text(encoding="utf-8"))
    specs = [
        SettingSpec(
            **(
                row
                | {"rules": tuple(row["rules"]), "response": Response(row["response"])}
                | {part: tuple(row.get(part, ())) for part in ("choices", "labels")}
            )
        )
        for row in rows
    ]
    return {spec.key: spec for spec in specs}


class Dated(Struct, frozen=True):
    """A value entered for the cluster: from `starts_on` on, until a later one."""

    key: str
    value: str
    starts_on: dt.date
    response: Response | None = None


class Scheme(Struct, frozen=True):
    """The scheme's values on one day. Money in pence, shares in per cent."""

    cap_per_half_day: int
    release_allowance: int
    allowance_basis: str
    release_mode: str
    release_rollover: bool
    funded_places: int
    pot_release_cap: bool
    cap_includes_vat: bool
    claim_deadline: str
    absence_prompt: int
    meetings_min: int
    meetings_target: int
    count_after_school: bool
    count_subgroup: bool
    lead_action_share: int
    schools_min: int
    schools_max: int
    lead_phase_policy: str
    agreement_years: int
    agreement_warning_months: int
    lead_time_allowance: int
    lead_admin_allowance: int
    lead_rollover: bool
    budget_variance: int
    cpd_cap: int
    vat_rate: int
    cap_applies_to_fellow: bool
    excess_split: str
    psqm_places: int | None
    psqm_valid_years: int
    trust_copies: int
    starter_minutes: int
    loss_charged_to: str
    loan_skips_closed_days: bool
    loan_days: int
    sponsor_input_per_year: int | None
    input_basis: str
    approver_role: str
    scale_points: int
    small_group: int
    minutes_kept_years: int
    money_kept_years: int
    attendance_kept_years: int
    survey_kept_years: int
    leavers_kept_years: int
    responses: Mapping[str, Response]

    def response(self, key: str) -> Response:
        """How the rule behind a setting answers when it is broken: ignore, warn or refuse."""
        return self.responses[key]


NOT_ABOVE = (("schools_min", "schools_max"), ("meetings_min", "meetings_target"))
"""Settings of which the first is never more than the second."""


def require_agreement(scheme: Scheme) -> None:
    """Refuse values that contradict each other.

    Raises:
        BadInput: the least is more than the most.
    """
    for least, most in NOT_ABOVE:
        low, high = getattr(scheme, least), getattr(scheme, most)
        if low > high:
            one, two = catalogue()[least].label, catalogue()[most].label
            raise BadInput(f"“{one}” would be {low} and “{two}” {high}: change the other one first.", "value")


SchemeFor = Callable[[dt.date], Scheme]
"""The scheme in force on a day, for rules that look at more than one: a changed limit never reaches back."""


def scheme_on(day: dt.date, entered: Iterable[Dated] = ()) -> Scheme:
    """The scheme of a day: for each setting the newest value that started on or before it (R-AGR-6, D27).

    Raises:
        BadInput: a stored value no longer fits its setting.
    """
    specs = catalogue()
    values = {spec.key: spec.default for spec in specs.values() if spec.kind != RULE}
    responses = {spec.key: spec.response for spec in specs.values()}
    for row in sorted(entered, key=lambda row: row.starts_on):
        spec = specs.get(row.key)
        if spec is None or row.starts_on > day:
            continue
        if spec.kind != RULE:
            values[row.key] = spec.read(row.value)
        responses[row.key] = row.response or responses[row.key]
    return Scheme(**values, responses=responses)


@lru_cache(maxsize=1)
def default_scheme() -> Scheme:
    """The scheme of a cluster that has changed nothing."""
    return scheme_on(dt.date.max)
