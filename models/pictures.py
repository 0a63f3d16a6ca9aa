"""Photographs made ready for paper: as large as they print, as JPEG, without what a camera writes into them.

Only such copies leave the book: a telephone notes the place and the minute of each picture (R-DATA-3).
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

PRINT_BOX = 720
"""Pixels of the longer side: 200 to the inch where a photograph is 91 mm wide, half a page."""
MOST_PIXELS = 80_000_000
QUALITY = 82
WHITE = (255, 255, 255)

# what Pillow has to say of a file that claims to be enormous is an answer too, not a line in a log
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class Unprintable(ValueError):
    """A picture that cannot be printed; its text says why, as the end of a sentence."""


class PrintCopy(Struct, frozen=True):
    """A picture for paper.

    Attributes:
        jpeg: its bytes.
        width: in pixels.
        height: in pixels.
    """

    jpeg: bytes
    width: int
    height: int


def print_copy(data: bytes, box: int = PRINT_BOX) -> PrintCopy:
    """A copy of a picture, scaled down to `box` pixels, upright, on white, with nothing else in it.

    Raises:
        Unprintable: it is damaged, enormous, or of a kind that only some programs can open.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            wide, high = picture.size
            if wide * high > MOST_PIXELS:
                raise _too_large(wide, high)
            picture.thumbnail((box, box), reducing_gap=1.5)  # a JPEG is opened no larger than needed
            made = _on_white(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unprintable("it is too large: save it with fewer pixels") from error
    except UnidentifiedImageError as error:
        raise Unprintable("it cannot be opened here: save it as JPEG") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as error:
        if isinstance(error, Unprintable):
            raise
        raise Unprintable("the file is damaged: choose the photograph again") from error
    target = io.BytesIO()
    made.save(target, "JPEG", quality=QUALITY, optimize=True)
    return PrintCopy(target.getvalue(), *made.size)


def _too_large(wide: int, high: int) -> Unprintable:
    return Unprintable(f"it is too large, {wide:,} by {high:,} pixels: save it with fewer")


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in plain colours, without its camera's notes; what is see-through in it becomes white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, WHITE)
        ground.paste(solid, mask=solid.getchannel("A"))
        return ground
    plain = picture.convert("RGB")
    plain.info = {}
    return plain
