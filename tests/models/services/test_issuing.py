"""Issued packs are frozen (R-REV-3); words, plan, parts and logo of a pack are kept."""

import datetime as dt
import io

import pytest
from PIL import Image
from sqlmodel import select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.book import Book
from models.queries.pack import data_to_issue, pack_data
from models.queries.pack_page import compare, issued_paper, issued_tab, next_tab, words_tab
from models.queries.readiness import printed_readiness
from models.rules.arrangement import Arrangement
from models.services import issuing, pack_options, pack_words
from models.words import PackNoteKind

JUNE, JULY = dt.date(2025, 6, 20), dt.date(2025, 7, 1)


def png(colour):
    picture = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(picture, "PNG")
    return picture.getvalue()


def laid_out(store, day=JUNE, on=None):
    with store.read() as session:
        return data_to_issue(Book(session), 2024, day, on or day)


def issue(store, data, pdf=b"%PDF-1"):
    with store.transaction("Issue the pack") as (session, _):
        return issuing.issue(session, data, pdf)


def rename(store, name="Renamed Cluster"):
    with store.transaction("Rename") as (session, _):
        session.exec(select(t.Cluster)).one().name = name


def pay(store, pence):
    with store.transaction("Correct an entry") as (session, _):
        entry = session.exec(select(t.FundEntry).where(t.FundEntry.code == "E-0030")).one()
        entry.amount_p += pence
        session.add(entry)


def test_r_rev_3_an_issued_pack_stays_and_a_later_change_makes_version_2_that_says_what_changed(sample):
    first = issue(sample, laid_out(sample), b"%PDF-first")
    assert (first.pack_number, first.version) == (1, 1)
    with sample.read() as session:
        same = pack_data(Book(session), 2024, JUNE)
        assert same.since.words == "Issued as version 1 on 20 June 2025; nothing has changed since."
        spent = same.headline.pot.spent_p

    pay(sample, 6000)
    second = laid_out(sample, JULY)
    assert (second.version, second.issued.pack_number) == (2, 2)
    changed = {one.key: (one.issued, one.now) for one in second.since.changes}
    assert changed["pot_spent"] == (spent, spent + 6000)
    assert "Cluster account" in second.since.parts
    later = {"Cover", "Members", "Professional development", "Resource bank", "Confidence"}
    assert not later & set(second.since.parts)  # a later day alone changes no records
    issue(sample, second, b"%PDF-second")

    with sample.read() as session:
        newest, oldest = issued_tab(session)
        assert (newest.version, oldest.version) == (2, 1)
        assert any(line.startswith("Cluster pot, money out: ") for line in newest.changes)
        assert oldest.changes == ()
        assert issued_paper(session, oldest.id) == b"%PDF-first"
        seen = compare(session, oldest.id, lambda: JULY)
        line = next(one for one in seen.lines if one.words == "Cluster pot, money out")
        assert line.changed
        assert dict(oldest.figures)["Cluster pot, money out"] == line.then


def test_a_change_without_a_new_figure_is_told_by_its_part(sample):
    issue(sample, laid_out(sample))
    with sample.transaction("Reword") as (session, _):
        note = session.exec(select(t.PackNote).where(t.PackNote.kind == PackNoteKind.SUCCESS)).all()[-1]
        note.text = "Other words."
        session.add(note)
    with sample.read() as session:
        since = pack_data(Book(session), 2024, JUNE).since
    assert (since.changes, since.parts) == ((), ("Summary",))
    assert "no figure has changed since, but 1 part has" in since.words


def test_a_paper_that_is_no_longer_the_books_own_is_not_issued(sample):
    data = laid_out(sample)
    rename(sample)
    with pytest.raises(Changed, match="issue it again"):
        issue(sample, data)


def test_a_pack_is_not_dated_before_its_data(sample):
    with pytest.raises(Refused, match="up to 20 June 2025"):
        issue(sample, laid_out(sample, JUNE, dt.date(2025, 6, 1)))


def test_the_number_of_an_issue_that_was_undone_is_never_given_out_again(sample):
    issue(sample, laid_out(sample))
    sample.undo()
    again = issue(sample, laid_out(sample))
    assert (again.pack_number, again.version) == (2, 1)


def test_parts_left_out_and_moved_are_kept_for_their_year_and_undone(sample):
    wanted = Arrangement((3, 2, *range(4, 24)), frozenset({12}))
    with sample.transaction("Arrange") as (session, _):
        pack_options.arrange(session, 2024, wanted)
    with sample.read() as session:
        book = Book(session)
        assert pack_data(book, 2024, JUNE).arrangement == wanted
        assert 12 not in {one.number for one in printed_readiness(book, 2024, JUNE)}
        assert pack_data(book, 2023, JUNE).arrangement.order == Arrangement().order
    with sample.transaction("Back") as (session, _):
        pack_options.arrange(session, 2024, Arrangement())
    with sample.read() as session:
        assert not [row for row in Book(session).rows(t.PackPart) if row.school_year == 2024]
    sample.undo()
    with sample.read() as session:
        assert pack_data(Book(session), 2024, JUNE).arrangement == wanted


def test_a_logo_is_a_picture_and_takes_the_place_of_the_one_before(sample):
    with pytest.raises(BadInput, match="no PNG or JPEG"), sample.transaction("Logo") as (session, _):
        pack_options.set_logo(session, b"just words", "logo.png")
    with pytest.raises(BadInput, match="cannot be printed"), sample.transaction("Logo") as (session, _):
        pack_options.set_logo(session, png("navy")[:40], "logo.png")
    for data in (png("navy"), png("teal")):
        with sample.transaction("Logo") as (session, _):
            pack_options.set_logo(session, data, "logo.png")
    with sample.read() as session:
        assert pack_data(Book(session), 2024, JUNE).logo == png("teal")
        assert sum(row.name == "logo.png" for row in Book(session).rows(t.Attachment)) == 1
    with sample.transaction("No logo") as (session, _):
        pack_options.take_logo(session)
    with sample.read() as session:
        assert pack_data(Book(session), 2024, JUNE).logo is None


def test_words_and_plan_stand_in_the_order_they_are_given(sample):
    def successes():
        with sample.read() as session:
            return [row.text for row in words_tab(session, 2024) if row.kind is PackNoteKind.SUCCESS]

    before = successes()
    with sample.transaction("Words") as (session, _):
        values = {"school_year": 2024, "kind": PackNoteKind.SUCCESS, "text": "Newest."}
        added = pack_words.add_words(session, values)
        assert pack_words.move_words(session, added, -1)
    assert successes() == [*before[:-1], "Newest.", before[-1]]
    with sample.transaction("Up and away") as (session, _):
        pack_words.move_words(session, added, -9)
        assert not pack_words.move_words(session, added, -1)
        pack_words.change_words(session, added, {"kind": PackNoteKind.ASK}, {"kind": PackNoteKind.SUCCESS})
    assert successes() == before
    with sample.read() as session:
        assert words_tab(session, 2024)[-1].text == "Newest."
        plan = next_tab(session, 2024)
    assert (plan.year, plan.cost_p, plan.without_cost) == (2025, 427_00, 1)
    with sample.transaction("Plan") as (session, _):
        pack_words.move_step(session, plan.rows[-1].id, -2)
    with sample.read() as session:
        moved = [row.task for row in next_tab(session, 2024).rows]
    tasks = [row.task for row in plan.rows]
    assert moved == [*tasks[:-3], tasks[-1], *tasks[-3:-1]]
