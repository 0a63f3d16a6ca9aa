"""Which version a pack is, what changed since the one before, and which parts it has (R-REV-3)."""

import datetime as dt
import io

from PIL import Image

from models.queries.frozen import Since
from models.queries.pack import IssuedAs
from models.rules.arrangement import MOVABLE, Arrangement
from models.rules.review import Drift
from models.values import replace
from reports.pack import build_cover, build_pack, cover, openends, parts
from tests.reports.pack.factories import DAY, STAMP, pack
from tests.reports.pdf_checks import alternatives, assert_sound, outline, texts, words

SINCE = Since(1, dt.date(2025, 6, 1), (Drift("pot_spent", 1640_00, 1700_00),), ("Cluster account",))


def test_a_paper_that_is_not_issued_says_that_it_is_a_draft():
    assert dict(cover.facts(pack()))["Data to"].endswith("draft of version 1")
    issued = dict(cover.facts(pack(version=2, issued=IssuedAs(7, DAY), since=SINCE)))
    assert issued["Data to"].endswith(", version 2")
    assert "as number 7" in issued["Issued"]
    assert issued["Since version 1"] == "1 figure has changed since"


def test_version_2_prints_figure_by_figure_what_changed(second_year):
    data = replace(second_year, version=2, issued=IssuedAs(2, DAY), since=SINCE)
    said = words(build_pack(data, stamp=STAMP))
    assert "What changed since version 1, issued on 1 June 2025" in said
    assert "Cluster pot, money out: £1,640 in version 1, £1,700 in version 2." in said
    assert "Parts whose records changed: Cluster account." in said


def test_parts_left_out_do_not_print_and_moved_ones_print_where_they_were_put(second_year):
    order = (3, 2, *MOVABLE[2:])
    data = replace(second_year, arrangement=Arrangement(order, frozenset({6, 12})))
    titles = outline(build_pack(data, stamp=STAMP))
    usual = [part.title for part in parts(second_year)]
    assert titles[2:4] == ["Members", "Summary"]
    assert set(usual) - set(titles) == {"Cover", "Meetings", "Confidence"}
    assert titles[-1] == usual[-1]
    assert "Meetings" in [part.title for part in openends.gaps(second_year)]
    assert "Meetings" not in [part.title for part in openends.gaps(data)]


def test_the_cover_alone_is_the_first_page_of_the_pack(second_year, sample_pack):
    assert texts(build_cover(second_year, stamp=STAMP)) == texts(sample_pack)[:1]


def test_a_logo_stands_on_the_cover_in_every_print_and_a_damaged_one_stops_nothing():
    made = io.BytesIO()
    Image.new("RGBA", (900, 300), (0, 90, 107, 255)).save(made, "PNG")
    for large in (False, True):
        paper = build_cover(pack(logo=made.getvalue()), large_print=large, stamp=STAMP)
        assert "Logo of" in " ".join(alternatives(paper))
        assert len(texts(paper)) == 1
        assert_sound(paper)
    assert alternatives(build_cover(pack(logo=made.getvalue()[:50]), stamp=STAMP)) == []
