"""A document from an upload, or the sample that ships with the product."""

from importlib.resources import files
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.engines.clauses import SourceDocument, UnreadableDocument, read_document
from shanhai.kernel.errors import RuleViolated

ACCEPTED = ".txt,.docx,.pdf"
LIMIT = 20 * 1024 * 1024
LONGEST_NAME = 80


def document_of(request: HttpRequest) -> SourceDocument:
    """The text that a form sent, or the sample it asked for. Errors: as `document_from`."""
    return sample() if request.POST.get("sample") else document_from(request.FILES.get("file"))


def document_from(upload: UploadedFile[bytes] | None) -> SourceDocument:
    """The text of a file. Errors: RuleViolated with a sentence for a missing or unreadable one."""
    if upload is None or not upload.name:
        raise RuleViolated(_("请选择一个文件。"))
    if upload.size is None or upload.size > LIMIT:
        raise RuleViolated(_("文件超过 20 MB。方案是文字，请去掉图片后再试。"))
    name = PurePosixPath(upload.name.replace("\\", "/")).name
    stem, dot, suffix = name.rpartition(".")
    if f".{suffix.lower()}" not in ACCEPTED.split(","):
        raise RuleViolated(_("只能读 .txt、.docx 和有文字的 .pdf 文件。"))
    with TemporaryDirectory(prefix="shanhai-scheme-") as folder:
        path = Path(folder) / f"{stem[:LONGEST_NAME]}{dot}{suffix}"
        path.write_bytes(upload.read())
        try:
            return read_document(path)
        except UnreadableDocument as error:
            raise RuleViolated(str(error)) from error


def sample() -> SourceDocument:
    """The scheme in our own words that ships with the product."""
    path = files("shanhai.domains.scheme").joinpath("sample", "scheme.txt")
    return SourceDocument(path.read_text(encoding="utf-8"), "scheme.txt")
