"""Private copies of kept files: read only, apart from each other, and gone when the work is done."""

import os
import stat
import time

from ui.copies import PREFIX, STALE, PrivateCopies


def test_a_copy_has_its_own_name_and_cannot_be_written(tmp_path):
    path = PrivateCopies(tmp_path / "opened").write("Invoice 77.pdf", b"%PDF")
    assert (path.name, path.read_bytes()) == ("Invoice 77.pdf", b"%PDF")
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IRWXG | stat.S_IRWXO)


def test_nobody_else_can_look_into_the_folder(tmp_path):
    path = PrivateCopies(tmp_path).write("a.pdf", b"1")
    assert not path.parent.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_two_files_of_one_name_stay_apart(tmp_path):
    copies = PrivateCopies(tmp_path)
    assert [copies.write("a.pdf", data).read_bytes() for data in (b"1", b"2")] == [b"1", b"2"]


def test_the_copies_are_gone_when_the_work_is_done(tmp_path):
    copies = PrivateCopies(tmp_path)
    copies.write("a.pdf", b"1")
    copies.clear()
    assert list(tmp_path.iterdir()) == []
    assert copies.write("a.pdf", b"2").read_bytes() == b"2"


def test_what_an_earlier_run_left_is_cleared_but_not_what_another_window_uses(tmp_path):
    old, young = tmp_path / f"{PREFIX}old", tmp_path / f"{PREFIX}young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "a.pdf").write_bytes(b"1")
    long_ago = time.time() - STALE - 60
    os.utime(old, (long_ago, long_ago))
    PrivateCopies(tmp_path).write("b.pdf", b"2")
    assert (old.exists(), young.exists()) == (False, True)
