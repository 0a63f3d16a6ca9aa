"""The cluster leads' own words, where they wrote some: a page of their own before the figures."""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import listed
from models.queries.pack import PackData
from reports.pack.sheet import Sheet, tied

QUESTION, TITLE, CLAIM = "What do those who run the cluster say?", "Foreword", "In our own words"


def is_written(data: PackData) -> bool:
    """True if there is a foreword to print."""
    return bool(data.words.foreword.strip())


def body(sheet: Sheet) -> list[Flowable]:
    """The whole page."""
    kit = sheet.kit
    said = [kit.text(words, "lead") for words in sheet.data.words.foreword.split("\n\n") if words.strip()]
    names = sheet.data.profile.leads
    who = [kit.text(listed(names), "source")] if names else []
    return [*kit.head(TITLE, QUESTION, CLAIM), *tied([*said, *who])]
