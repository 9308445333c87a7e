"""Files whose figures were read back out of what was written, one by one, before anybody gets them."""

from collections.abc import Callable, Collection, Sequence

from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.model import Document
from shanhai.kernel.documents.reread import Reading, numbers_in_docx, numbers_in_pdf
from shanhai.kernel.documents.template import fill_template
from shanhai.kernel.documents.template_guard import TemplateFault
from shanhai.kernel.documents.typst import write_pdf


class PrintedDiffers(RuntimeError):
    """What was written says other figures than the document: a defect of a writer, nothing is given out."""


def proved_docx(document: Document) -> bytes:
    """Errors: PrintedDiffers."""
    return _proved(document, write_docx(document), numbers_in_docx)


def proved_pdf(document: Document) -> bytes:
    """Errors: PrintedDiffers."""
    return _proved(document, write_pdf(document), numbers_in_pdf)


def proved_fill(template: bytes, document: Document, *, always: Collection[str] = ()) -> bytes:
    """A filled template all of whose figures are those of the document. Errors: TemplateFault."""
    content = fill_template(template, document, always=always)
    known = {(one.bind, one.display) for one in numbers(document)}
    for one in numbers_in_docx(content):
        if (one.bind, one.display) not in known:
            raise TemplateFault(f"模板印出的「{one.display}」与数据不符。")
    return content


def _proved(document: Document, content: bytes, read: Callable[[bytes], Sequence[Reading]]) -> bytes:
    expected = sorted((one.bind, one.display) for one in numbers(document))
    if sorted((one.bind, one.display) for one in read(content)) != expected:
        raise PrintedDiffers(f"「{document.title}」写出的数据与文中不符。")
    return content
