"""Pages of a PDF as pictures.

PDFium serves one thread at a time: whoever calls it holds `ALONE`.
"""

import io
import threading

import pypdfium2
import pypdfium2.raw

ALONE = threading.Lock()
#: Pixels of the longer edge that a page may have at most, whatever its paper claims to be.
MOST_EDGE = 4000


class PdfUnreadable(Exception):
    """Damaged, or not a PDF at all."""


class PdfLocked(PdfUnreadable):
    """Opens only with a password."""


def page_count(data: bytes) -> int:
    """Errors: PdfUnreadable, PdfLocked."""
    with ALONE:
        document = _opened(data)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(data: bytes, number: int, *, edge: int) -> bytes:
    """Page `number` (from 0) as a JPEG whose longer edge has `edge` pixels.

    Errors: PdfUnreadable, PdfLocked; IndexError for a page that is not there.
    """
    with ALONE:
        document = _opened(data)
        try:
            if not 0 <= number < len(document):
                raise IndexError(number)
            return _drawn(document, number, min(edge, MOST_EDGE))
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable from error
        finally:
            document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int, edge: int) -> bytes:
    page = document[number]
    try:
        longest = max(*page.get_size(), 1.0)
        picture = page.render(scale=edge / longest).to_pil().convert("RGB")
    finally:
        page.close()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise (PdfLocked if is_locked else PdfUnreadable) from error
    if not len(document):
        document.close()
        raise PdfUnreadable
    return document
