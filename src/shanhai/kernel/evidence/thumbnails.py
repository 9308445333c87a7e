"""Small pictures of image evidence, made when asked for and kept nowhere but in the reader's browser."""

import io

from PIL import Image, ImageOps

from shanhai.kernel.errors import NotVisible

from .kinds import kind_of
from .models import EvidenceFile
from .store import read

#: Pixels of the longer edge; twice what the page shows, for sharp screens.
EDGE = 96
#: A photograph has less; more is meant to exhaust the server. A JPEG is read small, a PNG whole.
_MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 20_000_000}


def thumbnail(file: EvidenceFile) -> bytes:
    """A JPEG of the picture. Errors: NotVisible for what is no picture or cannot be drawn; Damaged."""
    if not kind_of(file.content_type).is_image:
        raise NotVisible
    try:
        with Image.open(io.BytesIO(read(file)), formats=tuple(_MOST_PIXELS)) as image:
            if image.width * image.height > _MOST_PIXELS[image.format or ""]:
                raise NotVisible
            return _small(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotVisible from error


def _small(image: Image.Image) -> bytes:
    image.draft("RGB", (EDGE * 2, EDGE * 2))
    # Phones store the picture lying down and say how it was held.
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((EDGE, EDGE))
    out = io.BytesIO()
    upright.convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()
