"""The review pack: from a frozen snapshot of the book to the bytes of one tagged PDF (R-REV-1 to R-REV-5)."""

from __future__ import annotations

import datetime as dt

from models.formats import NOT_ENTERED, listed
from models.queries.pack import PackData
from reports.kit import About, Furniture, Kit, in_one_go
from reports.pack import contents, cover, foreword
from reports.pack.catalogue import PARTS, Part, parts
from reports.pack.sheet import Sheet, data_to_words

__all__ = ["PARTS", "Part", "build_cover", "build_pack", "parts"]


@in_one_go()
def build_pack(
    data: PackData, *, short: bool = False, large_print: bool = False, stamp: dt.datetime
) -> bytes:
    """The review pack as a PDF.

    Args:
        data: all that it prints, from `models.queries.pack.pack_data`.
        short: only the parts of the short form.
        large_print: body text of 16 points instead of 12.
        stamp: the moment it is made; the same data and stamp give the same bytes.
    """
    sheet = Sheet(Kit(large_print=large_print), data)
    first, *others = parts(data, short=short)
    kit = sheet.kit
    story = [*first.story(sheet), *kit.turn(), *contents.body(sheet)]
    if foreword.is_written(data) and not short:
        story += [*kit.turn(), *foreword.body(sheet)]
    before = first
    for part in others:
        story += part.story(sheet, follows=part.follows(before, data), goes_on=part.goes_on_from(before))
        before = part
    return kit.document(_about(data, stamp), _furniture(data)).build(story)


@in_one_go()
def build_cover(data: PackData, *, large_print: bool = False, stamp: dt.datetime) -> bytes:
    """The cover alone, to be looked at while the pack is laid out; arguments as for `build_pack`."""
    sheet = Sheet(Kit(large_print=large_print), data)
    story = parts(data)[0].story(sheet)
    return sheet.kit.document(_about(data, stamp), _furniture(data)).build(story)


def _about(data: PackData, stamp: dt.datetime) -> About:
    who = data.profile
    name = who.name.strip() or "Cluster"
    author = listed(who.leads) or who.lead_school.strip() or NOT_ENTERED
    return About(
        title=f"{name}: {cover.answer(data)}",
        author=author,
        subject="Review pack for the Steering Group",
        stamp=stamp,
    )


def _furniture(data: PackData) -> Furniture:
    who = data.profile
    sample = f"{cover.SAMPLE}. " if who.sample else ""
    return Furniture(
        cluster=who.name.strip() or f"Cluster name {NOT_ENTERED}",
        title=cover.answer(data),
        note=f"{sample}Data to {data_to_words(data)}, {data.version_words}",
        schools=len(data.members.lines),
    )
