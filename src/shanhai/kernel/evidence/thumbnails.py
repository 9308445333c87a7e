"""Pictures of evidence for pages: drawn anew when asked for, kept nowhere but in the reader's browser.

A page never shows a picture as it was sent: what else its file may hold stays behind.
"""

import io

from PIL import Image, ImageOps

from shanhai.engines.pdf import PdfUnreadable, page_picture
from shanhai.kernel.errors import NotVisible

from .kinds import PDF, kind_of
from .models import EvidenceFile
from .pictures import BROKEN, FORMATS, is_drawable
from .store import read

#: Pixels of the longer edge; twice what the page shows, for sharp screens.
EDGE = 96
#: Pixels of the longer edge of a picture, or of a page of a PDF, that is to be read.
PAGE_EDGE = 1600
_SMALL_QUALITY, _READ_QUALITY = 70, 85


def has_thumbnail(file: EvidenceFile) -> bool:
    kind = kind_of(file.content_type)
    return kind.is_image or kind is PDF


def thumbnail(file: EvidenceFile) -> bytes:
    """A JPEG of the picture, or of a PDF's first page, without what its camera wrote into it.

    Errors: NotVisible for what has no picture or cannot be drawn; Damaged.
    """
    kind = kind_of(file.content_type)
    if kind is PDF:
        return pdf_page(file, 0, EDGE)
    return picture(file, EDGE, _SMALL_QUALITY)


def picture(file: EvidenceFile, edge: int = PAGE_EDGE, quality: int = _READ_QUALITY) -> bytes:
    """A picture as a JPEG no longer than `edge`. Errors: NotVisible, Damaged as `thumbnail`."""
    if not kind_of(file.content_type).is_image:
        raise NotVisible
    try:
        with Image.open(io.BytesIO(read(file)), formats=FORMATS) as image:
            if not is_drawable(image):
                raise NotVisible
            return _drawn(image, edge, quality)
    except BROKEN as error:
        raise NotVisible from error


def can_be_drawn(file: EvidenceFile) -> bool:
    """Whether `picture` has one to give. Errors: Damaged."""
    try:
        with Image.open(io.BytesIO(read(file)), formats=FORMATS) as image:
            return is_drawable(image)
    except BROKEN:
        return False


def pdf_page(file: EvidenceFile, number: int, edge: int = PAGE_EDGE) -> bytes:
    """A page of a PDF (from 0) as a JPEG. Errors: NotVisible when there is no such page; Damaged."""
    if kind_of(file.content_type) is not PDF:
        raise NotVisible
    try:
        return page_picture(read(file), number, edge=edge)
    except (PdfUnreadable, IndexError) as error:
        raise NotVisible from error


def _drawn(image: Image.Image, edge: int, quality: int) -> bytes:
    image.draft("RGB", (edge * 2, edge * 2))
    # Phones store the picture lying down and say how it was held.
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((edge, edge))
    out = io.BytesIO()
    upright.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()
