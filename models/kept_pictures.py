"""Photographs as the book keeps them: upright, no larger than paper needs, with nothing but the picture.

A telephone notes in a photograph where and when it was taken and with what. None of that is kept (R-DATA-3):
a picture is read, turned the way it was held, made small enough and written anew from its dots alone. What
it becomes for the page, `models.pictures` says.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.filegate import HEIC, JPEG, PICTURES, picture_kind, read

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

MOST_BYTES = 40_000_000  # of a photograph as it comes from the camera
MOST_SIDE = 2_400  # pixels: sharp across a page of A4
MOST_PIXELS = 40_000_000  # that are ever unpacked; a JPEG is unpacked smaller if need be
MOST_PNG = 1_500_000  # bytes; a drawing has fewer, a photograph becomes a JPEG
QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP")


def is_picture(path: Path) -> bool:
    """Whether a file is called a picture."""
    return any(path.suffix.lower() in kind.suffixes for kind in PICTURES)


def read_chosen(path: Path) -> bytes:
    """The bytes of a file on disk; a picture may come larger than others, as it is made smaller.

    Raises:
        BadInput: it is too large, or cannot be read.
    """
    return read(path, MOST_BYTES) if is_picture(path) else read(path)


def as_kept(data: bytes, name: str) -> bytes:
    """A picture as it is kept, as JPEG or PNG; what is no picture stays as it is.

    Raises:
        BadInput: the picture cannot be read, is of a kind that cannot be printed, or far too large.
    """
    kind = picture_kind(data)
    if kind is None:
        return data
    if kind is HEIC:
        sentence = f"{name} is a HEIC photograph, which cannot be printed: save it as JPEG and choose that."
        raise BadInput(sentence, "name")
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is looked at below
        try:
            return _written(_read(data, name), photograph=kind is JPEG)
        except Image.DecompressionBombError:
            raise _too_large(name) from None
        except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error):
            sentence = (
                f"{name} is damaged and cannot be shown: copy it from the camera again and choose that."
            )
            raise BadInput(sentence, "name") from None


def _too_large(name: str) -> BadInput:
    return BadInput(f"{name} has too many pixels: save it smaller and choose that.", "name")


def _read(data: bytes, name: str) -> Image:
    """A picture upright and small enough, with nothing but its dots and their colours."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
        source.draft("RGB", (MOST_SIDE, MOST_SIDE))
        if source.width * source.height > MOST_PIXELS:
            raise _too_large(name)
        colours = source.info.get("icc_profile")
        made = ImageOps.exif_transpose(source)
    made = made.convert("RGBA" if made.has_transparency_data else "RGB")
    made.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    made.info = {"icc_profile": colours} if colours else {}
    return made


def _written(made: Image, *, photograph: bool) -> bytes:
    """As JPEG, on white; as PNG what came as a drawing and is small so."""
    from PIL import Image

    colours = made.info.get("icc_profile")
    if not photograph and (made.mode == "RGBA" or made.getcolors(256) is not None):
        drawing = io.BytesIO()
        made.save(drawing, "PNG", optimize=True)
        if drawing.tell() <= MOST_PNG:
            return drawing.getvalue()
    if made.mode == "RGBA":
        ground = Image.new("RGB", made.size, "white")
        ground.paste(made, mask=made.getchannel("A"))
        made = ground
    whole = io.BytesIO()
    made.save(whole, "JPEG", quality=QUALITY, optimize=True, icc_profile=colours)
    return whole.getvalue()
