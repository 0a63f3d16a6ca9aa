"""Papers by their key: asked of a book, and built."""

import datetime as dt

from reports.papers import PAPERS
from tests.reports.kit.making import STAMP

DAY = dt.date(2025, 6, 20)
ABOUT = {
    "sign_in": (20,),
    "agenda": (20,),
    "minutes": (16,),
    "claim_form": (31,),
    "claim_form_blank": (),
    "remittance": (49,),
    "recharge": (4,),
    "school_page": ([],),
    "evaluation_slip": (4,),
    "confidence_survey": (2024,),
    "successor": (),
}
"""What each is asked about in the sample."""
LARGE = {"large_print": True}
KINDS = {
    key: [{}, LARGE, {"per_page": 4}, {"per_page": 1}] if key == "evaluation_slip" else [{}, LARGE]
    for key in ABOUT
}


def asked(book, key, about=None, **more):
    """The data of a paper; `about` None or (): what `ABOUT` says."""
    with book.read() as session:
        return PAPERS[key].query()(session, *(about or ABOUT[key]), lambda: DAY, **more)


def built(key, data, **kind):
    """The paper's PDF."""
    return PAPERS[key].builder()(data, **kind, stamp=STAMP)
