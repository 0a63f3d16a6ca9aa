"""Photographs made ready for paper (R-DATA-3)."""

import io

import pytest
from PIL import Image

from models.pictures import PRINT_BOX, Unprintable, print_copy

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825


def written(image: Image.Image, kind: str = "JPEG", **more) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **more)
    return target.getvalue()


def two_halves(size=(1600, 1200)) -> Image.Image:
    """Red above, blue below."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (0, size[1] // 2, *size))
    return made


def test_a_copy_is_small_upright_and_says_nothing_of_where_it_was_taken():
    notes = Image.Exif()
    notes[ORIENTATION], notes[MAKER] = 6, "Telltale"  # 6: turn it by a quarter to the right
    notes.get_ifd(PLACE)[2] = (51.0, 30.0, 0.0)
    copy = print_copy(written(two_halves(), exif=notes, icc_profile=b"Telltale profile"))
    assert max(copy.width, copy.height) == PRINT_BOX
    assert copy.height > copy.width
    with Image.open(io.BytesIO(copy.jpeg)) as opened:
        assert opened.size == (copy.width, copy.height)
        assert not opened.getexif()
        left, right = opened.getpixel((20, 300)), opened.getpixel((copy.width - 20, 300))
    assert left[2] > 200 > left[0]  # what was below is at the left
    assert right[0] > 200
    assert b"Telltale" not in copy.jpeg


def test_a_small_picture_is_not_blown_up_and_what_is_see_through_becomes_white():
    copy = print_copy(written(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG"))
    assert (copy.width, copy.height) == (30, 20)
    with Image.open(io.BytesIO(copy.jpeg)) as opened:
        assert opened.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "LA", "I;16"])
def test_every_kind_of_colour_prints(mode):
    kind = "TIFF" if mode in {"CMYK", "I;16"} else "PNG"
    assert print_copy(written(Image.new(mode, (40, 30)), kind)).jpeg


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (written(two_halves())[:2000], "damaged"),
        (b"\xff\xd8\xff" + b"x" * 99, "cannot be opened"),
        (b"", "cannot be opened"),
        (written(Image.new("1", (12_000, 12_000)), "PNG"), "too large"),
        (written(Image.new("1", (20_000, 20_000)), "PNG"), "too large"),
    ],
    ids=["cut short", "only a beginning", "empty", "enormous", "a bomb"],
)
def test_what_cannot_be_printed_says_why(data, why):
    with pytest.raises(Unprintable, match=why):
        print_copy(data)
