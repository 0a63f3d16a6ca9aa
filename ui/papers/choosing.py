"""Which options each paper has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.words import SurveyRound
from ui.papers.items import Items
from ui.papers.labels import LabelOptions
from ui.papers.options import (
    OneOfFew,
    OneRecord,
    OneSchool,
    OneYear,
    SomeRecords,
    Toggle,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.papers.options import Option
    from ui.papers.registry import PaperUse
    from ui.settings import Settings

NO_MEETING = "No meeting is entered yet: enter one on Meetings, and its papers can be printed here."
NO_SESSION = "No CPD session is entered yet: enter one on Meetings, and its papers can be printed here."
NO_CLAIM = "No cover claim is entered yet: enter one on Cover claims, and its form can be printed here."
NO_PAID = "No claim is paid yet: pay one on Cover claims, and its remittance advice can be printed here."
NO_LOAN = "Nothing is lent or booked: lend something on Resource bank, and its slip can be printed here."
NO_THING = "Nothing is there to lend yet: enter a kit on Resource bank, and print for it here."
SIGN_UPS = {"sign_in", "agenda", "minutes", "handover"}


def options_of(use: PaperUse, settings: Settings, year: int, again: Callable[[int], None]) -> list[Option]:
    """The options of a paper, in the order to show them.

    Args:
        use: the paper.
        settings: remembers how labels are printed.
        year: the school year in view.
        again: called with another school year when what is offered depends on it.
    """
    made: list[Option] = [*_subject(use, settings, year, again), *_ways(use)]
    if use.large_print:
        made.append(Toggle("Large print", "large_print", "Text of 16 points instead of 12"))
    return made


def _subject(use: PaperUse, settings: Settings, year: int, again: Callable[[int], None]) -> list[Option]:
    """What the paper is of."""
    key = use.key
    if key in SIGN_UPS:
        return [OneRecord("Meeting", NO_MEETING)]
    if key in {"labels", "label_test"}:
        return [LabelOptions(settings, Items(NO_THING, "a label"), test=key == "label_test")]
    found: dict[str, Callable[[], list[Option]]] = {
        "evaluation_slip": lambda: [OneRecord("CPD session", NO_SESSION)],
        "recharge": lambda: [
            OneRecord("CPD session", NO_SESSION),
            OneSchool("School", "Every school that pays"),
        ],
        "claim_form": lambda: [OneRecord("Claim", NO_CLAIM)],
        "claim_form_blank": lambda: [OneSchool("School", "Any school", begins=True)],
        "remittance": lambda: [OneRecord("Paid claim", NO_PAID)],
        "contents_card": lambda: [Items(NO_THING, "a card")],
        "loan_slip": lambda: [SomeRecords("Loan", "All that are out now", of_usual=True, empty=NO_LOAN)],
        "school_page": lambda: [SomeRecords("School", "All schools"), OneYear(year, asked=True, again=again)],
        "stock_check": lambda: [OneYear(year)],
        "confidence_survey": lambda: [OneYear(year)],
    }
    return found[key]() if key in found else []


def _ways(use: PaperUse) -> list[Option]:
    """How it is laid out."""
    found: dict[str, Callable[[], list[Option]]] = {
        "handover": lambda: [Toggle("Each school on its own page", "apart", "To hand out at the meeting")],
        "stock_check": lambda: [
            Toggle("With the contents of kits", "contents", "A box for the count of each part")
        ],
        "contents_card": lambda: [
            OneOfFew("Size", "size", (("A5, two on a page to cut apart", "A5"), ("A4, one on a page", "A4")))
        ],
        "evaluation_slip": lambda: [_per_page()],
        "confidence_survey": lambda: [_round(), _per_page()],
        "catalogue": lambda: [_order()],
    }
    return found[use.key]() if use.key in found else []


def _per_page() -> OneOfFew:
    entries = (("2, to cut apart", 2), ("4, to cut apart", 4), ("1", 1))
    return OneOfFew("Slips on a page", "per_page", entries, help_="Large ones take more room.")


def _round() -> OneOfFew:
    entries = (("To be ticked on the slip", None), *((one.label, one) for one in SurveyRound))
    return OneOfFew("Round", "which", entries, of_query=True)


def _order() -> OneOfFew:
    from reports.papers.catalogue import Order

    return OneOfFew("Grouped by", "order", [(one.value, one) for one in Order])
