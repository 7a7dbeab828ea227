"""Files that are pictures: opened within limits, and read as documents of their own."""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.draft import Draft
from index.read.ocr.mode import NO_EXTRA
from index.read.pdf.layout import laid_out
from index.read.pdf.writer import Writer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from index.read.ocr.reader import Ocr

MOST_MEGAPIXELS = 60
"""Millions of pixels: more than cameras of phones usually give, and 240 MB once they are unpacked with their alpha."""

DAMAGED = "is not a picture, or is damaged"
TOO_LARGE = f"is a picture of more than {MOST_MEGAPIXELS} million pixels: save it smaller"
NO_TEXT = "is a picture without text that can be read"
PARTLY = "some lines cannot be read with certainty and are marked as illegible"

LATE = "its lower part was not read for want of time: cut it into smaller pictures"

_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")
_STRIP = 1.5
"""Times its width that a picture may be high: longer ones, such as whole web pages, are read in strips."""

_RAISED = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError, struct.error)
"""What Pillow raises for damaged files."""


def read_picture(data: bytes, ocr: Ocr) -> Draft:
    """Read the text in a picture; lines are those of the picture, from the top down."""
    if ocr.missing:
        raise UnreadableError(NO_EXTRA)
    strips = _strips(pixels(data))
    strips_read = [ocr.words(strip) for strip in strips if not ocr.is_late]
    draft = Draft()
    writer = Writer(draft, [laid_out(strip.words) for strip in strips_read], paged=False)
    writer.write({})
    if draft.empty:
        raise UnreadableError(NO_TEXT)
    draft.title = writer.largest
    draft.unread = [PARTLY] if any(strip.unsure for strip in strips_read) else []
    draft.unread += [LATE] if len(strips_read) < len(strips) else []
    return draft


def pixels(data: bytes) -> NDArray[np.uint8]:
    """Return a picture upright (height, width, 3; blue first), made smaller where it is large; of several the first.

    Raises `UnreadableError` for one that is too large, before it is unpacked, and for one that is damaged.
    """
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sizes that are checked below, and of damage that does no harm
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_MEGAPIXELS * 1_000_000:
                    raise UnreadableError(TOO_LARGE)
                return np.ascontiguousarray(np.asarray(_upright(picture))[..., ::-1])
        except Image.DecompressionBombError as error:
            raise UnreadableError(TOO_LARGE) from error
        except UnidentifiedImageError as error:
            raise UnreadableError(DAMAGED) from error
        except _RAISED as error:
            raise UnreadableError(DAMAGED) from error


def _upright(picture: Image) -> Image:
    """Return a picture in red, green and blue as it is meant to be seen, and no larger than it is read."""
    from PIL import ImageOps

    width = _most_width(picture.size)
    picture.draft("RGB", (width, width * picture.height // picture.width + 1))  # a JPEG is unpacked smaller
    whole = _coloured(ImageOps.exif_transpose(picture))
    whole.thumbnail((width, whole.height))
    return whole


def _most_width(size: tuple[int, int]) -> int:
    """Return the width at which a picture is read: one that is high is read in strips, any other whole."""
    from index.read.ocr.engine import MOST_PIXELS

    return MOST_PIXELS if size[1] <= size[0] else round(MOST_PIXELS / _STRIP)


def _coloured(picture: Image) -> Image:
    """Return a picture without transparency: what is dark stands on white, and what is light on black."""
    from PIL import Image, ImageStat

    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    alpha = seen.getchannel("A")
    shown = alpha.point(lambda value: 255 if value else 0)
    light = ImageStat.Stat(seen.convert("L"), shown).mean[0] if shown.getbbox() else 0.0
    ground = Image.new("RGBA", seen.size, "black" if light > 127 else "white")  # noqa: PLR2004 -- half of 255
    return Image.alpha_composite(ground, seen).convert("RGB")


def _strips(picture: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Return a picture in pieces that are not much higher than wide, cut where a row of pixels is of one colour."""
    height, width = picture.shape[:2]
    longest = max(int(width * _STRIP), 64)
    strips: list[NDArray[np.uint8]] = []
    start = 0
    while height - start > longest:
        rows = picture[start + longest * 3 // 4 : start + longest].astype("int16").std(axis=(1, 2))
        end = start + longest * 3 // 4 + int(rows.argmin()) + 1
        strips.append(picture[start:end])
        start = end
    return [*strips, picture[start:]]
